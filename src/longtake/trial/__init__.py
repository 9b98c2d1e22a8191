"""Experiments and their proofs: pure mathematics from randomised tests down to cities and time."""
