"""Beliefs about arms whose rates stand still: counts of all batches added up."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import polygamma, psi

from longtake.trial.bandit.prior import FLAT, BetaPrior

Floats = NDArray[np.float64]


def pooled(conversions: ArrayLike, units: ArrayLike, *, prior: BetaPrior = FLAT) -> tuple[Floats, Floats]:
    """Return means and standard deviations of the log odds of each arm's rate.

    Where the base rate moves while the split moves, pooled counts compare the batches in which an arm was
    favoured with those in which it was not: use :func:`~longtake.trial.bandit.periods.period_adjusted`.

    Args:
        conversions: Of each arm, shape (..., k).
        units: Of each arm, at least the conversions, the same shape.
        prior: Beta law of the arms' rates.

    Raises:
        ValueError: Shapes differ or conversions are not within 0 and the units.

    Examples:
        >>> means, _ = pooled([10, 10], [20, 20])
        >>> means.tolist()
        [0.0, 0.0]

    References:
        Chapelle and Li, 2011, An empirical evaluation of Thompson sampling, NeurIPS 24.
    """
    x, n = np.asarray(conversions, dtype=np.float64), np.asarray(units, dtype=np.float64)
    if x.shape != n.shape or not ((x >= 0) & (x <= n)).all():
        raise ValueError(f"conversions of shape {x.shape} are not within units of shape {n.shape}")
    a, b = prior.conversions + x, prior.misses + n - x
    return np.asarray(psi(a) - psi(b)), np.sqrt(polygamma(1, a) + polygamma(1, b))
