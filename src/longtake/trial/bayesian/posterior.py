"""The posterior of one effect under a normal prior."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtr, ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate

METHOD = "normal posterior"


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is believed of an effect.

    Attributes:
        effect: Posterior mean with its credible interval.
        error: Posterior standard deviation, in the effect's unit.
        better: Chance that the effect is above zero.
        risk_staying: Expected loss of keeping the control: what is given up if the treated arm is better.
        risk_changing: Expected loss of taking the treated arm.

    Examples:
        >>> seen = Contrast(Estimate(0.0, -2.0, 2.0, 0.95, "share", "z", 9), 1.0, 1.0)
        >>> round(posterior(seen).better, 2)
        0.5
    """

    effect: Estimate
    error: float
    better: float
    risk_staying: float
    risk_changing: float


def posterior(
    contrast: Contrast, *, mean: float = 0.0, variance: float = math.inf, level: float = 0.95
) -> Posterior:
    """Return the posterior of an effect.

    Args:
        contrast: The effect and its standard error, above zero.
        mean: Prior mean, in the effect's unit.
        variance: Prior variance, above zero; ``math.inf`` for a prior that says nothing. A prior fitted to
            past trials (:func:`~longtake.trial.multiplicity.shrinkage.spread_of_effects`) keeps winners
            honest.
        level: Credibility of the interval, in (0, 1).

    Raises:
        ValueError: The error or the variance is not positive, or the level is not in (0, 1).

    Examples:
        >>> seen = Contrast(Estimate(2.0, 0.0, 4.0, 0.95, "share", "z", 9), 1.0, 0.05)
        >>> posterior(seen, variance=1.0).effect.value
        1.0

    References:
        Gelman et al., 2013, Bayesian data analysis, 3rd edition, section 2.5.
        Stucchio, 2015, Bayesian A/B testing at VWO, for the expected loss.
    """
    if not contrast.error > 0 or not variance > 0 or not 0 < level < 1:
        raise ValueError(f"error {contrast.error}, variance {variance}, level {level}")
    data, prior = contrast.error**-2, 1 / variance
    centre = (data * contrast.effect.value + (prior * mean if prior else 0.0)) / (data + prior)
    error = 1 / math.sqrt(data + prior)
    half = float(ndtri(0.5 + level / 2)) * error
    better = float(ndtr(centre / error))
    gain = centre * better + error * math.exp(-0.5 * (centre / error) ** 2) / math.sqrt(2 * math.pi)
    seen = contrast.effect
    return Posterior(
        Estimate(centre, centre - half, centre + half, level, seen.unit, METHOD, seen.n),
        error,
        better,
        max(gain, 0.0),
        max(gain - centre, 0.0),
    )
