"""Which lines of a film its comments quote or bend."""

from longtake.language.echoing.echoes import Echo, Match, echoes

__all__ = ["Echo", "Match", "echoes"]
