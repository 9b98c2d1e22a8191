"""The second set of words: no sentence of the first."""
