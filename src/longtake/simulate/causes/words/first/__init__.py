"""The first set of words."""
