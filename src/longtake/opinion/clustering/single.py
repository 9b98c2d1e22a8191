"""How clear groups look in a crowd that has none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.clustering.base import based
from longtake.opinion.clustering.choice import most_groups
from longtake.opinion.clustering.kmeans import kmeans
from longtake.opinion.clustering.silhouette import distances, silhouette

Floats = NDArray[np.float64]

DRAWS = 19
LARGEST = 1500


def single_cloud(positions: Floats, *, draws: int = DRAWS, seed: int = 0) -> float:
    """Return the best silhouette that a single cloud of the same size and spread reaches in 19 draws of 20.

    Any cloud can be cut in two, and its halves have a silhouette of .3 to .4; groups that are no clearer than
    that are a way to cut a continuum.

    Args:
        positions: Where participants stand, shape (n, 2), n at least 4.
        draws: Clouds drawn from one normal distribution, at least 1; the highest of 19 is a test at .05.
        seed: Seed of the draws.

    References:
        Tibshirani, Walther, Hastie, 2001, Estimating the number of clusters in a data set via the gap
        statistic, doi:10.1111/1467-9868.00293 (the idea of a reference without clusters).
    """
    rng = np.random.default_rng(seed)
    spread = np.cov(positions.T) + 1e-12 * np.eye(positions.shape[1])
    highest = 0.0
    for _ in range(draws):
        cloud = rng.multivariate_normal(np.zeros(len(spread)), spread, min(len(positions), LARGEST))
        base = based(cloud, seed=seed)
        apart = distances(base.centres)
        for k in range(2, most_groups(len(base.centres)) + 1):
            label = kmeans(base.centres, k, weights=base.weight, starts=6, swaps=False, seed=seed).label
            if label.max() > 0:
                highest = max(highest, silhouette(apart, label))
    return highest
