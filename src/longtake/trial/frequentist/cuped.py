"""Difference of means with what was known before the trial taken out."""

from __future__ import annotations

import math

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.estimate import Unknown
from longtake.trial.frequentist.welch import freedom, student

METHOD = "CUPED, Deng 2013"


def adjusted_difference(
    control: PairedMoments, treated: PairedMoments, *, unit: str, level: float = 0.95
) -> Contrast | Unknown:
    """Return the difference of means, each corrected for the arm's own past.

    Args:
        control: The metric first, its value before the trial second, one pair a unit of assignment.
        treated: The same of the treated arm.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The difference; Unknown("too_few_rows") when an arm has fewer than three units, Unknown("no_spread")
        when the past explains everything.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> a = PairedMoments.of([1, 2, 3, 5], [1, 2, 3, 4])
        >>> b = PairedMoments.of([3, 4, 5, 7], [2, 3, 4, 5])
        >>> adjusted_difference(a, b, unit="plays").effect.value < 2
        True

    References:
        Deng, Xu, Kohavi, Walker, 2013, Improving the sensitivity of online controlled experiments by
        utilizing pre-experiment data, doi:10.1145/2433396.2433413.
    """
    n = control.n + treated.n
    if min(control.n, treated.n) < 3:
        return Unknown("too_few_rows", METHOD, unit, n, 6)
    slope = past_slope(control, treated)
    first, second = _spread(control, slope) / control.n, _spread(treated, slope) / treated.n
    if first + second <= 1e-15 * (control.first.variance + treated.first.variance):
        return Unknown("no_spread", METHOD, unit, n)
    gap = treated.first.mean - control.first.mean - slope * (treated.second.mean - control.second.mean)
    return student(
        gap,
        math.sqrt(first + second),
        # One more parameter than Welch has: the slope.
        max(1.0, freedom(first, control.n, second, treated.n) - 1),
        level=level,
        unit=unit,
        method=METHOD,
        n=n,
    )


def past_slope(control: PairedMoments, treated: PairedMoments) -> float:
    """Return the slope of the metric on its past, common to both arms; 0 when the past never differs.

    Examples:
        >>> past_slope(PairedMoments.of([2, 4], [1, 2]), PairedMoments.of([3, 5], [1, 2]))
        2.0
    """
    spread = sum((arm.n - 1) * arm.second.variance for arm in (control, treated))
    return 0.0 if spread == 0 else sum((a.n - 1) * a.covariance for a in (control, treated)) / spread


def _spread(arm: PairedMoments, slope: float) -> float:
    """Return the variance of the metric less slope times its past."""
    return max(0.0, arm.first.variance - 2 * slope * arm.covariance + slope * slope * arm.second.variance)
