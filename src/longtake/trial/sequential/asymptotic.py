"""Confidence sequences of a difference of means, valid at every look once arms are not tiny."""

from __future__ import annotations

import math

from scipy.optimize import brentq

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.domain.statistic import Moments
from longtake.trial.frequentist.welch import errors
from longtake.trial.sequential.mixture import (
    always_valid_p,
    log_planned,
    mixture_bound,
    mixture_p,
    precision,
)

METHOD = "asymptotic confidence sequence, Waudby-Smith 2024"
LEAST = 30


def sequence(
    control: Moments,
    treated: Moments,
    *,
    unit: str,
    tuning: float = 5000.0,
    relative: bool = False,
    sides: int = 2,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the treated mean less the control mean, with an interval that holds at every look.

    Args:
        control: Sums of the control arm so far, one value a unit of assignment.
        treated: Sums of the treated arm so far.
        unit: Unit of the metric; ``share`` when relative.
        tuning: Units, both arms, around which the interval is tightest; above zero.
        relative: Whether to divide by the control mean (delta method).
        sides: 2, or 1 for a lower end alone.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        The difference; its p-value holds at this look whatever looks went before. Unknown("too_few_rows")
        when an arm has fewer than 30 values, Unknown("no_spread"), Unknown("zero_total") for a control mean
        of zero.

    Raises:
        ValueError: The level, tuning or sides are out of their range.

    Examples:
        >>> arm = Moments.of([0, 1] * 50)
        >>> found = sequence(arm, Moments.of([0, 1, 1, 1] * 25), unit="share", tuning=200)
        >>> found.effect.value, found.clear
        (0.25, True)

    References:
        Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, 2024, Time-uniform central limit theory and asymptotic
        confidence sequences, doi:10.1214/24-AOS2408.
    """
    found = _effect(control, treated, unit, relative)
    if isinstance(found, Unknown):
        return found
    n = control.n + treated.n
    return _around_zero(*found, n, unit=unit, tuning=tuning, sides=sides, level=level)


def share_sequence(
    control: tuple[int, int],
    treated: tuple[int, int],
    *,
    tuning: float = 5000.0,
    relative: bool = False,
    sides: int = 2,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the treated share less the control share, with an interval that holds at every look.

    For shares that are not rare and a base rate that stands still; otherwise use
    :func:`~longtake.trial.sequential.split.split_test`.

    Args:
        control: Conversions and units of the control arm so far.
        treated: Conversions and units of the treated arm so far.
        tuning: Units, both arms, around which the interval is tightest; above zero.
        relative: Whether to divide by the control share.
        sides: 2, or 1 for a lower end alone.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        As :func:`sequence`.

    Raises:
        ValueError: Conversions are not within 0 and the units, or as :func:`sequence`.

    Examples:
        >>> share_sequence((50, 100), (75, 100), tuning=200).effect.value
        0.25
    """
    arms = []
    for conversions, units in (control, treated):
        if not 0 <= conversions <= units:
            raise ValueError(f"{conversions} conversions of {units} units")
        arms.append(Moments(units, conversions, conversions))
    n = control[1] + treated[1]
    if min(control[1], treated[1]) < LEAST:
        return Unknown("too_few_rows", METHOD, "share", n, 2 * LEAST)
    # The variance of a share is p (1 - p); the sample variance of zeros and ones is that times n / (n - 1).
    spreads = [arm.mean * (1 - arm.mean) / arm.n for arm in arms]
    if sum(spreads) == 0:
        return Unknown("no_spread", METHOD, "share", n)
    found = _measured(arms[0], arms[1], *spreads, unit="share", relative=relative)
    if isinstance(found, Unknown):
        return found
    return _around_zero(*found, n, unit="share", tuning=tuning, sides=sides, level=level)


def _around_zero(
    value: float, error: float, n: int, *, unit: str, tuning: float, sides: int, level: float
) -> Contrast:
    """Return the contrast by the mixture around zero."""
    alpha = 1 - level
    rho = precision(tuning, alpha, sides=sides)
    # In units in which each row adds one to the variance, the sum is n times the effect over sqrt(n) errors.
    scale = math.sqrt(n) * error
    wide = float(mixture_bound(n, alpha=alpha, rho=rho, sides=sides)) * scale / n
    p = mixture_p(value * n / scale, n, rho=rho, sides=sides)
    high = value + wide if sides == 2 else math.inf
    return Contrast(Estimate(value, value - wide, high, level, unit, METHOD, n), error, p)


def planned_sequence(
    control: Moments,
    treated: Moments,
    *,
    unit: str,
    planned_units: float,
    relative: bool = False,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the difference with an interval that holds at every look and is made for a planned end.

    The evidence is mixed over effects around the one that a trial of this size was planned to find, so that
    it rises sooner than mixed around zero when there is such an effect.

    Args:
        control: Sums of the control arm so far.
        treated: Sums of the treated arm so far.
        unit: Unit of the metric; ``share`` when relative.
        planned_units: Units of both arms at the planned end; more or fewer do no harm to validity.
        relative: Whether to divide by the control mean.
        level: Coverage at all looks together, in (0, 1).

    Returns:
        As :func:`sequence`.

    Raises:
        ValueError: The level or the planned units are out of their range.

    Examples:
        >>> arm = Moments.of([0, 1] * 50)
        >>> found = planned_sequence(arm, Moments.of([0, 1, 1, 1] * 25), unit="share", planned_units=200)
        >>> found.clear, found.p < 0.05
        (True, True)
    """
    if not 0 < level < 1 or not planned_units > 0:
        raise ValueError(f"level {level}, planned units {planned_units}")
    found = _effect(control, treated, unit, relative)
    if isinstance(found, Unknown):
        return found
    value, error = found
    n = control.n + treated.n
    seen = n / planned_units
    # At the planned end the error would be this one times sqrt(seen); sums are counted in that end's units.
    to_sum = math.sqrt(seen) / error
    wide = planned_bound(seen, alpha=1 - level) / to_sum
    p = float(always_valid_p([float(log_planned(value * to_sum, seen))])[0])
    return Contrast(Estimate(value, value - wide, value + wide, level, unit, METHOD, n), error, p)


def planned_bound(seen: float, *, alpha: float) -> float:
    """Return what the absolute sum passes, ever, with a chance of at most alpha, by the planned mixture.

    Args:
        seen: Share of the planned information, above zero.
        alpha: Chance, in (0, 1).

    Examples:
        >>> planned_bound(1.0, alpha=0.05) < 3.0
        True
    """
    wanted = math.log(1 / alpha)
    top = 1.0
    while float(log_planned(top, seen)) < wanted:
        top *= 2
    return float(brentq(lambda s: float(log_planned(s, seen)) - wanted, 0.0, top, xtol=1e-12))


def _effect(control: Moments, treated: Moments, unit: str, relative: bool) -> tuple[float, float] | Unknown:
    """Return the effect and its standard error."""
    n = control.n + treated.n
    if min(control.n, treated.n) < LEAST:
        return Unknown("too_few_rows", METHOD, unit, n, 2 * LEAST)
    found = errors(control, treated, METHOD, unit)
    if isinstance(found, Unknown):
        return found
    return _measured(control, treated, *found, unit=unit, relative=relative)


def _measured(
    control: Moments, treated: Moments, first: float, second: float, *, unit: str, relative: bool
) -> tuple[float, float] | Unknown:
    """Return the effect and its standard error from the squared errors of both means."""
    if not relative:
        return treated.mean - control.mean, math.sqrt(first + second)
    if control.total == 0:
        return Unknown("zero_total", METHOD, unit, control.n + treated.n)
    times = treated.mean / control.mean
    return times - 1, math.sqrt(second + times * times * first) / abs(control.mean)
