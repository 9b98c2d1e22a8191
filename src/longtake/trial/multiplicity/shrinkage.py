"""Effects drawn together, so that the winner of many is not overstated."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate

Floats = NDArray[np.float64]

METHOD = "empirical Bayes, normal"


@dataclass(frozen=True, slots=True)
class Spread:
    """How true effects differ from each other.

    Attributes:
        mean: Their mean, in the effects' unit.
        mean_error: Its standard error.
        variance: Their variance, at least 0.

    Examples:
        >>> spread_of_effects([1.0, -1.0, 0.2, -0.2], [1.0] * 4).variance
        0.0
    """

    mean: float
    mean_error: float
    variance: float


def spread_of_effects(effects: ArrayLike, errors: ArrayLike, *, mean: float | None = None) -> Spread:
    """Return the mean and variance of true effects behind noisy ones.

    Args:
        effects: Estimates of comparable trials, arms or metrics, shape (m,), m from 2.
        errors: Their standard errors, above zero, shape (m,).
        mean: Mean of the true effects when it is known, as 0 for contrasts whose sign is arbitrary.

    Returns:
        The variance is the one at which the weighted squares are what they should be (Paule and Mandel), 0
        when chance alone explains the differences.

    Raises:
        ValueError: Shapes differ, fewer than two effects, or an error is not positive.

    Examples:
        >>> round(spread_of_effects([-3.0, 3.0], [1.0, 1.0], mean=0.0).variance, 3)
        8.0

    References:
        Paule and Mandel, 1982, Consensus values and weighting factors, doi:10.6028/jres.087.022.
    """
    y, s = np.asarray(effects, dtype=np.float64), np.asarray(errors, dtype=np.float64)
    if y.ndim != 1 or y.shape != s.shape or y.size < 2 or not (s > 0).all():
        raise ValueError(f"effects of shape {y.shape}, errors of shape {s.shape}, above zero, at least two")
    free = y.size - (1 if mean is None else 0)

    def centre(variance: float) -> float:
        weight = 1 / (s * s + variance)
        return float(weight @ y / weight.sum()) if mean is None else mean

    def excess(variance: float) -> float:
        return float(((y - centre(variance)) ** 2 / (s * s + variance)).sum()) - free

    variance = 0.0
    if excess(0.0) > 0:
        variance = float(brentq(excess, 0.0, float(np.ptp(np.append(y, mean or 0.0)) ** 2 * y.size + 1e-300)))
    error = 0.0 if mean is not None else float(1 / math.sqrt((1 / (s * s + variance)).sum()))
    return Spread(centre(variance), error, variance)


def shrunken(
    contrasts: Sequence[Contrast], *, spread: Spread | None = None, level: float = 0.95
) -> tuple[Estimate, ...]:
    """Return each effect drawn towards the mean of all, the more so the noisier it is.

    The interval allows for the mean not being known (Morris); the highest of many such effects is unbiased as
    long as true effects are roughly normal, while the highest of the raw ones is too high.

    Args:
        contrasts: Effects with their standard errors, one unit, two or more unless ``spread`` is given.
        spread: How true effects differ, from past trials; from these effects when None.
        level: Credibility of the intervals, in (0, 1).

    Raises:
        ValueError: The level is not in (0, 1), or as :func:`spread_of_effects`.

    Examples:
        >>> one = Contrast(Estimate(2.0, 0.0, 4.0, 0.95, "share", "z", 9), 1.0, 0.05)
        >>> shrunken([one], spread=Spread(0.0, 0.0, 1.0))[0].value
        1.0

    References:
        Efron and Morris, 1975, Data analysis using Stein's estimator, doi:10.1080/01621459.1975.10479864.
        Morris, 1983, Parametric empirical Bayes inference, doi:10.1080/01621459.1983.10477920.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    about = spread or spread_of_effects([c.effect.value for c in contrasts], [c.error for c in contrasts])
    z = float(ndtri(0.5 + level / 2))
    out = []
    for c in contrasts:
        kept = about.variance / (about.variance + c.error**2)
        value = about.mean + kept * (c.effect.value - about.mean)
        error = math.sqrt(kept * c.error**2 + ((1 - kept) * about.mean_error) ** 2)
        out.append(
            Estimate(value, value - z * error, value + z * error, level, c.effect.unit, METHOD, c.effect.n)
        )
    return tuple(out)
