"""The daily cycle: how much of a normal day each hour holds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta, timezone, tzinfo

import numpy as np
from numpy.typing import NDArray

from longtake.domain.timed.series import CENSORED, MISSING, Series

Floats = NDArray[np.float64]
CHINA = timezone(timedelta(hours=8))
MIN_DAYS = 7


def hour_profile(others: Sequence[Series], *, zone: tzinfo = CHINA) -> Floats | None:
    """Return the level of each hour of the day relative to the mean hour, shape (24,), mean 1.

    Each series gives, for each bin, the logarithm of its value less the mean logarithm of the day centred
    on it; the median over all series and days is one hour's level. Other titles, or the lowest place of the
    list, are the right series: a film's own events become part of the cycle when it is estimated from the
    film alone, though three weeks and the median keep little of them.

    Args:
        others: Hourly series of other titles or of the list's lowest place; only OBSERVED bins count, or
            bounds where a series holds nothing else. Zero counts take half a count.
        zone: Time zone of the hour of day.

    Returns:
        The profile; None when some hour has fewer than seven days behind it.

    Raises:
        ValueError: A series is not hourly.
    """
    found: list[list[float]] = [[] for _ in range(24)]
    for series in others:
        if series.step != timedelta(hours=1):
            raise ValueError(f"step {series.step} is not one hour")
        height = _height(series)
        clock = _clock(series, zone)
        for i in np.flatnonzero(np.isfinite(height)):
            day = height[max(0, i - 12) : i + 12]
            near = np.isfinite(day)
            if near.sum() >= 18:
                found[clock[i]].append(float(height[i] - day[near].mean()))
    if min(len(values) for values in found) < MIN_DAYS:
        return None
    level = np.exp([float(np.median(values)) for values in found])
    return np.asarray(level / level.mean())


def cycle(series: Series, profile: Floats | None, *, zone: tzinfo = CHINA) -> Floats | None:
    """Return an hour-of-day profile laid along a series, shape (n,); None stays None.

    Raises:
        ValueError: The profile is not of shape (24,).

    Examples:
        >>> from datetime import datetime
        >>> from longtake.heat.grids.grid import counts
        >>> at = datetime(2026, 1, 8, 23, tzinfo=CHINA)
        >>> cycle(counts([], start=at, end=at + timedelta(hours=2)), np.arange(24.0)).tolist()
        [23.0, 0.0]
    """
    if profile is None:
        return None
    if profile.shape != (24,):
        raise ValueError(f"profile of shape {profile.shape} is not one of 24 hours")
    return np.asarray(profile[_clock(series, zone)])


def _clock(series: Series, zone: tzinfo) -> NDArray[np.int64]:
    return np.array([time.astimezone(zone).hour for time in series.times], dtype=np.int64)


def _height(series: Series) -> Floats:
    """Return logarithms of the values, or of the bounds of a series that holds only bounds."""
    bounds = series.state == CENSORED
    value = series.values if series.observed.any() else np.where(bounds, series.bound, np.nan)
    known = (series.state != MISSING) & np.isfinite(value)
    return np.where(known, np.log(np.maximum(np.where(known, value, 1.0), 0.5)), np.nan)
