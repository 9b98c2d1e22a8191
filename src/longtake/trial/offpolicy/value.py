"""Value of a policy that was not used: weighted, self-weighted, doubly robust."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity
from longtake.trial.offpolicy.log import Log

Floats = NDArray[np.float64]

IPW = "inverse propensity weighting, Horvitz and Thompson 1952"
SNIPW = "self-normalised inverse propensity weighting, Swaminathan and Joachims 2015"
DR = "doubly robust, Dudík 2014"


def weighted(log: Log, *, unit: str = "clicks per row", level: float = 0.95) -> Quantity:
    """Return the mean reward of the other policy, unbiased if the logged chances are right.

    Args:
        log: Rewards and chances.
        unit: Unit of the value.
        level: Coverage, in (0, 1).

    Returns:
        Mean of weight times reward; Unknown("few_effective_rows") or Unknown("too_few_clicks") where the log
        cannot tell.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> same = Log.of([1.0] * 40 + [0.0] * 360, [0.5] * 400, [0.5] * 400)
        >>> weighted(same).value
        0.1

    References:
        Horvitz and Thompson, 1952, A generalization of sampling without replacement from a finite universe,
        doi:10.1080/01621459.1952.10483446.
        Hall, 1992, On the removal of skewness by transformation, Journal of the Royal Statistical Society B
        54(1), for the interval.
    """
    parts = log.weights * log.rewards
    return log.refusal(IPW, unit) or _skewed(float(parts.mean()), parts, unit, IPW, level)


def self_weighted(log: Log, *, unit: str = "clicks per row", level: float = 0.95) -> Quantity:
    """Return the weighted mean reward: slightly biased, and steadier when weights are uneven.

    Args:
        log: Rewards and chances.
        unit: Unit of the value.
        level: Coverage, in (0, 1).

    Returns:
        As :func:`weighted`.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> same = Log.of([1.0] * 40 + [0.0] * 360, [0.5] * 400, [0.5] * 400)
        >>> self_weighted(same).value
        0.1

    References:
        Swaminathan and Joachims, 2015, The self-normalized estimator for counterfactual learning, NeurIPS 28.
    """
    refused = log.refusal(SNIPW, unit)
    if refused:
        return refused
    w = log.weights
    value = float(w @ log.rewards / w.sum())
    return _skewed(value, value + w * (log.rewards - value) / float(w.mean()), unit, SNIPW, level)


def doubly_robust(
    log: Log,
    *,
    expected_shown: ArrayLike,
    expected_wanted: ArrayLike,
    unit: str = "clicks per row",
    level: float = 0.95,
) -> Quantity:
    """Return the value by a model of rewards, corrected by weighted residuals.

    Right when either the chances or the model are right. The model must not have seen the rows it is used on.

    Args:
        log: Rewards and chances.
        expected_shown: The model's reward for what was shown, shape (n,).
        expected_wanted: The model's reward averaged over what the other policy would show, shape (n,).
        unit: Unit of the value.
        level: Coverage, in (0, 1).

    Returns:
        As :func:`weighted`.

    Raises:
        ValueError: A shape differs, or the level is not in (0, 1).

    Examples:
        >>> same = Log.of([1.0] * 40 + [0.0] * 360, [0.5] * 400, [0.5] * 400)
        >>> round(doubly_robust(same, expected_shown=[0.1] * 400, expected_wanted=[0.1] * 400).value, 6)
        0.1

    References:
        Dudík, Erhan, Langford, Li, 2014, Doubly robust policy evaluation and optimization,
        doi:10.1214/14-STS500.
    """
    shown, wanted = (
        np.asarray(expected_shown, dtype=np.float64),
        np.asarray(expected_wanted, dtype=np.float64),
    )
    if not shown.shape == wanted.shape == log.rewards.shape:
        raise ValueError(
            f"expected rewards of shape {shown.shape} and {wanted.shape} for {log.rewards.size} rows"
        )
    parts = wanted + log.weights * (log.rewards - shown)
    return log.refusal(DR, unit) or _skewed(float(parts.mean()), parts, unit, DR, level)


def _skewed(value: float, parts: Floats, unit: str, method: str, level: float) -> Estimate:
    """Return a mean with an interval that leans to the side of rare large parts.

    Hall's cubic transformation of the studentised mean: a symmetric interval misses high values too often
    when a few heavy clicks carry the mean.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    n = parts.size
    spread = float(parts.std(ddof=1))
    if spread == 0:
        return Estimate(value, value, value, level, unit, method, n)
    skew = float(((parts - parts.mean()) ** 3).mean()) / spread**3 / 3 / math.sqrt(n)
    z = float(ndtri(0.5 + level / 2))
    error = spread / math.sqrt(n)
    low, high = value - error * _bent(z, skew), value - error * _bent(-z, skew)
    return Estimate(
        value, min(value, max(low, 0.0) if value >= 0 else low), max(high, value), level, unit, method, n
    )


def _bent(z: float, skew: float) -> float:
    """Return the studentised mean that Hall's transformation takes to z.

    The transformation is ``t + a t^2 + a^2 t^3 / 3 + a / 2``, ``a`` being the skewness over ``3 sqrt(n)``; it
    rises everywhere and has an inverse in closed form.
    """
    if abs(skew) < 1e-9:
        return z
    return float((np.cbrt(1 + 3 * skew * (z - skew / 2)) - 1) / skew)
