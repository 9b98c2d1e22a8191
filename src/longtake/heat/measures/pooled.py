"""A rate over several works, and how far works differ."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from scipy.special import stdtrit

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.measures.share import share

METHOD = "ratio of sums, linearised over works (Cochran 1977)"
LEAST = 3


def pooled_rate(
    parts: Sequence[float], wholes: Sequence[float], *, unit: str = "share", level: float = 0.9
) -> Quantity:
    """Return the sum of parts over the sum of wholes, works being what varies.

    Millions of plays say nothing of the next work: with three works or more the interval comes from how far
    their rates differ; with fewer it is Wilson's, which holds for these works alone, and only for shares.

    Args:
        parts: Of each work, what went on (finishes, shares), at least 0.
        wholes: Of each work, what it came from (plays), above 0.
        unit: Unit of the rate; a share lies in [0, 1].
        level: Coverage, in (0, 1).

    Returns:
        The rate; Unknown("no_rows") without works, Unknown("too_few_rows") with fewer than three of a rate
        that is no share.

    Raises:
        ValueError: Lengths differ, a part is negative, a whole is not above zero, or a part of a share
            exceeds its whole.

    Examples:
        >>> e = pooled_rate([10, 20, 30], [100, 200, 300])
        >>> e.low, e.value, e.high
        (0.1, 0.1, 0.1)
        >>> pooled_rate([5], [10]).method
        'Wilson 1927'

    References:
        Cochran, 1977, Sampling techniques, 3rd edition, section 6.4, ISBN 0-471-16240-X.
    """
    part, whole = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    if part.shape != whole.shape or part.ndim != 1 or not 0 < level < 1:
        raise ValueError(f"parts {part.shape}, wholes {whole.shape}, level {level}")
    if (part < 0).any() or (whole <= 0).any() or (unit == "share" and (part > whole).any()):
        raise ValueError("a part is negative or above its whole, or a whole is not above zero")
    n = part.size
    if n == 0:
        return Unknown("no_rows", METHOD, unit, 0, 1)
    rate = float(part.sum() / whole.sum())
    if n < LEAST:
        if unit == "share":
            return share(round(float(part.sum())), round(float(whole.sum())), level=level)
        return Unknown("too_few_rows", METHOD, unit, n, LEAST)
    residual = part - rate * whole
    error = math.sqrt(n / (n - 1) * float(residual @ residual)) / float(whole.sum())
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    # Rounding leaves a hair of a residual where all rates are the same.
    half = 0.0 if half < 1e-12 * max(rate, 1e-300) else half
    top = 1.0 if unit == "share" else math.inf
    return Estimate(rate, max(0.0, rate - half), min(top, rate + half), level, unit, METHOD, n)
