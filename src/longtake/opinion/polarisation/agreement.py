"""Agreement on an ordered scale, from two camps at the ends over no pattern at all to one answer."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def agreement(counts: ArrayLike) -> float:
    """Return van der Eijk's A: 1 for one answer, 0 for all alike, -1 for half at each end.

    The counts are taken apart into layers that are flat where they are not empty; each layer's agreement is
    weighted by its share.

    Args:
        counts: Answers in each ordered category, at least 0, shape (k,), k at least 3.

    Raises:
        ValueError: Fewer than three categories, no answers, or a negative count.

    Examples:
        >>> agreement([5, 0, 0]), agreement([1, 1, 1, 1]), agreement([3, 0, 0, 3])
        (1.0, 0.0, -1.0)
        >>> round(agreement([30, 40, 210, 130, 530, 50, 10]), 7)
        0.6113333

    References:
        van der Eijk, 2001, Measuring agreement in ordered rating scales, doi:10.1023/A:1010374114305.
    """
    left = np.asarray(counts, dtype=np.float64)
    if left.ndim != 1 or left.size < 3 or (left < 0).any() or not left.sum() > 0:
        raise ValueError(f"counts {left.tolist()} are not answers in three or more categories")
    total, found = float(left.sum()), 0.0
    left = left.copy()
    while (held := left > 1e-12 * total).any():
        height = float(left[held].min())
        share = height * int(held.sum()) / total
        found += share * _layer(held)
        left = np.where(held, left - height, 0.0)
    return found


def _layer(held: NDArray[np.bool_]) -> float:
    """Return the agreement of a layer that is flat where it is not empty."""
    k, filled = held.size, int(held.sum())
    if filled == k:
        return 0.0
    together = apart = 0
    for low, middle, high in combinations(held.tolist(), 3):
        together += (low and middle and not high) or (middle and high and not low)
        apart += low and high and not middle
    if filled == 1:
        return 1.0
    unimodal = ((k - 2) * together - (k - 1) * apart) / ((k - 2) * (together + apart))
    return float(unimodal * (1 - (filled - 1) / (k - 1)))
