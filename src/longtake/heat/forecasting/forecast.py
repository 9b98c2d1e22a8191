"""Forecast of one series, with its interval, with or without planned promotion."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.heat.forecasting.gaps import bridged
from longtake.heat.forecasting.global_model import MEMBERS, Band, packaged, short_weights
from longtake.heat.forecasting.short import short_band
from longtake.heat.forecasting.tables import promotion_table, views_table

Floats = NDArray[np.float64]

LEAST_STEPS = 2
LEAST_DAYS = 28
METHOD = "forecast"
DAILY = "stack of global trees, renewal model and damped mean, conformal interval"
SHORT = "stack of renewal model and damped seasonal mean, bootstrap interval"
SILENT = "no count yet, rule of three"


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """A path of counts and its interval.

    Attributes:
        mean: Middle path, counts a step, shape (horizon,).
        low: Lower ends, each for its own step, at least 0, shape (horizon,).
        high: Upper ends, shape (horizon,).
        total: Counts over the whole horizon, with the interval of the sum.
        level: Coverage of each interval, in (0, 1).
        method: What it was made with.
        n: Observed steps behind it.
        weights: Share of each member of the stack in the log path; sum 1.
        promotion: Whether planned promotion entered.
    """

    mean: Floats
    low: Floats
    high: Floats
    total: Estimate
    level: float
    method: str
    n: int
    weights: Mapping[str, float]
    promotion: bool


def forecast(
    counts: ArrayLike,
    *,
    step_hours: float,
    horizon: int,
    events: Mapping[str, ArrayLike] | None = None,
    future_events: Mapping[str, ArrayLike] | None = None,
    level: float = 0.8,
) -> Forecast:
    """Return the coming steps of a series of counts.

    Days with four weeks of history: weighted geometric mean of trees grown on thousands of series, of the
    series' own renewal model and of its damped mean, times the days of the week. Hours and shorter series:
    renewal model and damped mean alone, times the cycle. More planned promotion never lowers the mean of
    any step.

    Args:
        counts: Counts a step from the start of the work on, NaN where missing, shape (t,).
        step_hours: Length of a step, hours, above 0.
        horizon: Steps ahead, at least 1. Intervals were measured up to 30 days and widen as a random walk
            beyond.
        events: Past promotion by name, in any unit, at least 0, each of shape (t,).
        future_events: Planned promotion by the same names, each of shape (horizon,). None: nobody knows, and
            the forecast assumes that promotion goes on as it usually does; zeros: none is planned. An
            event that never happened has no known effect, and its plan none either.
        level: Coverage of the intervals, in (0, 1).

    Returns:
        The forecast. Counts that are all zero give a mean of zero, whatever is planned, and a high by the
        rule of three: ``-ln((1 - level) / 2) / n`` a step.

    Raises:
        NotEnoughDataError: Fewer than two observed steps.
        ValueError: Shapes or names disagree, or a value is out of its range.

    Examples:
        >>> made = forecast([0.0] * 10, step_hours=24.0, horizon=2, level=0.8)
        >>> made.mean.tolist(), made.high.round(3).tolist()
        ([0.0, 0.0], [0.23, 0.23])

    References:
        Rizoiu et al., 2017, Expecting to be HIP, doi:10.1145/3038912.3052650.
        Vovk, Gammerman and Shafer, 2005, Algorithmic learning in a random world, ISBN 9780387001525.
    """
    series = np.asarray(counts, dtype=np.float64)
    _check(series, step_hours, horizon, level)
    past, plan = _promotion(events, future_events, series.size, horizon)
    seen = ~np.isnan(series)
    n = int(seen.sum())
    if n < LEAST_STEPS:
        raise NotEnoughDataError(METHOD, needed=LEAST_STEPS, got=n, unit="observed steps")
    if not series[seen].any():
        return _silent(n, horizon, level)
    rows = series[None]
    if step_hours == 24.0 and _long(seen):
        if plan is not None and past.any():
            variant, table = "promotion", promotion_table(rows, past, plan)
        else:
            variant, table = "views", views_table(rows, horizon=horizon)
        stack = packaged()[variant]
        band = stack.band(table, bridged(rows), level=level)
        shares = dict(zip(MEMBERS, stack.weights.tolist(), strict=True))
        return _as_forecast(band, level, DAILY, n, shares, promotion=variant == "promotion")
    known = plan is not None
    weights, widen = short_weights(promotion=known)
    band = short_band(
        rows,
        past if known else past[:, :0],
        plan if plan is not None else np.zeros((1, 0, horizon)),
        step_hours=step_hours,
        weights=weights,
        widen=widen,
        level=level,
    )
    shares = dict(zip(MEMBERS[1:], weights.tolist(), strict=True))
    return _as_forecast(band, level, SHORT, n, shares, promotion=known)


def _long(seen: NDArray[np.bool_]) -> bool:
    """Return whether the last four weeks, and the last one, hold enough days for the daily stack."""
    return bool(seen.size >= LEAST_DAYS and seen[-28:].sum() >= 14 and seen[-7:].any())


def _as_forecast(
    band: Band, level: float, method: str, n: int, weights: Mapping[str, float], *, promotion: bool
) -> Forecast:
    low, total, high = (float(part[0, -1]) for part in (band.total_low, band.total, band.total_high))
    return Forecast(
        band.mean[0],
        band.low[0],
        band.high[0],
        Estimate(total, low, high, level, "counts", method, n),
        level,
        method,
        n,
        weights,
        promotion,
    )


def _silent(n: int, horizon: int, level: float) -> Forecast:
    most = -math.log((1.0 - level) / 2.0) / n
    none = np.zeros(horizon)
    total = Estimate(0.0, 0.0, most * horizon, level, "counts", SILENT, n)
    return Forecast(none, none.copy(), none + most, total, level, SILENT, n, {}, promotion=False)


def _check(series: Floats, step_hours: float, horizon: int, level: float) -> None:
    if series.ndim != 1:
        raise ValueError(f"counts of shape {series.shape}, not (t,)")
    if np.isinf(series).any() or (series < 0).any():
        raise ValueError("counts must be finite and at least zero; NaN where missing")
    if not (math.isfinite(step_hours) and step_hours > 0):
        raise ValueError(f"step_hours {step_hours} is not above zero")
    if horizon < 1:
        raise ValueError(f"horizon {horizon} is not at least 1")
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")


def _promotion(
    events: Mapping[str, ArrayLike] | None,
    future: Mapping[str, ArrayLike] | None,
    steps: int,
    horizon: int,
) -> tuple[Floats, Floats | None]:
    """Return past events, shape (1, j, t), and planned ones, shape (1, j, horizon), or None if unknown."""
    named = dict(events or {})
    past = _pushes(named, steps, "events")
    if future is None:
        return past, None
    if set(future) != set(named):
        raise ValueError(f"planned {sorted(future)}, past {sorted(named)}: a plan needs the same names")
    if not named:
        return past, None
    return past, _pushes({name: future[name] for name in named}, horizon, "future_events")


def _pushes(named: Mapping[str, ArrayLike], steps: int, what: str) -> Floats:
    out = np.zeros((1, len(named), steps))
    for place, (name, values) in enumerate(named.items()):
        array = np.asarray(values, dtype=np.float64)
        if array.shape != (steps,):
            raise ValueError(f"{what} {name!r} of shape {array.shape}, not ({steps},)")
        if not np.isfinite(array).all() or (array < 0).any():
            raise ValueError(f"{what} {name!r} must be finite and at least zero")
        out[0, place] = array
    return out
