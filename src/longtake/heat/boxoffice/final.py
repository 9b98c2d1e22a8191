"""What a run will have taken when it ends."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.estimate import Estimate
from longtake.heat.boxoffice.features import run_of, seen
from longtake.heat.boxoffice.multiple import pattern
from longtake.heat.boxoffice.weights import Weights, packaged

METHOD = "ridge and boosted trees on US wide releases; conformal interval from past years"


def final_gross(
    daily_gross: ArrayLike,
    theaters: ArrayLike | None,
    release_date: date,
    *,
    level: float = 0.8,
    unit: str = "USD",
    weights: Weights | None = None,
) -> Estimate:
    """Return the total that a run will have taken, from its first days.

    ``total = taken so far x exp(m)``; m is a ridge regression on the shape of the days, the theaters and the
    calendar ahead, plus trees on what it leaves over. The interval holds the errors of models fitted before
    each of the last years on the years after, newer years weighing more, moved by how often it missed.

    Args:
        daily_gross: Takings of each day from the wide opening on, previews counted in the first, shape (n,),
            n at least 3; the shape of days after the 34th is not looked at.
        theaters: Theaters of the same days, shape (n,), NaN where unknown; None when nobody tells.
        release_date: Day of the wide opening.
        level: Coverage of the interval, in (0, 1).
        unit: Unit of the takings. Only in "USD" does the size of the opening mean something to the model; in
            any other unit twice the takings give exactly twice the total.
        weights: The models; those of the package when None.

    Returns:
        Takings in ``unit``; never below what was taken so far.

    Raises:
        NotEnoughDataError: Fewer than three days, or a day without a figure.
        ValueError: Takings below zero or all zero, shapes differ, or the level is not in (0, 1).

    Examples:
        >>> total = final_gross([4e6, 6e6, 5e6], [2500, 2500, 2500], date(2015, 5, 1))
        >>> total.value > 15e6 and total.low <= total.value <= total.high
        True

    References:
        Ke et al., 2017, LightGBM, https://papers.nips.cc/paper/6907; Gibbs, Candès, 2021, Adaptive conformal
        inference under distribution shift, https://arxiv.org/abs/2106.00170; Sawhney, Eliashberg, 1996, A
        parsimonious model for forecasting gross box-office revenues, doi:10.1287/mksc.15.2.113.
    """
    run = run_of(daily_gross, theaters, release_date, unit=unit, method="final gross")
    models = weights or packaged()
    rows = seen(run, models.profile).vector[None, :]
    taken = float(np.sum(np.asarray(daily_gross, dtype=np.float64)))
    value = run.taken * math.exp(float(models.multiple.predict(rows)[0]))
    down, up = models.spread.bounds(int(pattern(rows)[0]), run.gross.size, level)
    value = max(taken, value)
    low = max(taken, value * math.exp(min(down, 0.0)))
    high = value * math.exp(max(up, 0.0))
    return Estimate(value, low, high, level, unit, METHOD, int(np.size(daily_gross)))
