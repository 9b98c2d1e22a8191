"""From beliefs about arms to shares of the next batch."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def floored(weights: ArrayLike, *, floor: float) -> Floats:
    """Return weights mixed with even ones, so that no arm falls below the floor.

    An arm that gets nothing can neither be found to have been the best nor be judged fairly afterwards.

    Args:
        weights: At least 0, adding up to 1 along the last axis, shape (..., k).
        floor: Least share of an arm, in [0, 1/k].

    Raises:
        ValueError: The floor is out of its range.

    Examples:
        >>> floored([1.0, 0.0], floor=0.1).tolist()
        [0.9, 0.1]
    """
    share = np.asarray(weights, dtype=np.float64)
    k = share.shape[-1]
    if not 0 <= floor <= 1 / k:
        raise ValueError(f"floor {floor} is not in [0, 1/{k}]")
    return np.asarray(floor + (1 - k * floor) * share)


def thompson(first: ArrayLike, *, floor: float = 0.01) -> Floats:
    """Return shares equal to each arm's chance to be the best.

    Args:
        first: Chances to be best, adding up to 1 along the last axis, shape (..., k).
        floor: Least share of an arm, in [0, 1/k].

    Examples:
        >>> thompson([0.75, 0.25], floor=0.0).tolist()
        [0.75, 0.25]

    References:
        Thompson, 1933, On the likelihood that one unknown probability exceeds another,
        doi:10.1093/biomet/25.3-4.285.
    """
    return floored(first, floor=floor)


def top_two(first: ArrayLike, second: ArrayLike, *, floor: float = 0.01) -> Floats:
    """Return shares for finding the best arm rather than earning while looking.

    Half of each batch goes by the chance to be best and half by the chance to be second best.

    Args:
        first: Chances to be best, shape (..., k).
        second: Chances to be second best, shape (..., k).
        floor: Least share of an arm, in [0, 1/k].

    Examples:
        >>> top_two([0.75, 0.25], [0.25, 0.75], floor=0.0).tolist()
        [0.5, 0.5]

    References:
        Russo, 2020, Simple Bayesian algorithms for best-arm identification, doi:10.1287/opre.2019.1911.
    """
    mixed = (np.asarray(first, dtype=np.float64) + np.asarray(second, dtype=np.float64)) / 2
    return floored(mixed, floor=floor)


def drawn_best(
    means: ArrayLike, factor: ArrayLike, *, draws: int = 1000, seed: int = 0
) -> tuple[Floats, Floats]:
    """Return the chances of dependent normal arms to be best and second best, by drawing.

    Args:
        means: Posterior means, shape (..., k), k from 2.
        factor: Lower Cholesky factors of the posterior covariances, shape (..., k, k).
        draws: How many; chances are exact to about ``1 / sqrt(draws)``.
        seed: Seed; the same draws are used for every row, in pairs of opposite sign.

    Examples:
        >>> first, second = drawn_best([0.0, 0.0], [[1.0, 0.0], [0.0, 1.0]], draws=2000)
        >>> bool(abs(first[0] - 0.5) < 0.02), bool((first + second == 1.0).all())
        (True, True)
    """
    centre, root = np.asarray(means, dtype=np.float64), np.asarray(factor, dtype=np.float64)
    k = centre.shape[-1]
    half = np.random.default_rng(seed).standard_normal((max(1, draws // 2), k))
    noise = np.concatenate((half, -half))
    values = centre[..., None, :] + noise @ np.swapaxes(root, -1, -2)
    top = values.argmax(axis=-1)
    np.put_along_axis(values, top[..., None], -np.inf, axis=-1)
    next_to = values.argmax(axis=-1)
    arms = np.arange(k)
    return (top[..., None] == arms).mean(axis=-2), (next_to[..., None] == arms).mean(axis=-2)
