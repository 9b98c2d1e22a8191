"""Difference of two means, absolute and relative."""

from __future__ import annotations

import math

from scipy.special import stdtr, stdtrit

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.statistic import Moments

WELCH = "Welch 1947"
DELTA = "relative difference, delta method with Welch's degrees of freedom"


def difference(control: Moments, treated: Moments, *, unit: str, level: float = 0.95) -> Contrast | Unknown:
    """Return the treated mean less the control mean, with Welch's test.

    Args:
        control: Sums of the control arm, one value a unit of assignment.
        treated: Sums of the treated arm.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The difference and its two-sided p-value; Unknown("too_few_rows") when an arm has fewer than two
        values, Unknown("no_spread") when no value differs from its arm's mean.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> found = difference(Moments.of([1, 2, 3]), Moments.of([2, 3, 4]), unit="stars")
        >>> found.effect.value, round(found.p, 4)
        (1.0, 0.2879)

    References:
        Welch, 1947, The generalization of "Student's" problem when several different population variances
        are involved, doi:10.1093/biomet/34.1-2.28.
    """
    found = errors(control, treated, WELCH, unit)
    if isinstance(found, Unknown):
        return found
    first, second = found
    return student(
        treated.mean - control.mean,
        math.sqrt(first + second),
        freedom(first, control.n, second, treated.n),
        level=level,
        unit=unit,
        method=WELCH,
        n=control.n + treated.n,
    )


def uplift(control: Moments, treated: Moments, *, level: float = 0.95) -> Contrast | Unknown:
    """Return how much more the treated mean is, as a share of the control mean.

    Args:
        control: Sums of the control arm.
        treated: Sums of the treated arm.
        level: Coverage, in (0, 1).

    Returns:
        ``treated / control - 1``; Unknown("too_few_rows"), Unknown("no_spread") as :func:`difference`, and
        Unknown("zero_total") when the control mean is zero.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> round(uplift(Moments.of([1, 2, 3]), Moments.of([2, 3, 4])).effect.value, 2)
        0.5

    References:
        Deng, Knoblich, Lu, 2018, Applying the delta method in metric analytics,
        doi:10.1145/3219819.3219919.
    """
    found = errors(control, treated, DELTA, "share")
    if isinstance(found, Unknown):
        return found
    n = control.n + treated.n
    if control.total == 0:
        return Unknown("zero_total", DELTA, "share", n)
    first, second = found
    times = treated.mean / control.mean
    return student(
        times - 1.0,
        math.sqrt(second + times * times * first) / abs(control.mean),
        freedom(first, control.n, second, treated.n),
        level=level,
        unit="share",
        method=DELTA,
        n=n,
    )


def errors(control: Moments, treated: Moments, method: str, unit: str) -> tuple[float, float] | Unknown:
    """Return the squared standard errors of two means, or why there are none.

    Examples:
        >>> errors(Moments.of([1, 3]), Moments.of([2, 2]), "by hand", "stars")
        (1.0, 0.0)
    """
    n = control.n + treated.n
    if min(control.n, treated.n) < 2:
        return Unknown("too_few_rows", method, unit, n, 4)
    first, second = control.variance / control.n, treated.variance / treated.n
    return (first, second) if first + second > 0 else Unknown("no_spread", method, unit, n)


def freedom(first: float, n_first: float, second: float, n_second: float) -> float:
    """Return Welch's degrees of freedom from two squared standard errors, at least 1.

    Examples:
        >>> freedom(1.0, 11, 1.0, 11)
        20.0
    """
    return (first + second) ** 2 / (first**2 / (n_first - 1) + second**2 / (n_second - 1))


def student(
    value: float, error: float, degrees: float, *, level: float, unit: str, method: str, n: int
) -> Contrast:
    """Return an effect with Student's interval and two-sided p-value.

    Args:
        value: The effect.
        error: Its standard error, above zero.
        degrees: Degrees of freedom; ``math.inf`` for the normal.
        level: Coverage, in (0, 1).
        unit: Unit of the effect.
        method: Name of the method.
        n: Rows behind it.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> round(student(1.96, 1.0, math.inf, level=0.95, unit="share", method="z", n=9).p, 3)
        0.05
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    # Beyond this the t is the normal to the last digit, and the special function loses its own.
    degrees = min(degrees, 1e9)
    half = float(stdtrit(degrees, 0.5 + level / 2)) * error
    p = min(1.0, 2 * float(stdtr(degrees, -abs(value / error))))
    return Contrast(Estimate(value, value - half, value + half, level, unit, method, n), error, p)
