"""One of the planned looks of a group sequential design, with the bound it has to pass."""

from __future__ import annotations

import math
from dataclasses import dataclass

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Unknown
from longtake.services.trials.book import Book
from longtake.services.trials.looks.contrasts import fixed
from longtake.services.trials.looks.counted import Counted
from longtake.trial.sequential.boundaries import boundaries, fractions, repeated
from longtake.trial.sequential.spending import obrien_fleming


@dataclass(frozen=True, slots=True)
class Stage:
    """A planned look.

    Attributes:
        looked: Its number, from 1.
        bound: Bound on the absolute statistic.
        last: Whether no alpha is left afterwards.
        contrasts: Each arm against the control with its repeated interval.
        extra: Whether it was taken after all planned looks.
    """

    looked: int
    bound: float
    last: bool
    contrasts: tuple[Contrast | Unknown, ...]
    extra: bool


def staged(book: Book, counted: Counted) -> Stage:
    """Return this look: the bounds of looks already taken stay as they were taken.

    Looking again at the same rows is the same look and spends nothing.
    """
    trial = book.trial
    units = int(counted.units.sum())
    alpha = trial.alpha / (len(trial.arms) - 1)
    taken: dict[int, float] = {}
    for seen in book.looks:
        if seen.look.bound is not None and 0 < seen.look.units < units:
            taken.setdefault(seen.look.units, seen.look.bound)
    at = [*sorted(taken), units]
    share = fractions([float(one) for one in at], float(trial.planned_units))
    spending = obrien_fleming(share, alpha=alpha)
    looked = len(at)
    last = looked >= trial.looks or units >= trial.planned_units
    if last:
        spending[-1] = alpha
    found = boundaries(share, spending, taken=[taken[one] for one in sorted(taken)])
    bound = float(found.z[-1])
    contrasts = []
    for arm in range(1, len(trial.arms)):
        one = fixed(counted, trial.primary, arm, level=1 - alpha)
        contrasts.append(one if isinstance(one, Unknown) else _repeated(one, bound))
    return Stage(looked, bound, last, tuple(contrasts), looked > trial.looks)


def _repeated(one: Contrast, bound: float) -> Contrast:
    """Return a contrast with the bound's interval, inside what a share can be."""
    found = repeated(one, bound)
    if one.effect.unit != "share" or not math.isfinite(bound):
        return found
    e = found.effect
    low, high = max(e.low, -1.0), min(e.high, 1.0)
    return Contrast(type(e)(e.value, low, high, e.level, e.unit, e.method, e.n), found.error, found.p)
