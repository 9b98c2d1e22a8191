"""One topic fading on a list of fifty, with a half-life that is known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.timed.series import CENSORED, MISSING, OBSERVED, Series

START = datetime(2026, 1, 4, 16, tzinfo=UTC)
# Lowest place of the list by hour of the Chinese day, relative to 4 o'clock: low at night, seven times
# higher at noon.
THRESHOLD = np.exp(math.log(7.0) * (0.5 - 0.5 * np.cos((np.arange(24) - 2.0) * math.pi / 12.0)) ** 0.8)


@dataclass(frozen=True, slots=True, eq=False)
class Fading:
    """A world of :func:`fading`.

    Attributes:
        series: What an observer of the list has.
        profile: Daily cycle that multiplies the topic's own level, mean 1, shape (n,).
        half_life_hours: The truth.
        peak: Bin of the true peak.
    """

    series: Series
    profile: NDArray[np.float64]
    half_life_hours: float
    peak: int


def fading(
    rng: np.random.Generator,
    *,
    half_life_hours: float,
    height: float = 12.0,
    scatter: float = 0.25,
    alike: float = 0.0,
    missing: float = 0.19,
    cycle: float = 1.0,
    hours: int | None = None,
) -> Fading:
    """Return a topic that climbs for three hours, peaks, and halves every ``half_life_hours``.

    Args:
        rng: Source of chance.
        half_life_hours: Hours in which the level halves after the peak, above zero.
        height: Peak over the list's lowest night-time threshold times the geometric mean of the day's.
        scatter: Standard deviation of the logarithm around its course.
        alike: Correlation of the scatter of one hour with the next, in [0, 1).
        missing: Share of hours in which nobody kept the list, in [0, 1).
        cycle: How strongly the topic itself follows the hour of day, factor from trough to top; 1 for not.
        hours: Length of the world; five half-lives and a day when None.

    Raises:
        ValueError: A number is out of its range.
    """
    if half_life_hours <= 0 or not 0 <= alike < 1 or not 0 <= missing < 1 or cycle < 1:
        raise ValueError(f"half-life {half_life_hours}, alike {alike}, missing {missing}, cycle {cycle}")
    n = math.ceil(5 * half_life_hours + 24) if hours is None else hours
    peak = 3
    offset = int(rng.integers(24))
    clock = (np.arange(n) + offset) % 24
    threshold = THRESHOLD[clock] * np.exp(rng.normal(0.0, 0.05, n))
    profile = np.exp(math.log(cycle) * (0.5 - 0.5 * np.cos((clock - 4.0) * math.pi / 12.0)))
    profile = profile / profile.mean()
    away = np.arange(n) - peak
    course = np.where(away < 0, away * math.log(2.0), -away * math.log(2.0) / half_life_hours)
    noise = rng.normal(0.0, scatter, n)
    for i in range(1, n):
        noise[i] = alike * noise[i - 1] + math.sqrt(1 - alike * alike) * noise[i]
    middle = float(np.exp(np.log(THRESHOLD).mean()))
    value = 18_000 * height * middle * np.exp(course + noise) * profile
    bound = 18_000 * threshold
    state = np.where(value >= bound, OBSERVED, CENSORED)
    state = np.where(rng.random(n) < missing, MISSING, state).astype(np.int8)
    series = Series(
        START + timedelta(hours=offset),
        timedelta(hours=1),
        np.where(state == OBSERVED, value, np.nan),
        state,
        np.where(state == CENSORED, bound, np.nan),
    )
    return Fading(series, profile, half_life_hours, peak)
