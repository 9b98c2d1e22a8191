"""The ladder of what people do, and shares on it that few rows do not carry away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

LADDER: Mapping[str, float] = MappingProxyType(
    {"like": 1.0, "comment": 2.0, "long": 4.0, "share": 4.0, "recreation": 8.0, "ticket": 16.0}
)
"""Points of each rung: a like, a comment, a long or quoting one, a share, a re-creation, a ticket."""

WEAK = (0.5, 0.5)
"""Jeffreys' prior, used where there are too few units to learn one: worth a single exposure."""

FEWEST_UNITS = 3


def prior(counts: Sequence[float], exposures: Sequence[float]) -> tuple[float, float]:
    """Return the Beta prior of a rate over units, by the method of moments; `WEAK` where they tell none.

    Args:
        counts: Who did it, for each unit; each within 0 and its exposures.
        exposures: Who could have, for each unit, above zero.

    Returns:
        Both parameters of the Beta distribution, above zero; their sum is what the prior is worth in
        exposures, at most the mean exposures of a unit, so that units never outvote a unit of usual size.

    Examples:
        Rates .1 and .3 and .2 of 100 each: mean .2, variance .01 - of which .2 * .8 / 100 is chance.

        >>> a, b = prior([10, 30, 20], [100, 100, 100])
        >>> round(a / (a + b), 6), round(a + b, 3)
        (0.2, 18.048)
        >>> prior([10], [100])
        (0.5, 0.5)

    References:
        Kleinman, 1973, Proportions with extraneous variance, doi:10.1080/01621459.1973.10481333.
    """
    done, seen = np.asarray(counts, dtype=np.float64), np.asarray(exposures, dtype=np.float64)
    if len(done) < FEWEST_UNITS:
        return WEAK
    mean = float(done.sum() / seen.sum())
    if not 0.0 < mean < 1.0:
        return WEAK
    rates = done / seen
    chance = mean * (1.0 - mean) / seen
    between = float(np.var(rates, ddof=1) - np.mean(chance))
    most = float(seen.mean())
    worth = most if between <= 0.0 else min(most, mean * (1.0 - mean) / between - 1.0)
    worth = max(worth, sum(WEAK))
    return mean * worth, (1.0 - mean) * worth


def posterior(count: float, exposures: float, beta: tuple[float, float], draws: int) -> NDArray[np.float64]:
    """Return draws of a rate after a count, with a fixed seed, shape (draws,)."""
    random = np.random.default_rng([round(count * 1000), round(exposures * 1000)])
    return random.beta(beta[0] + count, beta[1] + max(exposures - count, 0.0), draws)
