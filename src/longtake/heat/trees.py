"""Sums of decision trees, read from a file and evaluated without the library that grew them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
_PARTS = ("feature", "threshold", "left", "right", "value")


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """A boosted ensemble: every array has shape (trees, nodes), node 0 is a tree's root.

    A row goes left when its feature is at most the threshold; an unknown one (NaN) goes left where the
    column is stored as its complement, else right. A leaf points at itself.

    Attributes:
        feature: Column looked at; ``~column`` where an unknown value goes left; 0 at a leaf.
        threshold: Highest value that goes left; ``inf`` at a leaf.
        left: Node for a row that goes left.
        right: Node for a row that goes right.
        value: What a leaf adds.
        depth: Steps from a root to its furthest leaf.

    Examples:
        >>> one = Trees.of({"feature": [[0, 0, 0]], "threshold": [[0.5, np.inf, np.inf]],
        ...                 "left": [[1, 1, 2]], "right": [[2, 1, 2]], "value": [[0.0, -1.0, 3.0]]}, depth=1)
        >>> one.predict([[0.2], [0.9], [np.nan]]).tolist()
        [-1.0, 3.0, 3.0]
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int

    @classmethod
    def of(cls, parts: Mapping[str, ArrayLike], *, depth: int) -> Trees:
        """Return the ensemble of five arrays.

        Raises:
            ValueError: Their shapes differ, or a node points outside its tree.
        """
        feature, left, right = (
            np.asarray(parts[name], dtype=np.int16) for name in ("feature", "left", "right")
        )
        threshold, value = (np.asarray(parts[name], dtype=np.float32) for name in ("threshold", "value"))
        shapes = {array.shape for array in (feature, left, right, threshold, value)}
        if len(shapes) != 1 or feature.ndim != 2:
            raise ValueError(f"parts of shapes {sorted(shapes)}")
        if min(left.min(), right.min()) < 0 or max(left.max(), right.max()) >= feature.shape[1]:
            raise ValueError("a node points outside its tree")
        return cls(feature, threshold, left, right, value, depth)

    @classmethod
    def read(cls, stored: Mapping[str, ArrayLike], name: str) -> Trees:
        """Return the ensemble stored as ``name.feature`` and so on in an opened ``.npz``."""
        parts = {part: np.asarray(stored[f"{name}.{part}"]) for part in _PARTS}
        return cls.of(parts, depth=int(np.asarray(stored[f"{name}.depth"])))

    def stored(self, name: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays that :meth:`read` reads."""
        made: dict[str, NDArray[np.generic]] = {f"{name}.{part}": getattr(self, part) for part in _PARTS}
        made[f"{name}.depth"] = np.array(self.depth)
        return made

    def predict(self, rows: ArrayLike) -> Floats:
        """Return the sum of the leaves that each row falls into, shape (n,).

        Args:
            rows: Features, shape (n, columns); NaN is unknown.
        """
        table = np.atleast_2d(np.asarray(rows, dtype=np.float32))
        trees = np.arange(self.feature.shape[0])[None, :]
        node = np.zeros((table.shape[0], self.feature.shape[0]), dtype=np.int16)
        row = np.arange(table.shape[0])[:, None]
        for _ in range(self.depth):
            column = self.feature[trees, node]
            seen = table[row, np.where(column < 0, ~column, column)]
            goes_left = (seen <= self.threshold[trees, node]) | (np.isnan(seen) & (column < 0))
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        return np.asarray(self.value[trees, node].sum(axis=1, dtype=np.float64))
