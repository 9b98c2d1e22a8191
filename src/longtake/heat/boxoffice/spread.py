"""How far forecasts were off when they were made, and the interval that follows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
GRID = np.round(np.linspace(0.005, 0.995, 100), 4)
"""Probabilities at which errors are stored."""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Quantiles of past errors, logarithm of what came over what was forecast.

    Attributes:
        steps: Sizes of the input (days seen, or days ahead) at which errors were gathered, ascending, shape
            (s,).
        quantiles: Quantiles at ``GRID``, first axis the kind of input, shape (kinds, s, 100).
        widen: Added to the level asked for, because intervals of earlier years missed more often (above 0)
            or less often than they said.
    """

    steps: Floats
    quantiles: Floats
    widen: float

    def bounds(self, kind: int, step: float, level: float) -> tuple[float, float]:
        """Return the lower and upper error at a level, each on the logarithmic scale.

        Raises:
            ValueError: The level is not in (0, 1).

        Examples:
            >>> flat = Spread(np.array([3.0]), np.linspace(-1, 1, 100)[None, None], widen=0.0)
            >>> [round(bound, 2) for bound in flat.bounds(0, 5, 0.8)]
            [-0.81, 0.81]
        """
        if not 0 < level < 1:
            raise ValueError(f"level {level} is not in (0, 1)")
        table = self.quantiles[kind]
        at = np.array([np.interp(step, self.steps, column) for column in table.T])
        tail = (1 - min(0.99, max(0.01, level + self.widen))) / 2
        low, high = np.interp([tail, 1 - tail], GRID, at)
        return float(low), float(high)

    def stored(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        return {
            f"{name}.steps": self.steps.astype(np.float32),
            f"{name}.quantiles": self.quantiles.astype(np.float32),
            f"{name}.widen": np.array(self.widen),
        }

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike], name: str) -> Spread:
        """Return the spread stored as ``name.steps`` and so on in an opened ``.npz``."""
        steps, quantiles = (
            np.asarray(stored[f"{name}.{part}"], dtype=np.float64) for part in ("steps", "quantiles")
        )
        return cls(steps, quantiles, float(np.asarray(stored[f"{name}.widen"])))
