"""Legs of one run beside those of many."""

from __future__ import annotations

import math

import numpy as np

from longtake.domain.estimate import Estimate

# 1,720 US wide releases (Friday, 600 theaters or more, 35 days in a row), 2002 to August 2018.
RELEASES = 1720
SHARES = (0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
LEGS = {
    3: (1.77, 2.0, 2.13, 2.31, 2.47, 2.62, 2.77, 2.97, 3.24, 3.51, 4.05, 4.64, 6.41),
    7: (1.39, 1.53, 1.62, 1.77, 1.88, 1.98, 2.08, 2.2, 2.36, 2.57, 2.9, 3.2, 3.92),
}
METHOD = "share of US wide releases 2002-2018 with shorter legs"


def legs_rank(legs: float, *, days: int = 3, over: bool = True) -> Estimate:
    """Return the share of reference releases whose legs were shorter.

    Runs on other markets differ in weekends, holidays and prices: the rank says where a run would stand in
    the US, no more. The interval is of the share of a sample (Wilson); for a run that is not over it is
    bounded from below alone, since legs still grow.

    Args:
        legs: Total over the first ``days`` days, above 0.
        days: 3 or 7.
        over: Whether the run has ended.

    Raises:
        ValueError: Legs are not above 0, or days are neither 3 nor 7.

    Examples:
        >>> round(legs_rank(LEGS[3][6]).value, 2)
        0.5

    References:
        Wilson, 1927, Probable inference, the law of succession, and statistical inference,
        doi:10.1080/01621459.1927.10502953.
    """
    if not legs > 0 or days not in LEGS:
        raise ValueError(f"legs {legs}, days {days}")
    share = float(np.interp(math.log(legs), np.log(LEGS[days]), SHARES, left=0.0, right=1.0))
    z, n = 1.645, RELEASES
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
    return Estimate(share, low, high if over else 1.0, 0.9, "share", METHOD, n)
