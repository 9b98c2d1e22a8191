"""Counts that breed further counts, pushed by promotion: the discrete renewal (Hawkes) model."""
