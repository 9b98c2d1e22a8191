"""Forecasts of short or hourly series: their own renewal model and a damped, seasonal mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.forecasting.baselines import damped_mean
from longtake.heat.forecasting.gaps import bridged
from longtake.heat.forecasting.global_model import Band, stacked
from longtake.heat.forecasting.renewal_path import HALF_LIFE_DAYS, RenewalPath, fit_recent
from longtake.heat.forecasting.season import season
from longtake.heat.renewal.kernel import keeps, time_constants

Floats = NDArray[np.float64]

REFITS, PATHS = 60, 8
HALF = 0.5
# A drawn count may not run away from what was seen.
MOST = 1e9
SEED = 20260101


def period_of(step_hours: float) -> int:
    """Return the steps of the cycle: a day of steps, or a week of days.

    Examples:
        >>> period_of(1.0), period_of(24.0), period_of(7.0)
        (24, 7, 1)
    """
    if step_hours == 24.0:
        return 7
    steps = 24.0 / step_hours
    return round(steps) if steps > 1 and abs(steps - round(steps)) < 1e-9 else 1


def members(counts: Floats, pushes: Floats, plan: Floats, *, step_hours: float) -> Floats:
    """Return renewal and damped paths of many series, shape (2, b, horizon).

    Args:
        counts: NaN where missing, shape (b, t).
        pushes: Events, at least 0, shape (b, j, t).
        plan: Coming events, shape (b, j, horizon).
        step_hours: Length of a step, hours.
    """
    level, cycle, fitted = _fitted(counts, pushes, step_hours, plan.shape[2])
    window = max(7, period_of(step_hours))
    calm = damped_mean(np.where(np.isnan(counts), np.nan, level), horizon=plan.shape[2], window=window)
    return np.stack([fitted.ahead(plan) * cycle, calm * cycle])


def short_band(
    counts: Floats,
    pushes: Floats,
    plan: Floats,
    *,
    step_hours: float,
    weights: Floats,
    widen: float,
    level: float,
) -> Band:
    """Return the stacked path of one series and its interval from drawn and refitted series.

    Sixty series are drawn from the fit and fitted again; eight paths run on from what was seen under each
    refit. Distances of their quantiles from the path, in logarithms, are multiplied by ``widen``, which
    makes up for change that the model does not know.

    Args:
        counts: NaN where missing, shape (1, t).
        pushes: Events, shape (1, j, t).
        plan: Coming events, shape (1, j, horizon).
        step_hours: Length of a step, hours.
        weights: Share of the renewal and of the damped path, sum 1.
        widen: Factor of the interval's log distances, above 0.
        level: Coverage, in (0, 1).

    References:
        Davison and Hinkley, 1997, Bootstrap methods and their application,
        doi:10.1017/CBO9780511802843, section 8.2.
    """
    horizon = plan.shape[2]
    mean = stacked(members(counts, pushes, plan, step_hours=step_hours), weights)
    smooth, cycle, fitted = _fitted(counts, pushes, step_hours, horizon)
    rng = np.random.default_rng(SEED)
    silent = np.repeat(pushes, REFITS, axis=0)
    start = np.maximum(smooth[:, : min(7, smooth.shape[1])].mean(axis=1), 0.0)
    drawn = _draw(rng, fitted, np.tile(start[:, None], (REFITS, fitted.keep.size)), silent)
    half = HALF_LIFE_DAYS * 24.0 / step_hours
    seen = np.repeat(~np.isnan(counts), REFITS, axis=0)
    again = fit_recent(drawn, silent, seen, keep=fitted.keep, half_life=half)
    again = RenewalPath(
        np.repeat(again.background, PATHS),
        np.repeat(again.effects, PATHS, axis=0),
        np.repeat(again.weights, PATHS, axis=0),
        np.repeat(fitted.level, REFITS * PATHS, axis=0),
        np.repeat(again.scatter, PATHS),
        fitted.keep,
    )
    paths = _draw(rng, again, again.level, np.repeat(plan, REFITS * PATHS, axis=0)) * cycle
    middle = fitted.ahead(plan) * cycle
    ends = []
    for path, reference, many in (
        (mean, middle, paths),
        (np.cumsum(mean, axis=1), np.cumsum(middle, axis=1), np.cumsum(paths, axis=1)),
    ):
        for tail in ((1 - level) / 2, (1 + level) / 2):
            far = np.log(np.quantile(many, tail, axis=0)[None] + HALF) - np.log(reference + HALF)
            ends.append(np.maximum(0.0, (path + HALF) * np.exp(widen * far) - HALF))
    low, high, total_low, total_high = ends
    total = np.cumsum(mean, axis=1)
    return Band(
        mean,
        np.minimum(low, mean),
        np.maximum(high, mean),
        total,
        np.minimum(total_low, total),
        np.maximum(total_high, total),
    )


def _fitted(
    counts: Floats, pushes: Floats, step_hours: float, horizon: int
) -> tuple[Floats, Floats, RenewalPath]:
    """Return counts without their cycle, the coming cycle, and the fit of the former."""
    filled = bridged(counts)
    past, cycle = season(filled, period=period_of(step_hours), horizon=horizon)
    level = filled / past
    half = HALF_LIFE_DAYS * 24.0 / step_hours
    keep = keeps(time_constants(step_hours))
    return level, cycle, fit_recent(level, pushes, ~np.isnan(counts), keep=keep, half_life=half)


def _draw(rng: np.random.Generator, model: RenewalPath, level: Floats, pushes: Floats) -> Floats:
    """Return a series from each row's model (or the only row's), running on from ``level``."""
    b, _, steps = pushes.shape
    effects = np.broadcast_to(model.effects, (b, pushes.shape[1]))
    source = model.background[:, None] + (effects[:, None] @ pushes)[:, 0]
    size = np.broadcast_to(1.0 / model.scatter, (b,))
    out = np.empty((b, steps))
    for step in range(steps):
        mean = source[:, step] + (model.weights * level).sum(axis=1)
        out[:, step] = rng.poisson(np.minimum(mean * rng.gamma(size, 1.0 / size), MOST))
        level = level * model.keep + (1.0 - model.keep) * out[:, step : step + 1]
    return out
