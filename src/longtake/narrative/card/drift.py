"""Whether the nodes of a campaign leave the card one after another."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from longtake.domain.estimate import Estimate, Quantity

IN_A_ROW = 3
LEAST_BEFORE = 2


@dataclass(frozen=True, slots=True)
class Drift:
    """What the order of nodes says.

    Attributes:
        drifting: For each node, whether it lies below what came before; None where that cannot be told.
        judged: Nodes that could be judged.
        longest: Most drifting nodes in a row.
        alarm: Whether there are three in a row.
    """

    drifting: tuple[bool | None, ...]
    judged: int
    longest: int
    alarm: bool


def drift(scores: Sequence[Quantity]) -> Drift:
    """Return which nodes drift away from the card.

    A node drifts when the upper end of its alignment lies below the median of the nodes before it that did
    not drift; at least two such nodes must have gone before.

    Args:
        scores: Alignment of each node, in order of going out; unknown ones are passed over.

    Examples:
        >>> def at(v): return Estimate(v, v - 0.05, v + 0.05, 0.9, "score", "m", 9)
        >>> drift([at(0.6), at(0.5), at(0.2), at(0.2), at(0.1)]).alarm
        True
        >>> drift([at(0.6), at(0.5), at(0.55)]).drifting
        (None, None, False)
    """
    kept: list[float] = []
    found: list[bool | None] = []
    run = longest = 0
    for score in scores:
        if not isinstance(score, Estimate):
            found.append(None)
            continue
        if len(kept) < LEAST_BEFORE:
            kept.append(score.value)
            found.append(None)
            continue
        off = score.high < statistics.median(kept)
        found.append(off)
        run = run + 1 if off else 0
        longest = max(longest, run)
        if not off:
            kept.append(score.value)
    return Drift(tuple(found), sum(one is not None for one in found), longest, longest >= IN_A_ROW)
