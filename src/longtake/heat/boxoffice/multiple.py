"""How many times its takings so far a run will take in all: a line and grown trees on its features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.heat.boxoffice.features import MAX_DAYS, MIN_DAYS, SIZE, SUPPLY
from longtake.heat.trees import Trees

Floats = NDArray[np.float64]
REACH = 3.5
"""Standard deviations beyond which a feature counts as if it lay there."""

PATTERNS = 4
"""Theaters known or not, dollars or not."""

_ARRAYS = ("mean", "spread", "slopes", "base", "scatter")


def pattern(rows: Floats) -> NDArray[np.intp]:
    """Return which of four sets of features each row knows: 2 for dollars, 1 for theaters, added up."""
    dollars = np.isfinite(rows[:, SIZE.start])
    return np.asarray(2 * dollars + np.isfinite(rows[:, SUPPLY.start]), dtype=np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Ridge regressions, one a pattern and number of days, on standardised features.

    Attributes:
        mean: Mean of each feature, shape (32, FEATURES), first axis the days seen from 3 on.
        spread: Standard deviation, same shape.
        slopes: Coefficients, shape (4, 32, FEATURES).
        base: Intercepts, shape (4, 32).
        scatter: Standard deviation of the residuals, shape (4, 32).
    """

    mean: Floats
    spread: Floats
    slopes: Floats
    base: Floats
    scatter: Floats

    def standard(self, rows: Floats) -> Floats:
        """Return the features in standard deviations, 0 where unknown, shape (n, FEATURES)."""
        place = rows[:, 0].astype(np.intp) - MIN_DAYS
        moved = (rows - self.mean[place]) / self.spread[place]
        return np.clip(np.nan_to_num(moved), -REACH, REACH)

    def predict(self, rows: Floats) -> tuple[Floats, Floats]:
        """Return the logarithm of total over takings so far, and its scatter, each of shape (n,)."""
        kind, place = pattern(rows), rows[:, 0].astype(np.intp) - MIN_DAYS
        sums = (self.standard(rows) * self.slopes[kind, place]).sum(axis=1) + self.base[kind, place]
        return sums, self.scatter[kind, place]


@dataclass(frozen=True, slots=True, eq=False)
class Multiple:
    """The line, and trees grown on what it leaves over, in units of its scatter."""

    line: Line
    trees: Trees

    def predict(self, rows: Floats) -> Floats:
        """Return the logarithm of total over takings so far, never below 0, shape (n,).

        Args:
            rows: Features of :func:`longtake.heat.boxoffice.features.seen`, shape (n, FEATURES).
        """
        straight, scatter = self.line.predict(rows)
        left = self.trees.predict(tree_rows(rows, straight, scatter))
        return np.maximum(straight + scatter * left, 0.0)

    def stored(self) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        made = {f"final.{name}": getattr(self.line, name).astype(np.float32) for name in _ARRAYS}
        return {**made, **self.trees.stored("final.trees")}

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike]) -> Multiple:
        """Return the model stored in an opened ``.npz``."""
        line = Line(*(np.asarray(stored[f"final.{name}"], dtype=np.float64) for name in _ARRAYS))
        if line.mean.shape[0] != MAX_DAYS - MIN_DAYS + 1:
            raise ValueError(f"lines for {line.mean.shape[0]} numbers of days")
        return cls(line, Trees.read(stored, "final.trees"))


def tree_rows(rows: Floats, straight: Floats, scatter: Floats) -> Floats:
    """Return what the trees look at: the features, and the line's answer in units of its scatter."""
    return np.column_stack([rows, straight / scatter])
