"""What a measure changed, held against the forecast that was frozen before it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.trial.its.frozen import HALF_COUNT, METHOD, Frozen, freeze
from longtake.trial.its.start import OnDay

PLACEBO_METHOD = "decay forecast frozen before the start, against starts chosen by the same rule"


@dataclass(frozen=True, slots=True)
class Change:
    """A change after a measure.

    Attributes:
        effect: Change of the mean: a share of what would have been on the scale ``log``, counts a step on
            the scale ``level``; what the rule of the start brings by itself is taken off.
        total: Change over all steps seen, in counts.
        p: Two-sided; below ``1 - level`` exactly when the interval leaves zero out.
        rebound: The part taken off because a start chosen at a low rises by itself, as ``effect``.
    """

    effect: Estimate
    total: Estimate
    p: float
    rebound: float


def change(frozen: Frozen, series: ArrayLike, *, unit: str, level: float = 0.9) -> Change:
    """Return the change of the steps after the start against the frozen forecast.

    Args:
        frozen: The forecast.
        series: Counts from the start on, all steps that were to be judged, shape (h,).
        unit: What is counted.
        level: Coverage, in (0, 1).

    Raises:
        NotEnoughDataError: Steps are missing: the trial is not over, or days were not counted.
        ValueError: A number is out of its range.

    Examples:
        >>> steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 60))
        >>> found = change(freeze(steady, after=10), np.full(10, 150.0), unit="comments")
        >>> found.effect.low < 0.5 < found.effect.high, found.p < 0.01
        (True, True)
    """
    counts = np.asarray(series, dtype=np.float64)
    if counts.ndim != 1 or not 0 < level < 1 or np.isinf(counts).any():
        raise ValueError(f"series of shape {counts.shape}, level {level}, or a value without bound")
    if frozen.scale == "log" and (counts < 0).any():
        raise ValueError("a count below zero")
    known = int(np.isfinite(counts).sum())
    if known != frozen.after:
        raise NotEnoughDataError(METHOD, needed=frozen.after, got=known, unit="steps after the start")
    logs = frozen.scale == "log"
    mean = float((np.log(np.maximum(counts, HALF_COUNT)) if logs else counts).mean())
    tail = (1 - level) / 2
    raw = mean - frozen.mean
    low, high = mean - frozen.quantile(1 - tail), mean - frozen.quantile(tail)
    value = min(max(raw - frozen.rebound, low), high)
    p = _two_sided(frozen, mean)
    n = frozen.before + frozen.after
    method = METHOD if frozen.errors is None else PLACEBO_METHOD
    seen = float(counts.sum())

    def own(effect: float) -> float:
        return float(np.expm1(effect)) if logs else effect

    def added(effect: float) -> float:
        return seen * float(-np.expm1(-effect)) if logs else effect * frozen.after

    return Change(
        effect=Estimate(
            own(value), own(low), own(high), level, "share" if logs else f"{unit} a step", method, n
        ),
        total=Estimate(added(value), added(low), added(high), level, unit, method, n),
        p=p,
        rebound=own(frozen.rebound),
    )


def _two_sided(frozen: Frozen, mean: float) -> float:
    """Return twice the smaller tail; by ranks among placebo starts, the actual one counted."""
    if frozen.errors is None:
        below = frozen.below(mean)
        return min(1.0, 2.0 * min(below, 1.0 - below))
    place = (mean - frozen.mean) / frozen.deviation
    size = frozen.errors.size + 1
    above, under = int((frozen.errors >= place).sum()), int((frozen.errors <= place).sum())
    return min(1.0, 2.0 * (1 + min(above, under)) / size)


@dataclass(frozen=True, slots=True)
class PlaceboInTime:
    """The same judgement at times when nothing was done.

    Attributes:
        starts: Steps at which the series was cut.
        p: The p of each.
        false: Of those, how many fell below ``1 - level``.
    """

    starts: tuple[int, ...]
    p: tuple[float, ...]
    false: int


def placebo_in_time(
    series: ArrayLike,
    *,
    after: int,
    level: float = 0.9,
    cycle: int = 7,
    least_before: int = 28,
    most: int = 8,
) -> PlaceboInTime:
    """Return what the judgement says at starts in the series' own past, where nothing was done.

    Starts lie a whole trial apart, so that no step is judged twice; more than a few that are found say that
    the forecast does not suit this series.

    Args:
        series: Counts before the measure, complete, shape (n,).
        after: Steps judged at each start.
        level: Coverage whose test is run.
        cycle: Steps of the cycle.
        least_before: Steps that each start must leave before it.
        most: Largest number of starts.

    Raises:
        NotEnoughDataError: Not one start leaves so many steps before it and ``after`` behind it.

    Examples:
        >>> steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 70))
        >>> placebo_in_time(steady, after=14).starts
        (28, 42, 56)

    References:
        Abadie, Diamond and Hainmueller, 2015, doi:10.1111/ajps.12116.
    """
    counts = np.asarray(series, dtype=np.float64)
    last = counts.size - after
    if last < least_before:
        raise NotEnoughDataError(METHOD, needed=least_before + after, got=counts.size, unit="steps")
    starts = sorted(range(last, least_before - 1, -after)[:most])
    found = []
    for start in starts:
        frozen = freeze(counts[:start], after=after, rule=OnDay(start), cycle=cycle)
        found.append(change(frozen, counts[start : start + after], unit="counts", level=level).p)
    return PlaceboInTime(tuple(starts), tuple(found), sum(p < 1 - level for p in found))
