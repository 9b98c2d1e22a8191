"""What past trials say of an arm before it has run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import betaln, expit

MOST_STRENGTH = 1e6


@dataclass(frozen=True, slots=True)
class BetaPrior:
    """A beta law of arms' rates.

    Attributes:
        conversions: Conversions it is worth, above zero.
        misses: Units without conversion it is worth, above zero.

    Examples:
        >>> BetaPrior(1.0, 3.0).mean
        0.25
    """

    conversions: float
    misses: float

    @property
    def mean(self) -> float:
        """Rate of the usual arm."""
        return self.conversions / (self.conversions + self.misses)


FLAT = BetaPrior(1.0, 1.0)


def beta_prior(conversions: ArrayLike, units: ArrayLike) -> BetaPrior:
    """Return the beta law that arms' rates seem to come from, by the likelihood of beta-binomial counts.

    Args:
        conversions: Of each arm of comparable trials, shape (m,), m from 2.
        units: Of each arm, at least its conversions and above zero, shape (m,).

    Raises:
        ValueError: Shapes differ, fewer than two arms, counts are out of their range, or nothing converted.

    Examples:
        >>> prior = beta_prior([10, 30, 20, 40], [1000, 1000, 1000, 1000])
        >>> round(prior.mean, 3)
        0.025

    References:
        Skellam, 1948, A probability distribution derived from the binomial distribution by regarding the
        probability of success as variable between the sets of trials, doi:10.1111/j.2517-6161.1948.tb00014.x.
    """
    x, n = np.asarray(conversions, dtype=np.float64), np.asarray(units, dtype=np.float64)
    if x.ndim != 1 or x.shape != n.shape or x.size < 2 or not ((n > 0) & (x >= 0) & (x <= n)).all():
        raise ValueError(f"conversions of shape {x.shape} within units of shape {n.shape}, at least two arms")
    if x.sum() in (0, n.sum()):
        raise ValueError("no arm, or every unit, converted")
    share = float(x.sum() / n.sum())

    def surprise(at: np.ndarray) -> float:
        mean, strength = expit(at[0]), min(np.exp(at[1]), MOST_STRENGTH)
        a, b = mean * strength, (1 - mean) * strength
        return -float((betaln(a + x, b + n - x) - betaln(a, b)).sum())

    start = np.array([np.log(share / (1 - share)), np.log(100.0)])
    found = minimize(surprise, start, method="Nelder-Mead", options={"xatol": 1e-6, "fatol": 1e-9}).x
    mean, strength = float(expit(found[0])), float(min(np.exp(found[1]), MOST_STRENGTH))
    return BetaPrior(mean * strength, (1 - mean) * strength)
