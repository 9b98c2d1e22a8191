"""Which of several arms is best, by integrals and not by drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import log_ndtr, logsumexp

Floats = NDArray[np.float64]

POINTS = 201
REACH = 8.0


@dataclass(frozen=True, slots=True, eq=False)
class Best:
    """Which of k arms is best.

    Attributes:
        first: Chance of each arm to be best, shape (..., k); adds up to 1.
        second: Chance of each arm to be second best, shape (..., k); adds up to 1.
        loss: Expected loss of choosing each arm: the best of all less this one, shape (..., k).

    Examples:
        >>> best([0.0, 0.0], [1.0, 1.0]).first.round(6).tolist()
        [0.5, 0.5]
    """

    first: Floats
    second: Floats
    loss: Floats


def best(means: ArrayLike, errors: ArrayLike) -> Best:
    """Return the chances of independent normal arms to be best and second best, and what choosing each costs.

    ``P(k best)`` is the integral of arm k's density times the distribution functions of all others, by the
    trapezoid rule on a grid over all arms, with an error below a millionth unless errors differ a
    hundredfold.

    Args:
        means: Posterior means, shape (..., k), k from 2.
        errors: Posterior standard deviations, above zero, the same shape.

    Raises:
        ValueError: Shapes differ, there is one arm, or an error is not positive.

    Examples:
        >>> found = best([0.0, 1.0], [0.6, 0.8])
        >>> round(float(found.first[1]), 4), round(float(found.loss[1]), 4)
        (0.8413, 0.0833)

    References:
        Thompson, 1933, On the likelihood that one unknown probability exceeds another,
        doi:10.1093/biomet/25.3-4.285.
    """
    m, e = np.asarray(means, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if m.shape != e.shape or m.ndim < 1 or m.shape[-1] < 2 or not ((e > 0) & np.isfinite(m + e)).all():
        raise ValueError(f"means of shape {m.shape}, errors of shape {e.shape}, finite and above zero")
    # Every arm brings points of its own, so that a narrow one among wide ones is not missed.
    own = np.linspace(-REACH, REACH, POINTS)
    grid = np.sort((m[..., None] + e[..., None] * own).reshape(*m.shape[:-1], -1), axis=-1)
    z = (grid[..., None, :] - m[..., None]) / e[..., None]
    below = log_ndtr(z)
    density = -0.5 * z * z - np.log(e * np.sqrt(2 * np.pi))[..., None]
    rest = below.sum(axis=-2, keepdims=True) - below
    top = np.exp(density + rest)
    # Second best: one other arm is above the point and the rest are below it.
    above = log_ndtr(-z) - below
    arms = np.arange(m.shape[-1])
    others = [logsumexp(above[..., arms != arm, :], axis=-2) for arm in arms]
    first = _whole(top, grid)
    second = _whole(np.exp(density + rest + np.stack(others, axis=-2)), grid)
    highest = np.trapezoid(grid * top.sum(axis=-2), grid, axis=-1)[..., None]
    return Best(
        first / first.sum(axis=-1, keepdims=True),
        second / second.sum(axis=-1, keepdims=True),
        np.maximum(highest - m, 0.0),
    )


def _whole(values: Floats, grid: Floats) -> Floats:
    """Return integrals over the grid, one an arm."""
    return np.asarray(np.trapezoid(values, grid[..., None, :], axis=-1))
