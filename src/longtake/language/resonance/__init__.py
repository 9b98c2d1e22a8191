"""Resonance depth: how far people go, apart from how many there are."""

from longtake.language.resonance.depth import Depth, Part, Unit, core, depth, persistence, ratio
from longtake.language.resonance.ladder import LADDER

__all__ = ["LADDER", "Depth", "Part", "Unit", "core", "depth", "persistence", "ratio"]
