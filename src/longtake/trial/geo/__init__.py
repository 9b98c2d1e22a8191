"""Effects over cities and cinemas: synthetic control, permutation tests, markets, matched lots."""
