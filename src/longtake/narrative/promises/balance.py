"""Whether a film was less or more than what people came for."""

from __future__ import annotations

import math

from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "difference of two shares of one sample (Bonett and Price 2012)"
LEAST = 5


def balance(violated: int, met: int, exceeded: int, *, level: float = 0.9) -> Quantity:
    """Return the share of expectations that were violated less the share that were exceeded.

    Args:
        violated: Comments that say less came than was expected.
        met: That say what came was expected.
        exceeded: That say more came.
        level: Coverage of the interval, in (0, 1).

    Returns:
        In [-1, 1], above zero when the film fell short; unknown with fewer than five comments.

    Raises:
        ValueError: A count is negative or the level is not in (0, 1).

    Examples:
        >>> balance(30, 10, 10).value, balance(1, 0, 1).reason
        (0.4, 'too_few_rows')

    References:
        Bonett and Price, 2012, Adjusted Wald confidence interval for a difference of binomial proportions
        based on paired data, doi:10.3102/1076998611411915.
    """
    if min(violated, met, exceeded) < 0 or not 0 < level < 1:
        raise ValueError(f"counts {violated}, {met}, {exceeded}; level {level}")
    n = violated + met + exceeded
    if n < LEAST:
        return Unknown("too_few_rows", METHOD, "share", n, LEAST)
    value = (violated - exceeded) / n
    less, more = (violated + 1) / (n + 2), (exceeded + 1) / (n + 2)
    half = float(ndtri(0.5 + level / 2)) * math.sqrt((less + more - (less - more) ** 2) / (n + 2))
    low, high = max(-1.0, less - more - half), min(1.0, less - more + half)
    return Estimate(value, min(low, value), max(high, value), level, "share", METHOD, n)
