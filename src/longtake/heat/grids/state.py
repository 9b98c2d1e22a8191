"""Where a series is heading: rising, plateau, slump or recovering."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.timed.series import MISSING, Series
from longtake.heat.decay.counted import count_line

METHOD = "growth rate of the last bins, negative binomial quasi-likelihood"
MIN_BINS = 4
MIN_COUNT = 20
STATES = ("rising", "plateau", "slump", "recovering", "not_enough_data")


@dataclass(frozen=True, slots=True)
class State:
    """Where a series is heading.

    Attributes:
        name: One of ``STATES``.
        growth: Growth of the logarithm a day over the window, with its interval; 0.1 is 10.5 % a day.
        window_hours: Length of the window, hours.
        of_peak: Mean level in the window over that of the best window of equal length so far, in [0, 1].
    """

    name: str
    growth: Quantity
    window_hours: float
    of_peak: Quantity


def state(
    series: Series,
    *,
    profile: NDArray[np.float64] | None = None,
    window: timedelta | None = None,
    still: float = math.log(1.05),
    level: float = 0.9,
) -> State:
    """Return where a series of counts is heading, from its last part.

    The growth rate g a day is fitted to the window and judged with its interval:

    * slump: g is below ``-still`` and the whole interval below zero;
    * rising: g is above ``still`` and the whole interval above zero; called recovering instead when the
      window before this one stood below half of the best window so far;
    * plateau: none of these, and the whole interval within three ``still`` of zero;
    * not_enough_data: anything else: the interval allows a change that matters and does not show it.

    Args:
        series: Counts, daily or finer.
        profile: Expected level of each bin relative to the others, shape (n,); flat when None. A window of
            whole days needs it least.
        window: Length of the last part; seven days for daily bins, three days for finer ones when None.
        still: Growth of the logarithm a day below which nobody would call it change, above zero.
        level: Coverage of the interval, in (0, 1).

    Raises:
        ValueError: The profile's shape differs, or ``still`` is not positive.
    """
    cycle = np.ones(len(series)) if profile is None else np.asarray(profile, dtype=np.float64)
    if cycle.shape != series.values.shape or not (cycle > 0).all() or still <= 0:
        raise ValueError("the profile must be positive and as long as the series, still above zero")
    span = window or (timedelta(days=7) if series.step >= timedelta(days=1) else timedelta(days=3))
    width = max(1, span // series.step)
    hours = width * (series.step / timedelta(hours=1))
    end = _looked_until(series)
    here = np.arange(max(0, end - width), end)
    use = here[series.observed[here]] if here.size else here
    total = float(series.values[use].sum())
    if use.size < MIN_BINS or total < MIN_COUNT:
        none = Unknown("too_few_rows", METHOD, "log per day", math.floor(total), MIN_COUNT)
        return State("not_enough_data", none, hours, replace(none, unit="share"))
    fit = count_line((use - here[0]).astype(np.float64), series.values[use], np.log(cycle[use]), level=level)
    per_day = timedelta(days=1) / series.step
    growth = Estimate(
        -fit.rate * per_day, -fit.high * per_day, -fit.low * per_day, level, "log per day", METHOD, use.size
    )
    levels = _levels(series, cycle, end, width)
    best = max(levels)
    before = levels[-2] if len(levels) > 1 else levels[-1]
    of_peak = Estimate.count(levels[-1] / best, unit="share", method="mean over best mean", n=use.size)
    return State(_name(growth, still, before < best / 2), growth, hours, of_peak)


def _looked_until(series: Series) -> int:
    """Return the bin after the last one somebody looked at."""
    looked = np.flatnonzero(series.state != MISSING)
    return int(looked[-1]) + 1 if looked.size else 0


def _levels(series: Series, cycle: NDArray[np.float64], end: int, width: int) -> list[float]:
    """Return mean levels of windows laid end to end, oldest first; the last one ends at ``end``."""
    out = []
    for stop in range(end, 0, -width):
        part = np.arange(max(0, stop - width), stop)
        part = part[series.observed[part]]
        if part.size >= min(MIN_BINS, width):
            out.append(float(series.values[part].sum() / cycle[part].sum()))
    return out[::-1]


def _name(growth: Estimate, still: float, was_low: bool) -> str:
    if growth.value < -still and growth.high < 0:
        return "slump"
    if growth.value > still and growth.low > 0:
        return "recovering" if was_low else "rising"
    within = growth.low >= -3 * still and growth.high <= 3 * still
    return "plateau" if within else "not_enough_data"
