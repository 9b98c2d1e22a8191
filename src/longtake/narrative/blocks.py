"""Resampling that keeps neighbours together, and two distances computed for many samples at once."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

DRAWS = 400
SEED = 20260108


def block_length(n: int) -> int:
    """Return the length of blocks for a series of n: its cube root, at least two where n allows.

    Examples:
        >>> block_length(27), block_length(1), block_length(1000)
        (3, 1, 10)

    References:
        Buehlmann and Kuensch, 1999, Block length selection in the bootstrap for time series,
        doi:10.1016/S0167-9473(99)00014-6 (blocks grow with the cube root of n).
    """
    return min(n, max(2, round(math.cbrt(n))))


def moving_blocks(rng: np.random.Generator, n: int, *, size: int, length: int, draws: int) -> Ints:
    """Return positions drawn in blocks of neighbours.

    Args:
        rng: Source of chance.
        n: Length of the series, at least one.
        size: Positions a draw holds.
        length: Neighbours a block holds, from 1 to n.
        draws: How many.

    Returns:
        Positions in [0, n), shape (draws, size).

    Raises:
        ValueError: The length is not from 1 to n, or the size is below one.

    Examples:
        >>> moving_blocks(np.random.default_rng(1), 3, size=6, length=3, draws=1).tolist()
        [[0, 1, 2, 0, 1, 2]]

    References:
        Kuensch, 1989, The jackknife and the bootstrap for general stationary observations,
        doi:10.1214/aos/1176347265.
    """
    if not 1 <= length <= n or size < 1:
        raise ValueError(f"blocks of {length} in a series of {n}, draws of {size}")
    starts = rng.integers(0, n - length + 1, size=(draws, math.ceil(size / length)))
    return np.asarray((starts[:, :, None] + np.arange(length)).reshape(draws, -1)[:, :size], dtype=np.int64)


def cuts(rng: np.random.Generator, n: int, *, size: int, mean: float, draws: int) -> Ints:
    """Return positions drawn in runs of neighbours whose lengths vary, as an editor's cuts do.

    Each position follows its neighbour, or starts anew anywhere with probability ``1 / mean``; the series
    closes in a ring.

    Args:
        rng: Source of chance.
        n: Length of the series, at least one.
        size: Positions a draw holds, at least one.
        mean: Mean length of a run, at least 1.
        draws: How many.

    Returns:
        Positions in [0, n), shape (draws, size).

    Raises:
        ValueError: The mean is below one, or there is nothing to draw.

    Examples:
        >>> found = cuts(np.random.default_rng(1), 5, size=4, mean=1e9, draws=1)[0]
        >>> ((found[1:] - found[:-1]) % 5).tolist()
        [1, 1, 1]

    References:
        Politis and Romano, 1994, The stationary bootstrap, doi:10.1080/01621459.1994.10476870.
    """
    if mean < 1 or n < 1 or size < 1:
        raise ValueError(f"runs of {mean} in a series of {n}, draws of {size}")
    fresh = rng.random((draws, size)) < 1 / mean
    fresh[:, 0] = True
    start = rng.integers(0, n, size=(draws, size))
    last = np.maximum.accumulate(np.where(fresh, np.arange(size), 0), axis=1)
    return np.asarray((np.take_along_axis(start, last, axis=1) + np.arange(size) - last) % n, dtype=np.int64)


def wasserstein(samples: Floats, reference: Floats) -> Floats:
    """Return the Wasserstein distance between each sample and a reference.

    The area between the two quantile functions, exact.

    Args:
        samples: Shape (k, m).
        reference: Shape (n,), or (k, n) for a reference of its own each.

    Returns:
        Distances in the unit of the values, shape (k,).

    Raises:
        ValueError: A side is empty.

    Examples:
        >>> wasserstein(np.array([[0.0, 1.0], [2.0, 3.0]]), np.array([0.0, 1.0])).tolist()
        [0.0, 2.0]

    References:
        Vallender, 1974, Calculation of the Wasserstein distance between probability distributions on the
        line, doi:10.1137/1118101.
    """
    m, n = samples.shape[1], reference.shape[-1]
    if not m or not n:
        raise ValueError(f"{m} values against {n}")
    # Breaks as whole numbers of 1 / (m n): no rounding decides which value a stretch belongs to.
    breaks = np.union1d(np.arange(m + 1) * n, np.arange(n + 1) * m)
    width = np.diff(breaks) / (m * n)
    left = np.sort(samples, axis=1)[:, breaks[:-1] // n]
    right = np.sort(reference, axis=-1)[..., breaks[:-1] // m]
    return np.asarray(np.abs(left - right) @ width)


def jensen_shannon(counts: Floats, reference: Floats) -> Floats:
    """Return the Jensen-Shannon divergence between each row of counts and a reference, in bits.

    Args:
        counts: Non-negative, shape (k, c).
        reference: Non-negative, shape (c,) or (k, c).

    Returns:
        Divergences in [0, 1], shape (k,); NaN where a side has no count.

    Examples:
        >>> jensen_shannon(np.array([[2.0, 2.0], [0.0, 4.0]]), np.array([1.0, 0.0])).round(3).tolist()
        [0.311, 1.0]

    References:
        Lin, 1991, Divergence measures based on the Shannon entropy, doi:10.1109/18.61115.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        p = counts / counts.sum(axis=-1, keepdims=True)
        q = np.broadcast_to(reference / reference.sum(axis=-1, keepdims=True), p.shape)
        middle = (p + q) / 2
        found = np.where(p > 0, p * np.log2(p / middle), 0.0) + np.where(q > 0, q * np.log2(q / middle), 0.0)
    return np.asarray(np.clip(found.sum(axis=-1) / 2, 0.0, 1.0))


def tail(observed: float, null: Floats) -> float:
    """Return the share of a null at least as large as what was observed, itself counted in.

    Examples:
        >>> tail(3.0, np.array([1.0, 2.0, 3.0]))
        0.5

    References:
        Phipson and Smyth, 2010, Permutation p-values should never be zero, doi:10.2202/1544-6115.1585.
    """
    return float((1 + np.count_nonzero(null >= observed - 1e-12)) / (1 + len(null)))


def recentred(value: float, draws: Floats, *, level: float) -> tuple[float, float]:
    """Return the ends of an interval around a value with the spread that draws have around their own mean.

    A distance is larger between resampled sides than between the sides themselves; its spread is what a
    bootstrap tells, not its place.

    Examples:
        >>> recentred(0.0, np.array([1.0, 2.0, 3.0]), level=0.5)
        (-0.5, 0.5)
    """
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2]) - draws.mean()
    return value + min(float(low), 0.0), value + max(float(high), 0.0)
