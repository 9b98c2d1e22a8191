"""Chance by the single draw, fast: what a generator of sentences needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")
BLOCK = 8192


class Luck:
    """Single draws from a numpy generator, taken from it in blocks.

    Args:
        rng: Source of chance; it belongs to this object from then on.

    Examples:
        >>> Luck(np.random.default_rng(1)).pick("abc")
        'c'
    """

    def __init__(self, rng: np.random.Generator) -> None:
        self.rng = rng
        self._block: list[float] = []

    def uniform(self) -> float:
        """Return a number in [0, 1)."""
        if not self._block:
            self._block = self.rng.random(BLOCK).tolist()
        return self._block.pop()

    def chance(self, p: float) -> bool:
        """Return True with probability p."""
        return self.uniform() < p

    def below(self, n: int) -> int:
        """Return a whole number from 0 to n - 1."""
        return int(self.uniform() * n)

    def pick(self, some: Sequence[T]) -> T:
        """Return one of a sequence that is not empty."""
        return some[int(self.uniform() * len(some))]

    def some(self, of: Sequence[T], n: int) -> list[T]:
        """Return n different members in random order; all of them where there are fewer."""
        left = list(of)
        return [left.pop(self.below(len(left))) for _ in range(min(n, len(left)))]

    def weighed(self, weights: Mapping[str, float]) -> str:
        """Return a key with probability in proportion to its weight, which is at least 0.

        Raises:
            ValueError: All weights are zero, or there are none.
        """
        total = sum(weights.values())
        if total <= 0:
            raise ValueError(f"no weight in {dict(weights)}")
        left = self.uniform() * total
        for key, weight in weights.items():
            left -= weight
            if left < 0:
                return key
        return next(key for key, weight in weights.items() if weight > 0)
