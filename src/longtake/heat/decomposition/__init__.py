"""Counts split into what promotion brings and what they breed, with what cannot be told."""
