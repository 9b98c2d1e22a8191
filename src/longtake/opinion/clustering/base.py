"""A hundred small clusters that stand for everybody."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.clustering.kmeans import Clusters, kmeans

Floats = NDArray[np.float64]

BASE = 100


def based(positions: Floats, *, most: int = BASE, seed: int = 0) -> Clusters:
    """Return at most a hundred base clusters; below that, each place of its own.

    Args:
        positions: Where participants stand, shape (n, 2).
        most: Base clusters at most.
        seed: Seed of the start.

    Examples:
        >>> based(np.array([[0.0, 0.0], [1.0, 0.0], [1.0, 0.0]])).weight.tolist()
        [2.0, 1.0]
    """
    return kmeans(positions, most, starts=1, swaps=False, seed=seed)
