"""Errors of later days' forecasts made in the past for the years after."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from longtake.heat.boxoffice.ahead import PLANNED, STARTS, Ahead
from longtake.heat.boxoffice.features import PATH_DAYS, Profile
from longtake.services.training.takings.days import days
from longtake.services.training.takings.releases import Release
from longtake.services.training.takings.rolling import YEARS_AHEAD

Floats = NDArray[np.float64]
STEPS = (1, 2, 3, 4, 5, 7, 10, 14, 21, 28, 32)
ORIGINS = 3


def path_errors(
    runs: Sequence[Release], profile: Profile, fit: Callable[[Sequence[Release], Profile], Ahead]
) -> tuple[Floats, NDArray[np.int64]]:
    """Return errors of models fitted before each of three years, each two years apart, on the years after.

    Returns:
        Logarithm of what came over the forecast, shape (errors, 4 * starts, STEPS), in the order of
        :func:`longtake.heat.boxoffice.ahead.path_kind`, the year of each run, shape (errors,).
    """
    year = np.array([run.opened.year for run in runs])
    found, when = [], []
    for origin in range(int(year.max()) - 2 * ORIGINS + 2, int(year.max()) + 1, 2):
        model = fit([run for run in runs if run.opened.year < origin], profile)
        later = [run for run in runs if origin <= run.opened.year < origin + YEARS_AHEAD]
        made = [
            _errors(model, later, profile, start, planned=planned, whole=whole)
            for planned in (False, True)
            for whole in (False, True)
            for start in STARTS
        ]
        found.append(np.stack(made, axis=1))
        when.append(np.array([run.opened.year for run in later]))
    return np.concatenate(found), np.concatenate(when)


def _errors(
    model: Ahead, runs: Sequence[Release], profile: Profile, start: int, *, planned: bool, whole: bool
) -> Floats:
    """Return errors at STEPS, those beyond day 35 as at the last day, shape (runs, STEPS)."""
    ahead = PATH_DAYS - start
    told = days(runs, profile, (start,), supplied=whole or planned, sized=whole)
    rows = told.rows.copy()
    if not planned:
        rows[:, PLANNED] = np.nan
    grown = model.planned if planned else model.alone
    left = (told.came - told.line - grown.predict(rows)).reshape(len(runs), ahead)
    return np.asarray(left[:, [min(step, ahead) - 1 for step in STEPS]])
