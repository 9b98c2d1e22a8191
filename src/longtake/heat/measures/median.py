"""The middle of several values, with an interval that assumes nothing of their shape."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import bdtr

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "median, order-statistic interval (Thompson 1936)"
LEAST = 5


def median(values: Sequence[float], *, unit: str, level: float = 0.9) -> Quantity:
    """Return the median with the exact interval of order statistics.

    With ``k`` values left out at each end, the interval misses the median only when ``k`` values or fewer
    lie on one side of it, which is binomial; it covers at least ``level``.

    Args:
        values: Any order, finite.
        unit: Their unit.
        level: Least coverage, in (0, 1).

    Returns:
        The median; Unknown("too_few_rows") with fewer than five values, or too few for the level.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> e = median([3, 1, 2, 5, 4], unit="hours")
        >>> e.low, e.value, e.high
        (1.0, 3.0, 5.0)

    References:
        Thompson, 1936, On confidence ranges for the median and other expectation distributions for
        populations of unknown distribution form, doi:10.1214/aoms/1177732502.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    n = ordered.size
    if n < LEAST:
        return Unknown("too_few_rows", METHOD, unit, int(n), LEAST)
    outside = int(np.searchsorted(bdtr(np.arange(n), n, 0.5), (1 - level) / 2, side="right")) - 1
    if outside < 0:
        return Unknown("too_few_rows", METHOD, unit, int(n), math.ceil(math.log2(2 / (1 - level))))
    low, high = ordered[outside], ordered[n - 1 - outside]
    return Estimate(float(np.median(ordered)), float(low), float(high), level, unit, METHOD, int(n))
