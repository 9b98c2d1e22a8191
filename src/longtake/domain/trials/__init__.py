"""Nouns of a trial that a team runs: its design, its rows, what a look shows, its verdict."""
