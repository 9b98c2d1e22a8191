"""What a renewal process is expected to do when its past enters through its mean."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.linalg import lapack

Floats = NDArray[np.float64]


def respond(source: ArrayLike, season: ArrayLike, weights: ArrayLike, keep: ArrayLike) -> Floats:
    """Return expected counts ``m_t = source_t + s_t sum_k a_kt e_kt`` with ``e`` the averages of m itself.

    Args:
        source: What comes from outside in each step, season included, shape (t,) or (t, n).
        season: s, shape (t,).
        weights: alpha, shape (k,), or (k, t) where they change.
        keep: Share each average keeps over a step, shape (k,).

    Returns:
        Shape of ``source``.

    Examples:
        One count breeds half a count in the next step, which breeds a quarter in the one after:

        >>> respond([8.0, 0.0, 0.0], [1.0, 1.0, 1.0], [0.5], [0.0]).tolist()
        [8.0, 4.0, 2.0]

    References:
        Rizoiu et al., 2022, Interval-censored Hawkes processes, JMLR 23(338).
    """
    push = np.asarray(source, dtype=np.float64)
    flat = push.reshape(push.shape[0], -1)
    steps, k = flat.shape[0], np.asarray(keep).size
    kept = np.asarray(keep, dtype=np.float64)
    breed = np.broadcast_to(np.asarray(weights, dtype=np.float64).reshape(k, -1), (k, steps))
    width = k + 1
    # One unit lower triangular band: k averages, then the mean, step after step.
    band = np.zeros((width + 1, steps, width))
    band[0] = 1.0
    cycle = np.asarray(season, dtype=np.float64)
    for i in range(k):
        band[width, :, i] = -kept[i]
        band[i + 1, :, k] = -(1.0 - kept[i])
        band[k - i, :, i] -= cycle * breed[i]
    right = np.zeros((steps, width, flat.shape[1]))
    right[:, k] = flat
    solved, info = lapack.dtbtrs(
        band.reshape(width + 1, -1), right.reshape(steps * width, -1), uplo="L", diag="U"
    )
    if info:
        raise ValueError(f"dtbtrs ended with {info}")
    return np.asarray(solved).reshape(steps, width, -1)[:, k].reshape(push.shape)
