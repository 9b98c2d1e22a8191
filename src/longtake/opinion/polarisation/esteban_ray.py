"""Polarisation: few large camps, each alike within, far from one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

MOST_ALPHA = 1.6


def esteban_ray(counts: ArrayLike, positions: ArrayLike | None = None, *, alpha: float = 1.0) -> float:
    """Return Esteban and Ray's polarisation over that of two equal camps at the ends, in [0, 1].

    ``sum_ij p_i^(1 + alpha) p_j |y_i - y_j|``. With alpha near zero it is the Gini coefficient's spread; the
    larger alpha, the more a camp's own size counts.

    Args:
        counts: Answers at each position, at least 0, shape (k,).
        positions: Where they stand, rising, shape (k,); equal steps when None.
        alpha: How much people feel with those alike, in (0, 1.6].

    Raises:
        ValueError: Shapes differ, positions do not rise, no answers, or alpha is out of its range.

    Examples:
        >>> esteban_ray([4, 0, 4]), esteban_ray([0, 9, 0])
        (1.0, 0.0)
        >>> round(esteban_ray([1, 1, 1], alpha=1.0), 4)
        0.5926

    References:
        Esteban, Ray, 1994, On the measurement of polarization, doi:10.2307/2951734.
    """
    share = np.asarray(counts, dtype=np.float64)
    place = (
        np.arange(share.size, dtype=np.float64) if positions is None else np.asarray(positions, dtype=float)
    )
    if share.ndim != 1 or share.size < 2 or place.shape != share.shape or not (np.diff(place) > 0).all():
        raise ValueError("positions do not rise or do not fit the counts")
    if (share < 0).any() or not share.sum() > 0 or not 0 < alpha <= MOST_ALPHA:
        raise ValueError(f"counts {share.tolist()}, alpha {alpha}")
    share = share / share.sum()
    apart = np.abs(place[:, None] - place[None]) / (place[-1] - place[0])
    return float((share ** (1 + alpha)) @ apart @ share * 2 ** (1 + alpha))
