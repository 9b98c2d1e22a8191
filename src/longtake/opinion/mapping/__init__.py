"""Two axes behind many votes, and where everybody stands on them."""
