"""Effects over cities and cinemas: synthetic control, tests by permutation, markets, matched randomisation."""
