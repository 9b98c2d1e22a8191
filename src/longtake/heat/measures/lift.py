"""How many times as much there was after as before, when counts scatter more than chance alone would."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "ratio of counts, quasi-Poisson (McCullagh and Nelder 1989)"
LEAST = 10


def lift(before: Sequence[float], after: Sequence[float], *, level: float = 0.9) -> Quantity:
    """Return the ratio of the counts after to those before.

    The variance of a count is taken as ``phi`` times its mean; ``phi`` is Pearson's statistic of both
    spans around their own means over its degrees of freedom, and at least one. The interval is the normal
    one of the logarithm, ``z sqrt(phi (1 / after + 1 / before))``. It says what stood around a moment, not
    what the moment caused.

    Args:
        before: Counts of the bins before, shape (n,), n >= 2, not negative.
        after: Counts of the bins after, shape (m,), m >= 2, of the same width.
        level: Coverage, in (0, 1).

    Returns:
        A ratio; Unknown("nothing_before") when nothing stood before, Unknown("too_few_rows") with fewer
        than ten counts in all or none after.

    Raises:
        ValueError: A span is shorter than two bins, a count is negative, or the level is not in (0, 1).

    Examples:
        >>> lift([5, 5], [10, 10]).value
        2.0
        >>> lift([0, 0], [8, 8]).reason
        'nothing_before'

    References:
        McCullagh and Nelder, 1989, Generalized Linear Models, 2nd ed., section 6.2.3,
        doi:10.1007/978-1-4899-3242-6.
    """
    first, second = (np.asarray(part, dtype=np.float64) for part in (before, after))
    if min(first.size, second.size) < 2 or min(first.min(), second.min()) < 0 or not 0 < level < 1:
        raise ValueError(f"{first.size} and {second.size} bins, level {level}")
    a, b = float(first.sum()), float(second.sum())
    n = round(a + b)
    if a == 0:
        return Unknown("nothing_before", METHOD, "ratio", n, 1)
    if n < LEAST or b == 0:
        return Unknown("too_few_rows", METHOD, "ratio", n, LEAST)
    freedom = first.size + second.size - 2
    phi = max(1.0, (_pearson(first) + _pearson(second)) / freedom)
    value = (b / second.size) / (a / first.size)
    wide = math.exp(float(ndtri((1 + level) / 2)) * math.sqrt(phi * (1 / a + 1 / b)))
    return Estimate(value, value / wide, value * wide, level, "ratio", METHOD, n)


def _pearson(counts: NDArray[np.float64]) -> float:
    mean = float(counts.mean())
    return float(((counts - mean) ** 2).sum() / mean) if mean else 0.0
