"""Polarity: learned, calibrated, explained."""
