"""Verbs: the only floor that joins data, mathematics and records."""
