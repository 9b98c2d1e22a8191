"""Which lines of a film its comments quote or bend."""
