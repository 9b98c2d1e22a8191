"""How far forecasts of thirty-day totals and days are off, pooled over series."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from longtake.heat.forecasting.features import HALF
from longtake.heat.forecasting.global_model import Band

Floats = NDArray[np.float64]

SEASON = 7


def accuracy(path: Floats, after: Floats, before: Floats) -> dict[str, float]:
    """Return the accuracy of paths.

    Args:
        path: Forecast counts a day, shape (n, h).
        after: What came, NaN where missing, shape (n, h).
        before: History, shape (n, t).

    Returns:
        ``mapcte``: mean absolute difference of the percentile ranks of forecast and true totals, among all
        forecast and all true totals; ``ape``: median absolute percentage error of totals; ``smape``: mean
        symmetric one (of 200); ``daily``: of days; ``mase``: median of mean absolute errors over those of
        the seven-day naive in history.

    References:
        Rizoiu et al., 2017, Expecting to be HIP, doi:10.1145/3038912.3052650.
        Hyndman and Koehler, 2006, Another look at measures of forecast accuracy,
        doi:10.1016/j.ijforecast.2006.03.001.
    """
    seen = ~np.isnan(after)
    true, made = np.nansum(after, axis=1), np.where(seen, path, 0.0).sum(axis=1)
    off = np.abs(path - after)
    usual = np.nanmean(np.abs(before[:, SEASON:] - before[:, :-SEASON]), axis=1)
    moved = usual > 0
    return {
        "mapcte": 100.0 * float(np.abs(rankdata(made) - rankdata(true)).mean()) / true.size,
        "ape": 100.0 * float(np.median(np.abs(made - true) / np.maximum(true, 1.0))),
        "smape": 200.0 * float((np.abs(made - true) / np.maximum(made + true, 1e-9)).mean()),
        "daily": 200.0 * float(np.nanmean(off / np.maximum(path + after, 1e-9))),
        "mase": float(np.median(np.nanmean(off, axis=1)[moved] / usual[moved])),
    }


def held(band: Band, after: Floats) -> dict[str, float]:
    """Return how often intervals held totals and days, and half their width in log totals.

    Series with a missing day count for days alone.
    """
    whole = ~np.isnan(after).any(axis=1)
    total, low, high = after.sum(axis=1), band.total_low[:, -1], band.total_high[:, -1]
    inside = (total >= low) & (total <= high)
    days = (after >= band.low) & (after <= band.high)
    half = (np.log(high + HALF) - np.log(low + HALF)) / 2
    return {
        "cover": float(inside[whole].mean()),
        "days": float(days[~np.isnan(after)].mean()),
        "half": float(half[whole].mean()),
    }
