"""A random walk seen through independent normal glimpses: its posterior, exactly and in linear time."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dpttrf, dpttrs

Floats = NDArray[np.float64]

# Holds a walk that nothing was seen of in place without moving any that was.
FAINT = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The posterior of a random walk.

    Attributes:
        mean: Smoothed mean, shape (t,).
        variance: Smoothed variance, shape (t,).
        neighbours: Covariance of each step with the next, shape (t - 1,).
        filtered: Variance given the steps up to then, shape (t,).
        log_normaliser: Logarithm of the integral of the glimpses over the walk, less what depends on them
            alone.
    """

    mean: Floats
    variance: Floats
    neighbours: Floats
    filtered: Floats
    log_normaliser: float


def walk(precision: Floats, pull: Floats, step_variance: float) -> Walk:
    """Return the posterior of ``h_t = h_{t-1} + N(0, q)`` with a flat start.

    The glimpses multiply to ``exp(-precision h^2 / 2 + pull h)`` at each step. The posterior's precision
    matrix has three diagonals: its factors give the filter, their inverse the smoother.

    Args:
        precision: Shape (t,), at least 0; 0 where nothing was seen, not everywhere.
        pull: Precision times what was seen, shape (t,).
        step_variance: q, above 0.

    Examples:
        >>> found = walk(np.array([1.0, 0.0, 1.0]), np.array([0.0, 0.0, 4.0]), 1.0)
        >>> found.mean.round(6).tolist()
        [1.0, 2.0, 3.0]

    References:
        Rue and Held, 2005, Gaussian Markov random fields, doi:10.1201/9780203492024, chapter 2.
    """
    t = precision.size
    link = 1.0 / step_variance
    diagonal = precision + link * (2.0 - (np.arange(t) == 0) - (np.arange(t) == t - 1)) + FAINT
    pivots, ratios, _ = dpttrf(diagonal, np.full(t - 1, -link))
    mean = dpttrs(pivots, ratios, pull)[0]
    # Pivots from both ends meet at each step: their sum less the entry is what all steps say of it.
    backward = dpttrf(diagonal[::-1], np.full(t - 1, -link))[0][::-1]
    variance = 1.0 / (pivots + backward - diagonal)
    onward = np.full(t, link)
    onward[-1] = 0.0
    normaliser = 0.5 * (float(pull @ mean) - float(np.log(pivots).sum()) + (t - 1) * math.log(link))
    return Walk(mean, variance, -ratios * variance[1:], 1.0 / (pivots - onward), normaliser)
