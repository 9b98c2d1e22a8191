"""Measurements beside peers, each in one run."""
