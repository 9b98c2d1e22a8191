"""Errors of later days' forecasts made in the past for the years after."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import STARTS, Ahead
from longtake.heat.boxoffice.features import PATH_DAYS
from longtake.services.training.takings.days import Days, conceal
from longtake.services.training.takings.rolling import YEARS_AHEAD

Floats = NDArray[np.float64]
STEPS = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 32)
ORIGINS = 3
KNOWN = ((False, 0), (False, 3), (True, 1), (True, 3))
"""Theaters of the days to come or not, pattern of features: in the order of `path_kind`."""


def path_errors(shown: Days, fit: Callable[[Days], Ahead]) -> tuple[Floats, NDArray[np.int64]]:
    """Return errors of models fitted before each of three years, two years apart, on the years after.

    Returns:
        Logarithm of what came over the forecast, shape (errors, 4 * starts, STEPS), in the order of
        :func:`longtake.heat.boxoffice.ahead.path_kind`, and the year of each run, shape (errors,).
    """
    year = np.floor(shown.opened).astype(np.int64)
    last = int(year.max())
    found, when = [], []
    for origin in range(last - 2 * ORIGINS + 2, last + 1, 2):
        model = fit(shown.of(year < origin))
        ahead = (year >= origin) & (year < origin + YEARS_AHEAD)
        made = []
        for planned, kind in KNOWN:
            for start in STARTS:
                later = shown.of(ahead & (shown.start == start))
                grown = model.planned if planned else model.alone
                left = later.came - later.line - grown.predict(conceal(later.rows, kind, planned=planned))
                span = PATH_DAYS - start
                made.append(left.reshape(-1, span)[:, [min(step, span) - 1 for step in STEPS]])
        found.append(np.stack(made, axis=1))
        when.append(year[ahead & (shown.start == STARTS[0])][:: PATH_DAYS - STARTS[0]])
    return np.concatenate(found), np.concatenate(when)
