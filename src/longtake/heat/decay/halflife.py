"""Hours in which what is left of a peak halves."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.timed.series import CENSORED, MISSING, Series
from longtake.heat.decay.counted import count_line
from longtake.heat.decay.stretch import Stretch, faded, stretch
from longtake.heat.decay.tobit import Line, line

TOBIT = "log-linear decay, Tobit 1958"
COUNTED = "log-linear decay, negative binomial quasi-likelihood"
MIN_BINS = 4
LEFT, FADE_BINS = 1 / 32, 7
"""Counts have faded when a week of days, or seven hours, holds less than a thirty-second of the peak."""
MIN_COUNT = 20
SURE = 0.9
# Correlation of residuals one hour apart, pooled over falls of ten or more hours on a public archive of
# Weibo's hourly list, 2024 to 2026: 0.58 as they are, 0.52 after the list's daily cycle.
LIST_ALIKE = 0.55
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decay:
    """A fitted fall, for drawing it and for taking its half-life.

    Attributes:
        peak_at: Start of the peak's bin, aware.
        stop_at: End of the fitted stretch, aware.
        ending: Why the stretch stops: end, absent, rise or faded.
        fitted: Level in each bin from the first after the peak to the stop, floor and daily cycle put back,
            in the unit of the series, shape (m,).
        line: The line in logarithms; ``rate`` is per bin.
        step_hours: Width of a bin, hours.
        n: Bins behind it, observed and censored.
        seen: Bins behind it that were observed.
        method: Name of the method.
        level: Coverage of the interval.
    """

    peak_at: datetime
    stop_at: datetime
    ending: str
    fitted: Floats
    line: Line
    step_hours: float
    n: int
    seen: int
    method: str
    level: float

    @property
    def half_life(self) -> Quantity:
        """Half-life in hours; high ``inf`` when the interval holds no fall; Unknown("not_falling")."""
        if self.line.falling < SURE or self.line.rate <= 0:
            return Unknown("not_falling", self.method, "hours", self.n)
        hours = math.log(2.0) * self.step_hours
        return Estimate(
            hours / self.line.rate,
            min(hours / self.line.high, hours / self.line.rate),
            hours / self.line.low if self.line.low > 0 else math.inf,
            self.level,
            "hours",
            self.method,
            self.n,
        )


def decay(
    series: Series,
    *,
    profile: Floats | None = None,
    floor: float = 0.0,
    peak: datetime | None = None,
    absent: timedelta = timedelta(hours=24),
    alike: float = 0.0,
    level: float = 0.9,
) -> Decay | Unknown:
    """Return the fall of a score after its last dominant peak, its list's censoring respected.

    ``log(value - floor) = a - b * bins + log(profile)`` with normal scatter; a CENSORED bin says only that
    the value lay below its bound; a MISSING bin says nothing. The fitted stretch is that of
    :func:`longtake.heat.decay.stretch.stretch`.

    Args:
        series: A score, such as the hot value of a topic; values above zero.
        profile: Expected level of each bin relative to the others (a daily cycle, or the list's threshold
            hour by hour), above zero, shape (n,); flat when None. Without it, night looks like decay.
        floor: Level that stays when the peak is gone, in the unit of the series. Bins at or below it are
            taken as below the smallest excess seen.
        peak: Time of a known peak (a release); the last dominant one when None.
        absent: How long nobody finds the subject before it counts as gone.
        alike: Correlation of the scatter of neighbouring bins known from other titles, in [0, 1). A short
            fall cannot tell it, and taking it as zero makes its interval too narrow; ``LIST_ALIKE`` is
            what hourly lists show.
        level: Coverage, in (0, 1).

    Returns:
        The decay; Unknown("no_rows") when nothing was observed, Unknown("too_few_rows") with fewer than
        four observed bins after the peak.

    Raises:
        ValueError: The profile's shape differs or it is not positive, or the level is not in (0, 1).
    """
    cycle = _cycle(series, profile, level)
    value, below = _excess(series, floor)
    with np.errstate(divide="ignore", invalid="ignore"):
        height = np.log(value) - np.log(cycle)
    span = stretch(series, height, absent=absent, peak=_bin(series, peak))
    if span is None:
        return Unknown("no_rows", TOBIT, "hours", 0, MIN_BINS)
    inside = np.arange(span.peak + 1, span.stop)
    use = inside[(series.state[inside] != MISSING) & np.isfinite(height[inside])]
    seen = int((~below[use]).sum())
    if seen < MIN_BINS:
        return Unknown("too_few_rows", TOBIT, "hours", seen, MIN_BINS)
    fit = line((use - span.peak).astype(np.float64), height[use], below[use], level=level, alike=alike)
    return _decay(
        series, span, fit, cycle=cycle, floor=floor, n=use.size, seen=seen, method=TOBIT, level=level
    )


def half_life(
    series: Series,
    *,
    profile: Floats | None = None,
    floor: float = 0.0,
    peak: datetime | None = None,
    absent: timedelta = timedelta(hours=24),
    alike: float = 0.0,
    level: float = 0.9,
) -> Quantity:
    """Return the half-life of a score in hours; arguments as in :func:`decay`.

    Returns:
        Hours; Unknown("no_rows"), Unknown("too_few_rows"), or Unknown("not_falling") when the probability
        of a fall is below 0.9.

    Examples:
        >>> from datetime import UTC
        >>> from longtake.heat.grids.grid import hourly
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> hours = [at + timedelta(hours=h) for h in range(6)]
        >>> s = hourly(hours, [1600, 800, 400, 200, 100, 50], start=at, end=at + timedelta(hours=6))
        >>> round(half_life(s).value, 6)
        1.0
    """
    found = decay(series, profile=profile, floor=floor, peak=peak, absent=absent, alike=alike, level=level)
    return found if isinstance(found, Unknown) else found.half_life


def count_decay(
    series: Series,
    *,
    profile: Floats | None = None,
    floor: float = 0.0,
    peak: datetime | None = None,
    level: float = 0.9,
) -> Decay | Unknown:
    """Return the fall of counts after their last dominant peak.

    Zero is a count like any other; MISSING bins say nothing. See
    :func:`longtake.heat.decay.counted.count_line` for the likelihood.

    Args:
        series: Counts per bin, such as comments an hour.
        profile: As in :func:`decay`.
        floor: Counts a bin that stay when the peak is gone; taken off each bin, never below zero.
        peak: Time of a known peak; the last dominant one when None.
        level: Coverage, in (0, 1).

    Returns:
        The decay; Unknown("no_rows") without a count above zero, Unknown("too_few_rows") with fewer than
        four observed bins or 20 counts after the peak.

    Raises:
        ValueError: The profile's shape differs or it is not positive, the level is not in (0, 1), or a count
            is negative.
    """
    cycle = _cycle(series, profile, level)
    value = np.maximum(series.values - floor, 0.0)
    if (series.values[series.observed] < 0).any():
        raise ValueError("counts below zero")
    if not value[series.observed].any():
        return Unknown("no_rows", COUNTED, "hours", int(series.observed.sum()), MIN_COUNT)
    # Half a count keeps empty bins on the logarithmic scale on which turns are sought.
    height = np.log(value + 0.5) - np.log(cycle)
    span = stretch(series, height, absent=timedelta.max, peak=_bin(series, peak))
    if span is None:
        return Unknown("no_rows", COUNTED, "hours", 0, MIN_COUNT)
    span = faded(value / cycle, span, left=LEFT, width=FADE_BINS)
    inside = np.arange(span.peak + 1, span.stop)
    use = inside[series.observed[inside]]
    total = float(value[use].sum())
    if use.size < MIN_BINS or total < MIN_COUNT:
        return Unknown("too_few_rows", COUNTED, "hours", math.floor(total), MIN_COUNT)
    fit = count_line((use - span.peak).astype(np.float64), value[use], np.log(cycle[use]), level=level)
    return _decay(
        series, span, fit, cycle=cycle, floor=floor, n=use.size, seen=use.size, method=COUNTED, level=level
    )


def count_half_life(
    series: Series,
    *,
    profile: Floats | None = None,
    floor: float = 0.0,
    peak: datetime | None = None,
    level: float = 0.9,
) -> Quantity:
    """Return the half-life of counts in hours; arguments and reasons as in :func:`count_decay`.

    Examples:
        >>> from datetime import UTC
        >>> from longtake.heat.grids.grid import hourly
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> hours = [at + timedelta(hours=h) for h in range(6)]
        >>> s = hourly(hours, [1600, 800, 400, 200, 100, 50], start=at, end=at + timedelta(hours=6))
        >>> round(count_half_life(s).value, 6)
        1.0
    """
    found = count_decay(series, profile=profile, floor=floor, peak=peak, level=level)
    return found if isinstance(found, Unknown) else found.half_life


def _cycle(series: Series, profile: Floats | None, level: float) -> Floats:
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    cycle = np.ones(len(series)) if profile is None else np.asarray(profile, dtype=np.float64)
    if cycle.shape != series.values.shape or not (cycle > 0).all():
        raise ValueError("the profile must be positive and as long as the series")
    return cycle


def _bin(series: Series, at: datetime | None) -> int | None:
    return None if at is None else min(len(series) - 1, max(0, (at - series.start) // series.step))


def _excess(series: Series, floor: float) -> tuple[Floats, NDArray[np.bool_]]:
    """Return values (bounds where censored) over the floor, and which of them are bounds."""
    below = series.state == CENSORED
    over = np.where(below, series.bound, series.values) - floor
    positive = series.observed & (over > 0)
    least = float(over[positive].min()) if positive.any() else math.nan
    sunk = (series.observed | below) & ~(over > 0)
    return np.where(sunk, least, over), below | sunk


def _decay(
    series: Series,
    span: Stretch,
    fit: Line,
    *,
    cycle: Floats,
    floor: float,
    n: int,
    seen: int,
    method: str,
    level: float,
) -> Decay:
    away = np.arange(1, span.stop - span.peak)
    return Decay(
        peak_at=series.start + span.peak * series.step,
        stop_at=series.start + span.stop * series.step,
        ending=span.ending,
        fitted=floor + np.exp(fit.level - fit.rate * away) * cycle[span.peak + 1 : span.stop],
        line=fit,
        step_hours=series.step / timedelta(hours=1),
        n=n,
        seen=seen,
        method=method,
        level=level,
    )
