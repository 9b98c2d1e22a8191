"""How many times as often comments that echo a line are shared."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "ratio of means, log delta method, Katz 1978"
LEAST = 5


def share_lift(echoing: NDArray[np.float64], other: NDArray[np.float64], *, level: float = 0.9) -> Quantity:
    """Return mean shares of echoing comments over those of the others, with its interval.

    ``var(log ratio) = s1^2 / (n1 m1^2) + s2^2 / (n2 m2^2)``. Shares have long tails, so the interval is too
    narrow when few comments carry most of them.

    Args:
        echoing: Shares of each comment that echoes the line, unknown ones left out, shape (n1,).
        other: Shares of each comment that echoes no line, shape (n2,).
        level: Coverage, in (0, 1).

    Returns:
        A ratio above zero; Unknown("no_rows") when either side is empty, Unknown("too_few_rows") when
        either has fewer than five comments or the echoing ones no share, Unknown("zero_total") when the
        others have none.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> import numpy as np
        >>> share_lift(np.array([2.0, 4.0, 2.0, 4.0, 3.0]), np.ones(6)).value
        3.0

    References:
        Katz, Baptista, Azen and Pike, 1978, Obtaining confidence intervals for the risk ratio,
        doi:10.2307/2530610.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    return lift_of(_summed(echoing), _summed(other), level=level)


Summed = tuple[int, float, float]
"""How many comments, their mean and their sample variance."""


def _summed(values: NDArray[np.float64]) -> Summed:
    n = len(values)
    return n, float(values.mean()) if n else 0.0, float(values.var(ddof=1)) if n > 1 else 0.0


def summed(n: int, total: float, squares: float) -> Summed:
    """Return count, mean and variance from sums.

    Examples:
        >>> summed(3, 6.0, 14.0)
        (3, 2.0, 1.0)
    """
    if n < 2:
        return n, total / max(n, 1), 0.0
    return n, total / n, max(squares - total * total / n, 0.0) / (n - 1)


def lift_of(echoing: Summed, other: Summed, *, level: float) -> Quantity:
    """Return the lift from sums; see `share_lift`."""
    (n1, m1, v1), (n2, m2, v2) = echoing, other
    if not n1 or not n2:
        return Unknown("no_rows", METHOD, "ratio", n1, LEAST)
    if min(n1, n2) < LEAST or (m1 == 0 and m2 > 0):
        return Unknown("too_few_rows", METHOD, "ratio", n1, LEAST if min(n1, n2) < LEAST else None)
    if m2 == 0:
        return Unknown("zero_total", METHOD, "ratio", n1)
    half = float(ndtri(0.5 + level / 2)) * math.sqrt(v1 / (n1 * m1 * m1) + v2 / (n2 * m2 * m2))
    value = m1 / m2
    return Estimate(value, value * math.exp(-half), value * math.exp(half), level, "ratio", METHOD, n1)
