"""Times and what is told along them."""
