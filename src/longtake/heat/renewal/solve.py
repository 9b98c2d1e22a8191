"""Least squares with coefficients that may not be negative, many problems at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 40
# After so many rounds without progress one variable a round is exchanged, which cannot cycle.
PATIENCE = 8
RIDGE = 1e-9


def non_negative(gram: Floats, moment: Floats) -> Floats:
    """Return ``argmin_{x >= 0} x' gram x / 2 - moment' x`` for each problem.

    Block principal pivoting: variables that break a sign condition change sides all at once, and one at a
    time where that does not end.

    Args:
        gram: Shape (b, p, p), symmetric and positive definite.
        moment: Shape (b, p).

    Returns:
        Shape (b, p), each at least 0.

    Examples:
        >>> non_negative(np.eye(2)[None], np.array([[3.0, -1.0]])).round(6).tolist()
        [[3.0, 0.0]]

    References:
        Portugal, Judice and Vicente, 1994, A comparison of block pivoting and interior-point algorithms for
        linear least squares problems with nonnegative variables, doi:10.2307/2153286.
    """
    b, p = moment.shape
    scale = np.sqrt(np.maximum(np.einsum("bpp->bp", gram), 1e-300))
    scaled = gram / scale[:, :, None] / scale[:, None, :]
    # The smallest ridge that keeps columns which repeat each other apart.
    scaled = scaled + 1e-10 * np.eye(p)
    target = moment / scale
    inside = np.ones((b, p), dtype=bool)
    fewest = np.full(b, p + 1)
    left = np.full(b, PATIENCE)
    x = np.zeros((b, p))
    eye = np.eye(p, dtype=bool)
    for _ in range(ROUNDS):
        both = inside[:, :, None] & inside[:, None, :]
        x = np.linalg.solve(np.where(both, scaled, eye), np.where(inside, target, 0.0)[:, :, None])[:, :, 0]
        slack = np.einsum("bpq,bq->bp", scaled, x) - target
        wrong = np.where(inside, x < -1e-9, slack < -1e-9)
        count = wrong.sum(axis=1)
        if not count.any():
            break
        better = count < fewest
        fewest = np.where(better, count, fewest)
        left = np.where(better, PATIENCE, left - 1)
        if (left > 0).all():
            inside ^= wrong
            continue
        last = p - 1 - np.argmax(wrong[:, ::-1], axis=1)
        single = np.zeros_like(wrong)
        single[np.arange(b), last] = count > 0
        inside ^= np.where((left > 0)[:, None], wrong, single)
    return np.asarray(np.maximum(x, 0.0) / scale)


def inverse(gram: Floats) -> Floats:
    """Return the inverse of a Gram matrix whose columns may repeat each other or be empty.

    Columns are brought to one length and kept apart by the smallest ridge; an empty one has variance 0.

    Args:
        gram: Shape (p, p), symmetric, not negative.

    Examples:
        >>> inverse(np.diag([4.0, 0.0])).round(6).tolist()
        [[0.25, 0.0], [0.0, 0.0]]
    """
    length = np.sqrt(np.maximum(np.diag(gram), 0.0))
    known = length > 1e-150
    scale = np.where(known, length, 1.0)
    scaled = gram / scale[:, None] / scale[None, :]
    scaled = np.where(known[:, None] & known[None, :], scaled, 0.0)
    scaled = scaled + np.diag(np.where(known, RIDGE, 1.0))
    found = np.linalg.inv(scaled) / scale[:, None] / scale[None, :]
    return np.asarray(np.where(known[:, None] & known[None, :], found, 0.0))
