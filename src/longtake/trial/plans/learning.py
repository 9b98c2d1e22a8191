"""What is expected of a repair, before it is tried and after each verdict."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Quantity, Unknown
from longtake.trial.bayesian.posterior import posterior

WANTED = 0.8


@dataclass(frozen=True, slots=True)
class Expected:
    """A normal belief about the effect of a repair.

    Attributes:
        mean: Expected effect, in the unit of the effect; above zero is better.
        deviation: Standard deviation of the belief, above zero.
        verdicts: Verdicts it has learned from.

    Raises:
        ValueError: The deviation is not above zero.
    """

    mean: float
    deviation: float
    verdicts: int = 0

    def __post_init__(self) -> None:
        """Refuse a belief that nothing could move."""
        if not (math.isfinite(self.mean) and 0 < self.deviation < math.inf) or self.verdicts < 0:
            raise ValueError(f"mean {self.mean}, deviation {self.deviation}, verdicts {self.verdicts}")


def sceptical(least: float) -> Expected:
    """Return what is expected of a repair nobody has tried: nothing, give or take the least worth having.

    Under it one repair in six brings at least what would be worth the effort.

    Args:
        least: Size of the least effect worth having, above zero.

    Examples:
        >>> sceptical(0.2)
        Expected(mean=0.0, deviation=0.2, verdicts=0)

    References:
        Spiegelhalter, Freedman and Parmar, 1994, Bayesian approaches to randomized trials, section 3,
        doi:10.2307/2983527, for priors of a sceptic.
    """
    return Expected(0.0, least)


def learned(expected: Expected, effect: Quantity, *, apart: float = 0.0) -> Expected:
    """Return what is expected after a verdict: the conjugate update of a normal mean.

    Args:
        expected: What was expected.
        effect: The verdict's effect with its interval; an unknown one, or one without an end, teaches
            nothing.
        apart: Standard deviation by which the effect that was judged differs from the one that is expected,
            such as that of another repair; 0 for the same.

    Returns:
        Means weighted by one over their squared deviations, and the deviation of both together.

    Examples:
        >>> from longtake.domain.estimate import Estimate
        >>> told = Estimate(0.4, 0.071029, 0.728971, 0.9, "share", "by hand", 14)
        >>> after = learned(Expected(0.0, 0.2), told)
        >>> round(after.mean, 4), round(after.deviation, 4), after.verdicts
        (0.2, 0.1414, 1)

    References:
        Gelman et al., 2013, Bayesian data analysis, 3rd edition, section 2.5.
    """
    if isinstance(effect, Unknown) or not math.isfinite(effect.high - effect.low):
        return expected
    if not 0 < effect.level < 1 or effect.high <= effect.low:
        return expected
    error = (effect.high - effect.low) / (2 * float(ndtri(0.5 + effect.level / 2)))
    told = Contrast(effect, math.hypot(error, apart), 1.0)
    found = posterior(told, mean=expected.mean, variance=expected.deviation**2)
    return Expected(found.effect.value, found.error, expected.verdicts + 1)


def assurance(expected: Expected, *, smallest_found: float, level: float) -> float:
    """Return the chance of a clear gain over all effects that are held possible.

    Power is the chance under one effect; this is its mean over the belief.

    Args:
        expected: What is expected, above zero better.
        smallest_found: Size of the effect that would be found with a power of .8, above zero.
        level: Coverage of the interval that will judge it, in (0, 1).

    Examples:
        >>> round(assurance(Expected(0.3, 1e-9), smallest_found=0.3, level=0.9), 2)
        0.8
        >>> round(assurance(Expected(0.0, 1e-9), smallest_found=0.3, level=0.9), 2)
        0.05

    References:
        O'Hagan, Stevens and Campbell, 2005, Assurance in clinical trial design, doi:10.1002/pst.175.
    """
    if not 0 < level < 1 or not smallest_found > 0:
        raise ValueError(f"level {level}, smallest_found {smallest_found}")
    if math.isinf(smallest_found):
        return 0.0
    critical = float(ndtri(0.5 + level / 2))
    error = smallest_found / (critical + float(ndtri(WANTED)))
    return float(ndtr((expected.mean - critical * error) / math.hypot(error, expected.deviation)))
