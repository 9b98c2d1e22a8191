"""Difference of two ratios when whole accounts, slots or cities were assigned."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Unknown
from longtake.trial.frequentist.welch import freedom, student

METHOD = "cluster-robust (CR2), Bell and McCaffrey 2002"
LEAST = 4


def clustered_difference(
    control: tuple[ArrayLike, ArrayLike],
    treated: tuple[ArrayLike, ArrayLike],
    *,
    unit: str,
    level: float = 0.95,
) -> Contrast | Unknown:
    """Return the treated mean less the control mean, with errors of clusters and not of rows.

    Rows of one cluster (views of one account, tickets of one city) are alike; the clusters were assigned, so
    they are what was sampled.

    Args:
        control: Sums of the metric, shape (c,), and rows behind each, above zero, shape (c,): one entry a
            cluster.
        treated: The same of the treated clusters.
        unit: Unit of the metric.
        level: Coverage, in (0, 1).

    Returns:
        The difference; Unknown("too_few_clusters") when an arm has fewer than four clusters,
        Unknown("no_spread") when all clusters are alike.

    Raises:
        ValueError: Sums and sizes do not fit each other, a size is not positive, or the level is not in (0,
            1).

    Examples:
        >>> a, b = ([1, 2, 3, 2], [10, 10, 10, 10]), ([3, 4, 5, 4], [10, 10, 10, 10])
        >>> round(clustered_difference(a, b, unit="clicks per view").effect.value, 2)
        0.2

    References:
        Bell and McCaffrey, 2002, Bias reduction in standard errors for linear regression with multi-stage
        samples, Survey Methodology 28(2).
    """
    arms = [_checked(*control), _checked(*treated)]
    n = int(sum(sizes.sum() for _, sizes in arms))
    fewest = min(sizes.size for _, sizes in arms)
    if fewest < LEAST:
        return Unknown("too_few_clusters", METHOD, unit, n, LEAST)
    spreads = [_squared_error(sums, sizes) for sums, sizes in arms]
    if sum(spreads) == 0:
        return Unknown("no_spread", METHOD, unit, n)
    means = [sums.sum() / sizes.sum() for sums, sizes in arms]
    # Clusters of unlike size count for fewer: Kish's number of clusters as large as the large ones.
    counts = [float(sizes.sum() ** 2 / (sizes**2).sum()) for _, sizes in arms]
    degrees = freedom(spreads[0], max(counts[0], 2), spreads[1], max(counts[1], 2))
    return student(
        float(means[1] - means[0]),
        math.sqrt(sum(spreads)),
        degrees,
        level=level,
        unit=unit,
        method=METHOD,
        n=n,
    )


def _squared_error(sums: NDArray[np.float64], sizes: NDArray[np.float64]) -> float:
    """Return the squared error of a ratio of sums over clusters, each residual freed of its own leverage."""
    share = sizes / sizes.sum()
    rest = sums - sums.sum() / sizes.sum() * sizes
    return float((rest**2 / (1 - share)).sum() / sizes.sum() ** 2)


def _checked(sums: ArrayLike, sizes: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return both as arrays."""
    one, two = np.asarray(sums, dtype=np.float64), np.asarray(sizes, dtype=np.float64)
    if one.ndim != 1 or one.shape != two.shape or not (two > 0).all() or not np.isfinite(one).all():
        raise ValueError(f"sums of shape {one.shape}, sizes of shape {two.shape}, sizes above zero")
    return one, two
