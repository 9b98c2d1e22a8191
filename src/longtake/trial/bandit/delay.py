"""Results that come late."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def matured(ages_hours: ArrayLike, delays_hours: ArrayLike) -> Floats:
    """Return the share of results that are in after so long, from delays of results known to be complete.

    Args:
        ages_hours: Hours since each batch was shown, at least 0, any shape.
        delays_hours: Hours from showing to result of past results, at least 0, shape (d,), d from 1.

    Returns:
        In [0, 1], the shape of the ages: the empirical share of delays that are at most the age.

    Raises:
        ValueError: There is no delay, or a value is negative.

    Examples:
        >>> matured([0.0, 2.0, 9.0], [1.0, 2.0, 3.0, 4.0]).tolist()
        [0.0, 0.5, 1.0]
    """
    ages, delays = (
        np.asarray(ages_hours, dtype=np.float64),
        np.sort(np.asarray(delays_hours, dtype=np.float64)),
    )
    if not delays.size or not (delays >= 0).all() or not (ages >= 0).all():
        raise ValueError("ages and delays must be at least 0, with one delay or more")
    return np.asarray(np.searchsorted(delays, ages, side="right") / delays.size)


def effective_units(units: ArrayLike, matured_share: ArrayLike) -> Floats:
    """Return units that could have had their result by now.

    For pooled counts: a batch of which half the results are in counts for half its units. The period-adjusted
    beliefs need no such correction as long as results of all arms are equally late.

    Args:
        units: By batch and arm, shape (..., t, k).
        matured_share: Share of results in, by batch, in [0, 1], shape (t,) or (..., t).

    Examples:
        >>> effective_units([[100, 100], [100, 100]], [1.0, 0.5]).tolist()
        [[100.0, 100.0], [50.0, 50.0]]

    References:
        Vernade, Cappé, Perchet, 2017, Stochastic bandit models for delayed conversions, arXiv:1706.09186.
    """
    return np.asarray(np.asarray(units, dtype=np.float64) * np.asarray(matured_share)[..., None])
