"""Why heat slides: signs weighed into causes, several at once, or none that can be told."""
