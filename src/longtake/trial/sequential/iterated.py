"""A band around the whole distribution that holds at all times."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq, minimize_scalar

METHOD = "empirical-process law of the iterated logarithm, Howard and Ramdas 2022"


def iterated_bound(
    n: ArrayLike, *, alpha: float = 0.05, least: float = 1.0, constant: float = 0.85
) -> NDArray[np.float64]:
    """Return how far the empirical distribution may be from the true one, at any value and any time.

    Args:
        n: Values seen, shape any.
        alpha: Chance that the distance is ever passed, in (0, 1).
        least: Values before which nothing is claimed, at least 1.
        constant: Leading constant, above ``1 / sqrt(2)``: smaller is tighter late and looser early.

    Returns:
        Distance in probability; infinite below ``least``.

    Raises:
        ValueError: A value is out of its range.

    Examples:
        >>> round(float(iterated_bound(1000, least=100)), 6)
        0.082048

    References:
        Howard and Ramdas, 2022, Sequential estimation of quantiles with applications to A/B testing and
        best-arm identification, doi:10.3150/21-BEJ1388, theorem 2.
    """
    if not 0 < alpha < 1 or not least >= 1 or not constant > math.sqrt(0.5):
        raise ValueError(f"alpha {alpha}, least {least}, constant {constant}")
    seen = np.asarray(n, dtype=np.float64)
    inner = np.log1p(np.log(np.maximum(seen, least) / least)) + _offset(alpha, constant)
    return np.where(seen < least, np.inf, constant * np.sqrt(inner / np.maximum(seen, 1.0)))


def _offset(alpha: float, constant: float) -> float:
    """Return the smallest additive constant whose error bound is alpha."""

    def bound(offset: float, eta: float) -> float:
        left = constant - math.sqrt(2 * (eta - 1) / offset)
        rate = 2 / eta * left * left
        if left <= 0 or rate <= 1:
            return math.inf
        return 4 * math.exp(-rate * offset) * (1 + 1 / ((rate - 1) * math.log(eta)))

    def best(offset: float) -> float:
        top = brentq(
            lambda eta: math.sqrt(eta / 2) + math.sqrt(2 * (eta - 1) / offset) - constant,
            1.0,
            2 * constant * constant,
        )
        found = minimize_scalar(
            lambda eta: bound(offset, eta), bounds=(1.0, top), method="bounded", options={"xatol": 1e-10}
        )
        return float(found.fun)

    high = 5.0
    while best(high) > alpha:
        high *= 2
    low = high / 2
    while best(low) <= alpha:
        low /= 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if best(middle) <= alpha else (middle, high)
    return high
