"""How many times as many: the ratio of two counts."""

from __future__ import annotations

import math

from scipy.special import betaincinv

from longtake.domain.estimate import Estimate, Quantity, Unknown

METHOD = "exact conditional, Przyborowski and Wilenski 1940"


def ratio(
    after: int, before: int, *, exposure_after: float = 1.0, exposure_before: float = 1.0, level: float = 0.9
) -> Quantity:
    """Return the ratio of two Poisson rates with the exact conditional interval.

    Given their sum, ``after`` is binomial; Clopper and Pearson's interval of its probability is carried
    over to the ratio. The interval covers at least ``level``.

    Args:
        after: Rows in the later (or treated) span.
        before: Rows in the earlier (or compared) span.
        exposure_after: Length of the later span, any unit.
        exposure_before: Length of the earlier span, the same unit.
        level: Coverage, in (0, 1).

    Returns:
        A ratio above zero, high ``inf`` when nothing bounds it; Unknown("no_rows") when both counts are
        zero, Unknown("zero_total") when only ``before`` is.

    Raises:
        ValueError: A count is negative, an exposure is not positive, or the level is not in (0, 1).

    Examples:
        >>> ratio(30, 10).value
        3.0
        >>> ratio(30, 10, exposure_after=3.0).value
        1.0

    References:
        Przyborowski and Wilenski, 1940, Homogeneity of results in testing samples from Poisson series,
        doi:10.1093/biomet/31.3-4.313.
    """
    if min(after, before) < 0 or min(exposure_after, exposure_before) <= 0 or not 0 < level < 1:
        raise ValueError(f"counts {after}, {before}; exposures {exposure_after}, {exposure_before}")
    n = after + before
    if before == 0:
        return Unknown("zero_total" if after else "no_rows", METHOD, "ratio", n, 1)
    tail = (1 - level) / 2
    low = float(betaincinv(after, before + 1, tail)) if after else 0.0
    high = float(betaincinv(after + 1, before, 1 - tail))
    times = exposure_before / exposure_after
    value = after / before * times
    odds_high = high / (1 - high) * times if high < 1 else math.inf
    return Estimate(
        value, min(value, low / (1 - low) * times), max(value, odds_high), level, "ratio", METHOD, n
    )
