"""Word lists of the invented campaigns with known causes: two sets that share no sentence."""
