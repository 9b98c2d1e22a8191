"""What a film tells and what was promised: arcs, pairs, pace, promises, card, structure, words."""

from longtake.narrative.gaps.emotion import Scores
from longtake.narrative.gaps.gap import Gap, gap

__all__ = ["Gap", "Scores", "gap"]
