"""Intervals of a level: from a spread, and from draws."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]


def bounds(value: float, spread: float, level: float) -> tuple[float, float]:
    """Return a normal interval, cut to where a constant R may lie, [0, 1].

    Examples:
        >>> low, high = bounds(1.0, 0.1, 0.9)
        >>> round(low, 3), round(high, 3)
        (0.836, 1.0)
    """
    reach = quantile(level) * spread
    return max(0.0, value - reach), min(max(1.0, value), value + reach)


def quantile(level: float) -> float:
    """Return how many standard deviations each side of a normal interval reaches.

    Examples:
        >>> round(quantile(0.9), 3)
        1.645
    """
    return float(ndtri(0.5 + level / 2))


def between(draws: Floats, value: float, level: float) -> tuple[float, float]:
    """Return the middle ``level`` of the draws, widened to hold the value.

    Examples:
        >>> between(np.arange(9.0), 5.0, 0.75)
        (1.0, 7.0)
    """
    tail = (1 - level) / 2
    low, high = np.quantile(draws, [tail, 1 - tail]).tolist()
    return min(low, value), max(high, value)
