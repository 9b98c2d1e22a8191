"""How much nearer points are to their own cluster than to the next one."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def distances(points: ArrayLike) -> Floats:
    """Return Euclidean distances between rows, shape (n, n).

    Examples:
        >>> distances([[0, 0], [3, 4]]).tolist()
        [[0.0, 5.0], [5.0, 0.0]]
    """
    table = np.asarray(points, dtype=np.float64)
    return np.asarray(np.sqrt(((table[:, None] - table[None]) ** 2).sum(axis=2)))


def silhouettes(apart: ArrayLike, label: ArrayLike, *, several: ArrayLike | None = None) -> Floats:
    """Return the silhouette of each point, in [-1, 1]; 0 for a point alone in its cluster.

    Args:
        apart: Distances, shape (n, n).
        label: Cluster of each point, shape (n,), of at least two clusters.
        several: Whether a point stands for several at the same place, which are never alone, shape (n,).

    Raises:
        ValueError: The shapes do not fit or there is one cluster.

    Examples:
        >>> apart = [[0, 1, 3, 4], [1, 0, 3, 4], [3, 3, 0, 2], [4, 4, 2, 0]]
        >>> silhouettes(apart, [0, 0, 1, 1]).round(4).tolist()
        [0.7143, 0.7143, 0.3333, 0.5]

    References:
        Rousseeuw, 1987, Silhouettes: a graphical aid to the interpretation and validation of cluster
        analysis, doi:10.1016/0377-0427(87)90125-7.
    """
    table, own = np.asarray(apart, dtype=np.float64), np.asarray(label)
    names, place = np.unique(own, return_inverse=True)
    if table.shape != (own.size, own.size) or names.size < 2:
        raise ValueError(f"distances {table.shape}, {own.size} labels, {names.size} clusters")
    member = np.eye(names.size)[place]
    size = member.sum(axis=0)
    sums = table @ member
    row = np.arange(own.size)
    alone = size[place] == 1
    if several is not None:
        alone &= ~np.asarray(several, dtype=bool)
    inside = sums[row, place] / np.maximum(size[place] - 1, 1)
    means = sums / size
    means[row, place] = np.inf
    outside = means.min(axis=1)
    larger = np.maximum(inside, outside)
    return np.where(alone | (larger == 0), 0.0, (outside - inside) / np.where(larger == 0, 1.0, larger))


def silhouette(apart: ArrayLike, label: ArrayLike, *, several: ArrayLike | None = None) -> float:
    """Return the mean silhouette.

    Examples:
        >>> round(silhouette([[0, 1, 9], [1, 0, 9], [9, 9, 0]], [0, 0, 1]), 3)
        0.593
    """
    return float(silhouettes(apart, label, several=several).mean())
