"""A campaign's figures, measured once for each state of its rows and kept by that state."""
