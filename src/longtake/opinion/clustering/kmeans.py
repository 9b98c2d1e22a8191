"""K-means that many seeded starts and swaps bring close to its best, the same on every run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

STARTS = 24
STEPS = 100
CELLS = 4_000_000
"""Distances held at once."""


@dataclass(frozen=True, slots=True, eq=False)
class Clusters:
    """A partition of points.

    Attributes:
        label: Cluster of each point, from 0, the heaviest first, shape (n,).
        centres: Weighted means, shape (k, d); fewer than asked where fewer points differ.
        weight: Weight of each cluster, shape (k,).
        inertia: Weighted sum of squared distances to the own centre.
    """

    label: Whole
    centres: Floats
    weight: Floats
    inertia: float


def kmeans(
    points: ArrayLike,
    k: int,
    *,
    weights: ArrayLike | None = None,
    starts: int = STARTS,
    swaps: bool = True,
    first: ArrayLike | None = None,
    seed: int = 0,
) -> Clusters:
    """Return the best partition into at most k clusters that seeded starts and swaps find.

    Starts are drawn by k-means++; from the best one, each centre is tried at every point until no swap helps.

    Args:
        points: Shape (n, d), n at least 1.
        k: Clusters, at least 1.
        weights: Weight of each point, above zero, shape (n,).
        starts: Seeded starts, at least 1.
        swaps: Whether to try swaps.
        first: Further starts, shape (s, k, d).
        seed: Seed of the starts.

    Raises:
        ValueError: No points, a value that is not finite, or k, starts or weights out of range.

    Examples:
        >>> found = kmeans([[0.0], [1.0], [10.0], [11.0], [12.0]], 2)
        >>> found.label.tolist(), found.centres.tolist(), found.inertia
        ([1, 1, 0, 0, 0], [[11.0], [0.5]], 2.5)
        >>> kmeans([[0, 1, 0], [0, 1, 0], [-1, 1, 0]], 3).centres.shape
        (2, 3)

    References:
        Arthur, Vassilvitskii, 2007, k-means++: the advantages of careful seeding, SODA, 1027-1035.
        Kanungo et al., 2004, A local search approximation algorithm for k-means clustering,
        doi:10.1016/j.comgeo.2004.03.003.
    """
    table = np.asarray(points, dtype=np.float64)
    weight = np.ones(len(table)) if weights is None else np.asarray(weights, dtype=np.float64)
    if table.ndim != 2 or not table.size or not np.isfinite(table).all() or k < 1 or starts < 1:
        raise ValueError(f"points {table.shape}, k {k}, starts {starts}")
    if weight.shape != table.shape[:1] or not (weight > 0).all():
        raise ValueError("weights do not fit the points or are not above zero")
    distinct = np.unique(table, axis=0)
    if len(distinct) <= k:
        return _clusters(table, weight, distinct)
    rng = np.random.default_rng(seed)
    begun = _seeded(table, weight, k, starts, rng)
    if first is not None:
        begun = np.concatenate([np.asarray(first, dtype=np.float64), begun])
    centres, inertia = lloyd(table, weight, begun)
    best = int(np.argmin(inertia))
    own, lowest = centres[best], float(inertia[best])
    while swaps:
        tried = np.repeat(own[None], k * len(distinct), axis=0)
        place = np.arange(k * len(distinct))
        tried[place, place // len(distinct)] = distinct[place % len(distinct)]
        centres, inertia = lloyd(table, weight, tried, steps=10)
        best = int(np.argmin(inertia))
        if not inertia[best] < lowest * (1 - 1e-9):
            break
        finished, low = lloyd(table, weight, centres[best : best + 1])
        own, lowest = finished[0], float(low[0])
    return _clusters(table, weight, own)


def lloyd(points: Floats, weight: Floats, starts: Floats, *, steps: int = STEPS) -> tuple[Floats, Floats]:
    """Return where centres settle and the inertia there, start by start.

    Args:
        points: Shape (n, d).
        weight: Shape (n,).
        starts: Shape (s, k, d).
        steps: Steps at most.

    Returns:
        Centres of shape (s, k, d) and inertia of shape (s,). A centre that loses all points stays put.

    Examples:
        >>> centres, inertia = lloyd(np.array([[0.0], [2.0], [9.0]]), np.ones(3), np.array([[[0.0], [3.0]]]))
        >>> centres.tolist(), inertia.tolist()
        ([[[1.0], [9.0]]], [2.0])
    """
    s, k, _ = starts.shape
    batch = max(1, CELLS // (len(points) * k))
    if s > batch:
        parts = [lloyd(points, weight, starts[i : i + batch], steps=steps) for i in range(0, s, batch)]
        return np.concatenate([one for one, _ in parts]), np.concatenate([one for _, one in parts])
    centres = starts.copy()
    before = np.full((s, len(points)), -1)
    for _ in range(steps):
        label = _distances(points, centres).argmin(axis=2)
        moving = (label != before).any(axis=1)
        if not moving.any():
            break
        before = label
        flat = (label + k * np.arange(s)[:, None]).ravel()
        heavy = np.broadcast_to(weight, label.shape).ravel()
        size = np.bincount(flat, weights=heavy, minlength=s * k)
        sums = np.stack(
            [
                np.bincount(
                    flat,
                    weights=np.broadcast_to(weight * column, label.shape).ravel(),
                    minlength=s * k,
                )
                for column in points.T
            ],
            axis=1,
        )
        held = size > 0
        flatly = centres.reshape(s * k, -1)
        flatly[held] = sums[held] / size[held, None]
    return centres, (_distances(points, centres).min(axis=2) * weight).sum(axis=1)


def _distances(points: Floats, centres: Floats) -> Floats:
    """Return squared distances, shape (s, n, k)."""
    out = np.zeros((centres.shape[0], len(points), centres.shape[1]))
    for axis in range(points.shape[1]):
        out += (points[None, :, None, axis] - centres[:, None, :, axis]) ** 2
    return out


def _seeded(points: Floats, weight: Floats, k: int, starts: int, rng: np.random.Generator) -> Floats:
    """Return k-means++ starts, shape (starts, k, d)."""
    chosen = np.empty((starts, k, points.shape[1]))
    for one in range(starts):
        near = np.full(len(points), np.inf)
        odds = weight / weight.sum()
        for place in range(k):
            point = points[
                int(np.searchsorted(np.cumsum(odds), rng.random() * odds.sum()).clip(0, len(points) - 1))
            ]
            chosen[one, place] = point
            near = np.minimum(near, ((points - point) ** 2).sum(axis=1))
            odds = near * weight
            if odds.sum() == 0:
                chosen[one, place + 1 :] = point
                break
    return chosen


def _clusters(points: Floats, weight: Floats, centres: Floats) -> Clusters:
    label = _distances(points, centres[None])[0].argmin(axis=1)
    size = np.bincount(label, weights=weight, minlength=len(centres))
    used = [one for one in range(len(centres)) if size[one] > 0]
    means = np.array([np.average(points[label == one], axis=0, weights=weight[label == one]) for one in used])
    order = sorted(range(len(used)), key=lambda i: (-round(float(size[used[i]]), 9), *means[i].tolist()))
    place = np.full(len(centres), -1)
    place[[used[i] for i in order]] = np.arange(len(order))
    label, means = place[label].astype(np.int64), means[order]
    inertia = float((((points - means[label]) ** 2).sum(axis=1) * weight).sum())
    held = np.asarray(size, dtype=np.float64)[[used[i] for i in order]]
    return Clusters(label, means, held, inertia)


def inertia_of(points: ArrayLike, label: ArrayLike) -> float:
    """Return the sum of squared distances to the mean of the own cluster.

    Examples:
        >>> inertia_of([[0.0], [2.0], [5.0]], [0, 0, 1])
        2.0
    """
    table, own = np.asarray(points, dtype=np.float64), np.asarray(label)
    return float(
        sum(((table[own == one] - table[own == one].mean(axis=0)) ** 2).sum() for one in np.unique(own))
    )
