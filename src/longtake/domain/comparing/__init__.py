"""Two things held against each other, and what that can bear."""
