"""Trials whose false-positive rate is known: frozen statistics in, estimates out."""
