"""Figures of a plain set of numbers, each with its interval."""
