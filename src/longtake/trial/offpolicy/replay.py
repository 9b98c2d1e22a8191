"""Replaying a log of even choices to a policy that learns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.estimate import Quantity, Unknown
from longtake.trial.offpolicy.log import LEAST_CLICKS, LEAST_EFFECTIVE
from longtake.trial.sequential.bernoulli import bernoulli_sequence

METHOD = "replay, Li 2011"

Policy = Callable[[int], int]
Learn = Callable[[int, int, float], None]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a learning policy earned on the rows in which it agreed with the log.

    Attributes:
        value: Mean reward; an Unknown below 200 rows in agreement or 30 rewards.
        matched: Rows in agreement.
        rows: Rows in the log.

    Examples:
        >>> replay([0, 1], [0.0, 1.0], choose=lambda row: 1).matched
        1
    """

    value: Quantity
    matched: int
    rows: int


def replay(
    shown: ArrayLike,
    rewards: ArrayLike,
    *,
    choose: Policy,
    learn: Learn | None = None,
    unit: str = "share",
    level: float = 0.95,
) -> Replayed:
    """Return what a policy would have earned, from a log in which every arm had the same chance in each row.

    Rows are offered in order; where the policy would have shown what was shown, it sees the reward and
    learns, other rows are passed over. What it sees is what it would have seen live.

    Args:
        shown: Arm shown in each row, shape (n,).
        rewards: 0 or 1, shape (n,).
        choose: Takes the row's place and returns an arm.
        learn: Takes the row's place, the arm and the reward, after a row in agreement.
        unit: Unit of the value.
        level: Coverage, in (0, 1), valid whenever the replay is stopped.

    Raises:
        ValueError: Shapes differ, or a reward is neither 0 nor 1.

    Examples:
        >>> found = replay([0, 1] * 500, [0, 1] * 500, choose=lambda row: 1)
        >>> found.matched, found.value.value
        (500, 1.0)

    References:
        Li, Chu, Langford, Wang, 2011, Unbiased offline evaluation of contextual-bandit-based news article
        recommendation algorithms, doi:10.1145/1935826.1935878.
    """
    arms, earned = np.asarray(shown, dtype=np.int64), np.asarray(rewards, dtype=np.float64)
    if arms.ndim != 1 or arms.shape != earned.shape or not np.isin(earned, (0.0, 1.0)).all():
        raise ValueError(f"arms of shape {arms.shape}, rewards of shape {earned.shape}, each 0 or 1")
    matched = won = 0
    for row, (arm, reward) in enumerate(zip(arms.tolist(), earned.tolist(), strict=True)):
        if choose(row) == arm:
            if learn is not None:
                learn(row, arm, reward)
            matched, won = matched + 1, won + int(reward)
    if matched < LEAST_EFFECTIVE or won < LEAST_CLICKS:
        reason = "few_effective_rows" if matched < LEAST_EFFECTIVE else "too_few_clicks"
        return Replayed(Unknown(reason, METHOD, unit, matched, LEAST_EFFECTIVE), matched, arms.size)
    found = bernoulli_sequence(won, matched, tight_at=float(matched), level=level)
    return Replayed(found, matched, arms.size)
