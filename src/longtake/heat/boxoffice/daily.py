"""What a run takes day by day, up to its 35th day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.boxoffice.ahead import path_kind
from longtake.heat.boxoffice.features import MAX_DAYS, PATH_DAYS, run_of, seen
from longtake.heat.boxoffice.weights import Weights, packaged

Floats = NDArray[np.float64]
METHOD = "calendar, own slope and boosted trees on US wide releases; conformal interval from past years"


@dataclass(frozen=True, slots=True, eq=False)
class DailyPath:
    """Takings of days to come.

    Attributes:
        dates: The days, shape (horizon,).
        value: Takings of each, in ``unit``, shape (horizon,).
        low: Lower end of each day's own interval, not of all days together.
        high: Upper end.
        level: Coverage of each interval.
        unit: Unit of the takings.
        method: Name of the method.
        n: Days seen.
    """

    dates: tuple[date, ...]
    value: Floats
    low: Floats
    high: Floats
    level: float
    unit: str
    method: str
    n: int


def daily_path(
    daily_gross: ArrayLike,
    theaters: ArrayLike | None,
    release_date: date,
    *,
    horizon: int,
    future_theaters: ArrayLike | None = None,
    level: float = 0.8,
    unit: str = "USD",
    weights: Weights | None = None,
) -> DailyPath:
    """Return what a run will take on each of the next days.

    The logarithm of a day is the run's last week continued along its own slope (drawn to that of all runs)
    and the profile of calendar and age, plus trees on what that leaves over.

    Args:
        daily_gross: Takings of each day from the wide opening on, shape (n,), n from 3 to 34.
        theaters: Theaters of the same days, shape (n,), NaN where unknown; None when nobody tells.
        release_date: Day of the wide opening.
        horizon: Days ahead, from 1 to 35 - n.
        future_theaters: Theaters of the days to come, shape (horizon,), NaN where not planned; they count
            only when `theaters` are known.
        level: Coverage of each day's interval, in (0, 1).
        unit: As in :func:`longtake.heat.boxoffice.final.final_gross`.
        weights: The models; those of the package when None.

    Returns:
        The path.

    Raises:
        NotEnoughDataError: Fewer than three days, or a day without a figure.
        ValueError: More than 34 days, a horizon beyond day 35, shapes that differ, negative numbers, or a
            level that is not in (0, 1).

    Examples:
        >>> path = daily_path([4e6, 6e6, 5e6], None, date(2015, 5, 1), horizon=4)
        >>> path.dates[0], path.value.shape, bool((path.low <= path.high).all())
        (datetime.date(2015, 5, 4), (4,), True)

    References:
        Ke et al., 2017, LightGBM, https://papers.nips.cc/paper/6907; Gibbs, Candès, 2021, Adaptive conformal
        inference under distribution shift, https://arxiv.org/abs/2106.00170.
    """
    n = int(np.size(daily_gross))
    if n > MAX_DAYS:
        raise ValueError(f"{n} days; the path ends on day {PATH_DAYS}")
    run = run_of(daily_gross, theaters, release_date, unit=unit, method="daily path")
    if not 1 <= horizon <= PATH_DAYS - n:
        raise ValueError(f"horizon {horizon} after {n} days; the path ends on day {PATH_DAYS}")
    future = _planned(future_theaters, horizon, PATH_DAYS - n)
    models = weights or packaged()
    logs = models.ahead.predict(run, seen(run, models.profile), future)[:horizon]
    supplied = bool(np.isfinite(run.theaters).all())
    low, high = np.empty(horizon), np.empty(horizon)
    for step in range(horizon):
        planned = supplied and future is not None and bool(np.isfinite(future[step]))
        down, up = models.ahead_spread.bounds(path_kind(run, planned), step + 1, level)
        low[step], high[step] = min(down, 0.0), max(up, 0.0)
    value = np.exp(logs)
    dates = tuple(release_date + timedelta(days=n + step) for step in range(horizon))
    return DailyPath(dates, value, value * np.exp(low), value * np.exp(high), level, unit, METHOD, n)


def _planned(future_theaters: ArrayLike | None, horizon: int, days: int) -> Floats | None:
    if future_theaters is None:
        return None
    given = np.asarray(future_theaters, dtype=np.float64)
    if given.shape != (horizon,) or (given < 0).any():
        raise ValueError(f"future_theaters of shape {given.shape} for {horizon} days, or below zero")
    # A day without theaters is a plan to end the run, which no run in the sample shows: taken as unknown.
    return np.concatenate([np.where(given > 0, given, np.nan), np.full(days - horizon, np.nan)])
