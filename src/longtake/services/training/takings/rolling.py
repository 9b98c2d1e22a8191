"""Errors of forecasts made in the past for the years after, and the interval's correction."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.features import MIN_DAYS
from longtake.heat.boxoffice.multiple import PATTERNS, Multiple
from longtake.heat.boxoffice.spread import GRID, Spread
from longtake.services.training.takings.lines import Table, hide

Floats = NDArray[np.float64]
YEARS_AHEAD, ORIGINS, LEVEL, STEP, HALF_LIFE = 3, 8, 0.8, 0.5, 3.0


def past_errors(
    runs: Table, fit: Callable[[Table], Multiple], steps: tuple[int, ...]
) -> tuple[Floats, NDArray[np.int64]]:
    """Return errors of models fitted before each of the last years, on the three years after.

    Args:
        runs: Runs in time.
        fit: What fits a model to earlier runs.
        steps: Numbers of days seen.

    Returns:
        Logarithm of total over forecast, shape (errors, PATTERNS, steps), and the year of each,
        shape (errors,).
    """
    year = np.floor(runs.opened).astype(np.int64)
    last = int(year.max())
    found, when = [], []
    for origin in range(max(int(year.min()) + 3, last - ORIGINS + 1), last + 1):
        model = fit(runs.of(year < origin))
        ahead = (year >= origin) & (year < origin + YEARS_AHEAD)
        later = runs.of(ahead)
        made = np.empty((later.opened.size, PATTERNS, len(steps)))
        for kind in range(PATTERNS):
            for place, n in enumerate(steps):
                rows = hide(later.rows[:, n - MIN_DAYS], kind)
                made[:, kind, place] = later.target[:, n - MIN_DAYS] - model.predict(rows)
        found.append(made)
        when.append(year[ahead])
    return np.concatenate(found), np.concatenate(when)


def spread_of(errors: Floats, year: NDArray[np.int64], steps: tuple[int, ...]) -> Spread:
    """Return the quantiles of errors, newer ones weighing more, and how much to widen.

    Year after year the interval is made from the years before it; the level then asked for moves by half of
    what the share of misses was above the promised one.

    References:
        Gibbs, Candès, 2021, Adaptive conformal inference under distribution shift,
        https://papers.nips.cc/paper/2021/hash/0d441de75945e5acbc865406fc9a2559-Abstract.html.
    """
    widen = 0.0
    for now in np.unique(year)[2:]:
        past = _quantiles(errors[year < now], year[year < now])
        shown = Spread(np.asarray(steps, dtype=np.float64), past, widen)
        missed = []
        for kind in range(errors.shape[1]):
            for place, step in enumerate(steps):
                low, high = shown.bounds(kind, step, LEVEL)
                came = errors[year == now, kind, place]
                missed.append(np.mean((came < low) | (came > high)))
        widen += STEP * (float(np.mean(missed)) - (1 - LEVEL))
    return Spread(np.asarray(steps, dtype=np.float64), _quantiles(errors, year), widen)


def _quantiles(errors: Floats, year: NDArray[np.int64]) -> Floats:
    """Return quantiles over the first axis, newer years weighing more, shape (kinds, steps, GRID)."""
    weight = 0.5 ** ((year.max() - year) / HALF_LIFE)
    order = np.argsort(errors, axis=0, kind="stable")
    share = np.cumsum(weight[order], axis=0)
    share = (share - weight[order] / 2) / share[-1]
    ranked = np.take_along_axis(errors, order, axis=0)
    made = np.empty((*errors.shape[1:], GRID.size))
    for place in np.ndindex(*errors.shape[1:]):
        made[place] = np.interp(GRID, share[(slice(None), *place)], ranked[(slice(None), *place)])
    return made
