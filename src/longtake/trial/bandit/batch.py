"""One step of a bandit: from all batches so far to the shares of the next, or to stop."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.trial.bandit.allocation import drawn_best, thompson, top_two
from longtake.trial.bandit.periods import USUAL, Effects, period_adjusted

Floats = NDArray[np.float64]

FLOOR = 0.02
DRAWS = 4000
LEAST_GAIN, SURE = 0.01, 0.95
RULES = ("thompson", "top_two")


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """What a bandit does next.

    Attributes:
        weights: Shares of the next batch, shape (k,); log them, the check of the split needs them.
        first: Chance of each arm to be best, shape (k,).
        leader: The arm with the highest chance.
        left_to_gain: What another arm may still bring over the leader, as a share of its rate, at 95 %.
        stop: Whether no more than 1 % is left to gain.
        effects: Beliefs behind it.
    """

    weights: Floats
    first: Floats
    leader: int
    left_to_gain: float
    stop: bool
    effects: Effects


def next_batch(
    conversions: ArrayLike,
    units: ArrayLike,
    *,
    rule: str = "thompson",
    floor: float = FLOOR,
    usual: float = USUAL,
    seed: int = 0,
) -> Step:
    """Return the shares of the next batch.

    Args:
        conversions: By batch and arm, shape (t, k), k from 2; t may be 0, then all arms get the same.
        units: Given to each arm, the same shape.
        rule: ``thompson`` to earn while learning, ``top_two`` to find the best arm soonest.
        floor: Share of the batch that is always split evenly, in [0, 1].
        usual: Standard deviation of arms' log rates in past trials, above zero.
        seed: Seed of the draws.

    Raises:
        ValueError: The rule is unknown, there is one arm, or as
            :func:`~longtake.trial.bandit.periods.period_adjusted`.

    Examples:
        >>> step = next_batch([[50, 100]], [[1000, 1000]])
        >>> step.leader, bool(step.weights[1] > 0.9), step.stop
        (1, True, True)

    References:
        Scott, 2015, Multi-armed bandit experiments in the online service economy, doi:10.1002/asmb.2104,
        for the value left to gain.
    """
    x, n = np.asarray(conversions, dtype=np.float64), np.asarray(units, dtype=np.float64)
    if rule not in RULES or x.ndim != 2 or x.shape[1] < 2 or not 0 <= floor <= 1:
        raise ValueError(f"rule {rule!r}, conversions of shape {x.shape}, floor {floor}")
    effects = period_adjusted(x, n, usual=usual)
    k = x.shape[1]
    first, second = drawn_best(effects.means, effects.factor, draws=DRAWS, seed=seed)
    even = floor / k
    weights = thompson(first, floor=even) if rule == "thompson" else top_two(first, second, floor=even)
    leader = int(first.argmax())
    left = left_to_gain(effects, leader, draws=DRAWS, seed=seed)
    return Step(weights, first, leader, left, left < LEAST_GAIN, effects)


def left_to_gain(effects: Effects, leader: int, *, draws: int = DRAWS, seed: int = 0) -> float:
    """Return what the best arm may have over the leader, as a share of the leader's rate, at 95 %.

    Args:
        effects: Beliefs about one trial's arms.
        leader: The arm that would be kept.
        draws: How many draws.
        seed: Seed of the draws.

    Examples:
        >>> sure = Effects(np.array([0.0, 5.0]), np.eye(2) * 1e-4, np.array(1.0))
        >>> left_to_gain(sure, 1)
        0.0
    """
    noise = np.random.default_rng(seed).standard_normal((draws, effects.means.size))
    values = effects.means + noise @ effects.factor.T
    return float(np.quantile(np.expm1(values.max(axis=1) - values[:, leader]), SURE))
