"""How steadily something is put out, and where it paused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from longtake.domain.estimate import Quantity
from longtake.heat.measures.median import median

LONG = 2.0
LEAST_GAPS = 3


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch without anything, longer than is usual.

    Attributes:
        after: Day of the last one before it.
        before: Day of the next one; None while there is none yet.
        days: Days between them; to the last day anybody looked while it lasts.
    """

    after: date
    before: date | None
    days: int


@dataclass(frozen=True, slots=True)
class Cadence:
    """The rhythm of one kind of thing.

    Attributes:
        days: Different days on which something came out.
        typical: Median gap in days with its interval; Unknown with fewer than five gaps.
        usual: The median gap that pauses are held against; None with fewer than three gaps.
        gaps: Pauses longer than twice the median gap, the oldest first; none with fewer than three gaps.
    """

    days: int
    typical: Quantity
    usual: float | None
    gaps: tuple[Gap, ...]


def cadence(days: Sequence[date], *, until: date | None = None, long: float = LONG) -> Cadence:
    """Return the rhythm of dated things and its pauses.

    A gap is the days from one day with something to the next. The pause that lasts at ``until`` is held
    against the same median, which it takes no part in: nobody knows yet how long it will be.

    Args:
        days: Days on which something came out, any order, repeats allowed.
        until: Last day anybody looked; None when nobody knows.
        long: How many times the median gap a pause has to exceed.

    Returns:
        The rhythm; with three gaps or more its pauses.

    Raises:
        ValueError: ``long`` is not above one.

    Examples:
        >>> found = cadence([date(2026, 1, d) for d in (1, 3, 5, 7, 15)], until=date(2026, 1, 16))
        >>> [(gap.after.day, gap.days) for gap in found.gaps], found.typical.reason
        ([(7, 8)], 'too_few_rows')
    """
    if long <= 1:
        raise ValueError(f"long is {long}, expected above 1")
    ordered = sorted(set(days))
    between = [(after, before, (before - after).days) for after, before in pairwise(ordered)]
    typical = median([gap for *_, gap in between], unit="days")
    if len(between) < LEAST_GAPS:
        return Cadence(len(ordered), typical, None, ())
    usual = float(np.median([gap for *_, gap in between]))
    found = [Gap(after, before, gap) for after, before, gap in between if gap > long * usual]
    if until is not None and (open_days := (until - ordered[-1]).days) > long * usual:
        found.append(Gap(ordered[-1], None, open_days))
    return Cadence(len(ordered), typical, usual, tuple(found))
