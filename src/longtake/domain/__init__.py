"""Frozen nouns: what every floor may speak of."""
