"""Difference of two ratios of sums, where the denominator varies from unit to unit."""

from __future__ import annotations

import math

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.estimate import Unknown
from longtake.trial.frequentist.welch import freedom, student

METHOD = "ratio of sums, delta method (Deng 2018)"


def ratio_difference(
    control: PairedMoments, treated: PairedMoments, *, unit: str, level: float = 0.95
) -> Contrast | Unknown:
    """Return the treated ratio less the control ratio.

    The unit of assignment (viewer, account) is the row; clicks over views of all viewers is a ratio of two
    sums, whose error must carry that views come in viewers.

    Args:
        control: Numerator first, denominator second, one pair a unit of assignment.
        treated: The same of the treated arm.
        unit: Unit of the ratio.
        level: Coverage, in (0, 1).

    Returns:
        The difference; Unknown("too_few_rows") when an arm has fewer than two units, Unknown("zero_total")
        when a denominator adds up to zero, Unknown("no_spread") when no unit differs from its arm.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> a = PairedMoments.of([1, 2, 3], [10, 10, 10])
        >>> b = PairedMoments.of([2, 3, 4], [10, 10, 10])
        >>> round(ratio_difference(a, b, unit="clicks per view").effect.value, 3)
        0.1

    References:
        Deng, Knoblich, Lu, 2018, Applying the delta method in metric analytics,
        doi:10.1145/3219819.3219919.
    """
    n = control.n + treated.n
    if min(control.n, treated.n) < 2:
        return Unknown("too_few_rows", METHOD, unit, n, 4)
    if not control.second.total or not treated.second.total:
        return Unknown("zero_total", METHOD, unit, n)
    first, second = squared_error(control), squared_error(treated)
    if first + second == 0:
        return Unknown("no_spread", METHOD, unit, n)
    return student(
        ratio(treated) - ratio(control),
        math.sqrt(first + second),
        freedom(first, control.n, second, treated.n),
        level=level,
        unit=unit,
        method=METHOD,
        n=n,
    )


def ratio(sums: PairedMoments) -> float:
    """Return the first sum over the second.

    Examples:
        >>> ratio(PairedMoments.of([1, 2], [3, 3]))
        0.5
    """
    return sums.first.mean / sums.second.mean


def squared_error(sums: PairedMoments) -> float:
    """Return the squared standard error of the ratio of the sums, at least 0.

    Examples:
        >>> squared_error(PairedMoments.of([1, 3], [1, 1]))
        1.0
    """
    r = ratio(sums)
    spread = sums.first.variance - 2 * r * sums.covariance + r * r * sums.second.variance
    return max(spread, 0.0) / (sums.n * sums.second.mean**2)
