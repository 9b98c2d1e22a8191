"""From a raw score to a probability that keeps its word."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.errors import NotEnoughDataError

_FEWEST = 20


def monotone(
    scores: NDArray[np.float64], outcomes: NDArray[np.float64], weights: NDArray[np.float64], *, knots: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Fit a rising piecewise linear curve from scores to the share of positive outcomes.

    Scores are cut into bins of equal weight; bins whose shares fall are pooled with their neighbours.

    Args:
        scores: Raw scores, shape (n,).
        outcomes: 1 or 0, shape (n,).
        weights: Weight of each row, shape (n,).
        knots: Number of bins before pooling.

    Returns:
        Mean score and share of each remaining bin, both rising, two arrays of shape (k,).

    Raises:
        NotEnoughDataError: Fewer than 20 rows.

    References:
        Ayer, Brunk, Ewing, Reid, Silverman (1955), An empirical distribution function for sampling with
        incomplete information, doi:10.1214/aoms/1177728423 (pool adjacent violators).
    """
    if len(scores) < _FEWEST:
        raise NotEnoughDataError("calibration", needed=_FEWEST, got=len(scores), unit="rows")
    order = np.argsort(scores, kind="stable")
    mass = np.cumsum(weights[order])
    bins = np.minimum((mass / mass[-1] * knots).astype(np.int64), knots - 1)
    weight = np.bincount(bins, weights[order], minlength=knots)
    score = np.bincount(bins, weights[order] * scores[order], minlength=knots)
    share = np.bincount(bins, weights[order] * outcomes[order], minlength=knots)
    pooled: list[tuple[float, float, float]] = []
    for w, s, p in zip(weight, score, share, strict=True):
        if w == 0.0:
            continue
        block = (float(w), float(s), float(p))
        while pooled and pooled[-1][2] / pooled[-1][0] >= block[2] / block[0]:
            before = pooled.pop()
            block = (block[0] + before[0], block[1] + before[1], block[2] + before[2])
        pooled.append(block)
    return np.array([s / w for w, s, _ in pooled]), np.array([p / w for w, _, p in pooled])


def apply(
    scores: NDArray[np.float64], at: NDArray[np.float64], share: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Read a curve of `monotone` at scores; beyond its ends the end values hold.

    Examples:
        >>> apply(np.array([-9.0, 0.5, 9.0]), np.array([0.0, 1.0]), np.array([0.2, 0.8])).tolist()
        [0.2, 0.5, 0.8]
    """
    if len(at) == 1:
        return np.full(len(scores), share[0])
    left = np.clip(np.searchsorted(at, scores, side="right") - 1, 0, len(at) - 2)
    within = np.clip((scores - at[left]) / (at[left + 1] - at[left]), 0.0, 1.0)
    return share[left] + within * (share[left + 1] - share[left])
