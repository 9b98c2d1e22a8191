"""A log of choices with the chances they had, and how much of it speaks of another policy."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Unknown

Floats = NDArray[np.float64]

LEAST_EFFECTIVE, LEAST_CLICKS = 200, 30


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Rewards with the chances that the policy in use and the other one gave to what was shown.

    Attributes:
        rewards: At least 0, shape (n,).
        logged: Chance under which each choice was made, in (0, 1], shape (n,).
        wanted: Chance the other policy would have given to the same choice, in [0, 1], shape (n,).

    Raises:
        ValueError: Shapes differ, or a value is out of its range.

    Examples:
        >>> log = Log.of([1, 0], [0.5, 0.5], [1.0, 0.0])
        >>> log.weights.tolist(), log.effective
        ([2.0, 0.0], 1.0)
    """

    rewards: Floats
    logged: Floats
    wanted: Floats

    def __post_init__(self) -> None:
        """Refuse chances that cannot be."""
        if self.rewards.ndim != 1 or not self.rewards.shape == self.logged.shape == self.wanted.shape:
            raise ValueError("rewards, logged and wanted chances must have one shape (n,)")
        if not ((self.logged > 0) & (self.logged <= 1)).all():
            raise ValueError("a logged chance is not in (0, 1]")
        if not ((self.wanted >= 0) & (self.wanted <= 1)).all() or not (self.rewards >= 0).all():
            raise ValueError("a wanted chance is not in [0, 1], or a reward is below 0")

    @classmethod
    def of(cls, rewards: ArrayLike, logged: ArrayLike, wanted: ArrayLike) -> Log:
        """Return a log from anything that is an array."""
        return cls(*(np.asarray(one, dtype=np.float64) for one in (rewards, logged, wanted)))

    @property
    def weights(self) -> Floats:
        """How many rows of the other policy each row stands for, shape (n,)."""
        return self.wanted / self.logged

    @property
    def effective(self) -> float:
        """Rows that even weights would need for the same precision (Kish).

        References:
            Kish, 1965, Survey sampling, section 11.7.
        """
        w = self.weights
        if not w.any():
            return 0.0
        w = w / w.max()
        return float(w.sum() ** 2 / (w * w).sum())

    @property
    def clicks(self) -> int:
        """Rows with a reward that the other policy could have had."""
        return int(((self.rewards > 0) & (self.wanted > 0)).sum())

    def refusal(self, method: str, unit: str) -> Unknown | None:
        """Return why the log cannot answer, if it cannot.

        Fewer than 200 effective rows, or fewer than 30 rewards: then a handful of rows decide, and no
        interval from the same rows says so.
        """
        n = self.rewards.size
        if self.effective < LEAST_EFFECTIVE:
            return Unknown("few_effective_rows", method, unit, n, LEAST_EFFECTIVE)
        if self.clicks < LEAST_CLICKS:
            return Unknown("too_few_clicks", method, unit, n, LEAST_CLICKS)
        return None
