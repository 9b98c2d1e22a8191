"""Sample ratio mismatch where weights change from period to period, as a bandit changes them."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, xlogy

Floats = NDArray[np.float64]


def period_p(counts: ArrayLike, weights: ArrayLike) -> float:
    """Return the p-value, for a single look, that units fell on arms by the weights logged for each period.

    Expected counts and their covariance add up over periods. Comparing totals with the last weights, or with
    mean weights, would call every bandit broken.

    Args:
        counts: Units by period and arm, at least 0, shape (t, k).
        weights: Weights logged when each period began, at least 0, in any scale, shape (t, k).

    Returns:
        In [0, 1]; 0 when an arm without weight had a unit, 1 without units.

    Raises:
        ValueError: Shapes differ, a value is negative, or a period with units has no weight.

    Examples:
        >>> period_p([[500, 500], [100, 900]], [[0.5, 0.5], [0.1, 0.9]])
        1.0
    """
    n, share = _checked(counts, weights)
    if ((share == 0) & (n > 0)).any():
        return 0.0
    size = n.sum(axis=1)
    gap = (n - size[:, None] * share).sum(axis=0)
    spread = np.diag((size[:, None] * share).sum(axis=0)) - np.einsum("t,ti,tj->ij", size, share, share)
    rank = int(np.linalg.matrix_rank(spread, hermitian=True)) if size.sum() else 0
    if rank == 0:
        return 1.0
    return float(chdtrc(rank, gap @ np.linalg.pinv(spread, hermitian=True) @ gap))


def period_evidence(counts: ArrayLike, weights: ArrayLike, *, strength: float = 100.0) -> Floats:
    """Return the log of the evidence, period by period, against the logged weights.

    Each period is judged by the tilt of the weights that the periods before it suggest; a tilt that was
    chosen before a period cannot win on it by chance, so the evidence may be read at every period.

    Args:
        counts: Units by period and arm, at least 0, shape (..., t, k).
        weights: Weights logged when each period began, the same shape or (t, k).
        strength: Units an arm is given on either side before tilts are believed, above zero.

    Returns:
        Shape (..., t).

    Raises:
        ValueError: As :func:`period_p`, or the strength is not positive.

    Examples:
        >>> fair = period_evidence([[500, 500]] * 9, [[0.5, 0.5]] * 9)
        >>> lost = period_evidence([[560, 440]] * 9, [[0.5, 0.5]] * 9)
        >>> bool(fair[-1] <= 0), bool(lost[-1] > 3)
        (True, True)

    References:
        Dawid, 1984, Present position and potential developments: the prequential approach,
        doi:10.2307/2981683.
    """
    n, share = _checked(counts, weights)
    if not strength > 0:
        raise ValueError(f"strength {strength}")
    expected = n.sum(axis=-1, keepdims=True) * share
    before = np.cumsum(n, axis=-2) - n, np.cumsum(expected, axis=-2) - expected
    tilted = share * (before[0] + strength) / (before[1] + strength)
    tilted = tilted / tilted.sum(axis=-1, keepdims=True)
    gained = (xlogy(n, np.where(share > 0, tilted, 1.0)) - xlogy(n, np.where(share > 0, share, 1.0))).sum(-1)
    gained = np.where(((share == 0) & (n > 0)).any(axis=-1), np.inf, gained)
    return np.asarray(np.cumsum(gained, axis=-1))


def _checked(counts: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Return both as arrays of one shape, the weights of each period adding up to 1."""
    n, raw = np.asarray(counts, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if n.ndim < 2 or raw.shape != n.shape[n.ndim - raw.ndim :] or not (n >= 0).all() or not (raw >= 0).all():
        raise ValueError(f"counts of shape {n.shape}, weights of shape {raw.shape}, at least 0")
    whole = np.broadcast_to(raw.sum(axis=-1, keepdims=True), (*n.shape[:-1], 1))
    if ((whole == 0) & (n.sum(axis=-1, keepdims=True) > 0)).any():
        raise ValueError("a period with units has no weight")
    return n, np.broadcast_to(raw / np.maximum(raw.sum(axis=-1, keepdims=True), 1e-300), n.shape)
