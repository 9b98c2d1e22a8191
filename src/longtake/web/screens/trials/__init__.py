"""Trials on the web: list, design, start, rows, look, verdict."""
