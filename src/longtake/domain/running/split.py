"""What a stage takes from a split test that was run and judged elsewhere."""

from __future__ import annotations

from typing import Protocol

from longtake.domain.estimate import Quantity


class SplitVerdict(Protocol):
    """The verdict of a trial, whoever ran it."""

    @property
    def result(self) -> str:
        """Its outcome: improved, no_evidence, worse or unknown."""

    @property
    def estimate(self) -> Quantity:
        """Treated less control with its interval, or why there is none."""

    @property
    def standing(self) -> str:
        """Key of its level of evidence, one of those of :mod:`longtake.domain.standing`."""
