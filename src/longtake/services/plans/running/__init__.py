"""Acts on a plan: each is one entry of the campaign's chain."""
