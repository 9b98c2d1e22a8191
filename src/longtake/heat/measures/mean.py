"""Means and their changes, from sums that add up."""

from __future__ import annotations

import math

from scipy.special import stdtrit

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.statistic import Moments

STUDENT, WELCH = "Student 1908", "Welch 1947"


def mean(moments: Moments, *, unit: str, level: float = 0.9) -> Quantity:
    """Return the mean with Student's t interval.

    Args:
        moments: Sums of the values.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The mean; Unknown("no_rows") without values, Unknown("too_few_rows") with one.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> e = mean(Moments.of([1, 2, 3]), unit="stars", level=0.9)
        >>> round(e.low, 3), e.value, round(e.high, 3)
        (0.314, 2.0, 3.686)

    References:
        Student, 1908, The probable error of a mean, doi:10.1093/biomet/6.1.1.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    if moments.n < 2:
        return Unknown("too_few_rows" if moments.n else "no_rows", STUDENT, unit, moments.n, 2)
    half = float(stdtrit(moments.n - 1, 0.5 + level / 2)) * math.sqrt(moments.variance / moments.n)
    centre = moments.mean
    return Estimate(centre, centre - half, centre + half, level, unit, STUDENT, moments.n)


def change(before: Moments, after: Moments, *, unit: str, level: float = 0.9) -> Quantity:
    """Return the mean after less the mean before with Welch's interval.

    Args:
        before: Sums of the earlier values.
        after: Sums of the later values.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The difference, above zero when the mean rose; Unknown("too_few_rows") when either side has fewer
        than two values.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> change(Moments.of([1, 2, 3]), Moments.of([2, 3, 4]), unit="stars").value
        1.0

    References:
        Welch, 1947, The generalization of "Student's" problem when several different population variances
        are involved, doi:10.1093/biomet/34.1-2.28.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    n = before.n + after.n
    if min(before.n, after.n) < 2:
        return Unknown("too_few_rows", WELCH, unit, n, 4)
    first, second = before.variance / before.n, after.variance / after.n
    gap = after.mean - before.mean
    if first + second == 0:
        return Estimate(gap, gap, gap, level, unit, WELCH, n)
    freedom = (first + second) ** 2 / (first**2 / (before.n - 1) + second**2 / (after.n - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * math.sqrt(first + second)
    return Estimate(gap, gap - half, gap + half, level, unit, WELCH, n)
