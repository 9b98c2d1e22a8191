"""How fast a series falls: which stretch of it is fitted, and the likelihoods that fit it."""
