"""Power, sample size and the smallest effect a trial can see, before it starts."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.optimize import brentq
from scipy.special import ndtr, ndtri


@dataclass(frozen=True, slots=True)
class Design:
    """What a fixed-size comparison of two means would be run with.

    Attributes:
        control_variance: Variance of the metric in the control arm, above zero.
        treated_variance: Variance in the treated arm, above zero.
        ratio: Treated units for one control unit, above zero.
        alpha: Chance of a false alarm, in (0, 1).
        sides: 1 when only a gain would be claimed, 2 otherwise.

    Raises:
        ValueError: A value is out of its range.

    Examples:
        >>> Design.of_shares(0.05, 0.06).control_variance
        0.0475
    """

    control_variance: float
    treated_variance: float
    ratio: float = 1.0
    alpha: float = 0.05
    sides: int = 2

    def __post_init__(self) -> None:
        """Refuse a design that no trial has."""
        if min(self.control_variance, self.treated_variance, self.ratio) <= 0:
            raise ValueError(f"variances {self.control_variance}, {self.treated_variance}, {self.ratio}")
        if not 0 < self.alpha < 1 or self.sides not in (1, 2):
            raise ValueError(f"alpha {self.alpha}, sides {self.sides}")

    @classmethod
    def of_shares(
        cls, control: float, treated: float, *, ratio: float = 1.0, alpha: float = 0.05, sides: int = 2
    ) -> Design:
        """Return the design for two shares, each in (0, 1)."""
        return cls(control * (1 - control), treated * (1 - treated), ratio, alpha, sides)

    @property
    def critical(self) -> float:
        """Normal quantile that a statistic must pass."""
        return float(ndtri(1 - self.alpha / self.sides))

    def error(self, control_n: float) -> float:
        """Return the standard error of the difference with so many control units."""
        return math.sqrt(self.control_variance / control_n + self.treated_variance / (self.ratio * control_n))


def power(design: Design, *, effect: float, control_n: float) -> float:
    """Return the chance to find an effect.

    Args:
        design: Variances, split, alpha and sides.
        effect: Treated less control, in the metric's unit. With one side, a loss is never found.
        control_n: Units in the control arm, above zero.

    Returns:
        A probability; alpha when the effect is zero.

    Raises:
        ValueError: There are no units.

    Examples:
        >>> round(power(Design(1.0, 1.0), effect=0.5, control_n=63), 3)
        0.801

    References:
        Cohen, 1988, Statistical power analysis for the behavioral sciences, ISBN 0-8058-0283-5.
    """
    if not control_n > 0:
        raise ValueError(f"control_n {control_n}")
    drift = effect / design.error(control_n)
    found = float(ndtr(drift - design.critical))
    return found + float(ndtr(-drift - design.critical)) if design.sides == 2 else found


def sample_size(design: Design, *, effect: float, wanted: float = 0.8) -> int:
    """Return the fewest control units with which an effect is found with the wanted power.

    Args:
        design: Variances, split, alpha and sides.
        effect: Treated less control; not zero, and above zero with one side.
        wanted: Power, in (alpha, 1).

    Returns:
        Units in the control arm; the treated arm has ``ratio`` times as many.

    Raises:
        ValueError: The effect is zero or on the wrong side, or the power is not in (alpha, 1).

    Examples:
        >>> sample_size(Design(1.0, 1.0), effect=0.5)
        63
    """
    if effect == 0 or (design.sides == 1 and effect < 0) or not design.alpha < wanted < 1:
        raise ValueError(f"effect {effect}, wanted {wanted}, alpha {design.alpha}")
    about = ((design.critical + float(ndtri(wanted))) * design.error(1.0) / effect) ** 2
    size = max(2, math.ceil(about * (1 - 1e-12)))
    while size > 2 and power(design, effect=effect, control_n=size - 1) >= wanted:
        size -= 1
    while power(design, effect=effect, control_n=size) < wanted:
        size += 1
    return size


def detectable(design: Design, *, control_n: float, wanted: float = 0.8) -> float:
    """Return the smallest gain that is found with the wanted power, in the metric's unit.

    Args:
        design: Variances, split, alpha and sides.
        control_n: Units in the control arm, above zero.
        wanted: Power, in (alpha, 1).

    Raises:
        ValueError: There are no units, or the power is not in (alpha, 1).

    Examples:
        >>> round(detectable(Design(1.0, 1.0), control_n=63), 2)
        0.5
    """
    if not design.alpha < wanted < 1 or not control_n > 0:
        raise ValueError(f"wanted {wanted}, alpha {design.alpha}, control_n {control_n}")
    error = design.error(control_n)
    top = (design.critical + float(ndtri(wanted)) + 1) * error
    found = brentq(
        lambda e: power(design, effect=e, control_n=control_n) - wanted, 0.0, top, xtol=1e-12 * top
    )
    return float(found)
