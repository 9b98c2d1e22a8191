"""Pattern labels: dated packs of rules, found in a whole batch at once."""

from longtake.language.patterns.matcher import Hit, Matcher
from longtake.language.patterns.pack import Entry, Pack, read_packs

__all__ = ["Entry", "Hit", "Matcher", "Pack", "read_packs"]
