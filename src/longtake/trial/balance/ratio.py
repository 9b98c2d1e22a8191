"""Sample ratio mismatch: at one look, and at every look."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc, gammaln, xlogy

Floats = NDArray[np.float64]


def ratio_p(counts: ArrayLike, weights: ArrayLike) -> float:
    """Return the p-value that units fell on arms by their weights, for a single look.

    Args:
        counts: Units of each arm, at least 0, shape (k,).
        weights: Planned weight of each arm, at least 0, in any scale, shape (k,). An arm without weight takes
            no degree of freedom, and a single unit in it is proof of a fault.

    Returns:
        In [0, 1]; 1 without units.

    Raises:
        ValueError: Shapes differ, a value is negative, or no arm has weight.

    Examples:
        >>> round(ratio_p([1000, 1100], [0.5, 0.5]), 6)
        0.029096
        >>> ratio_p([1000, 1000, 1], [1, 1, 0])
        0.0

    References:
        Fabijan et al., 2019, Diagnosing sample ratio mismatch in online controlled experiments,
        doi:10.1145/3292500.3330722.
    """
    n, share = _checked(counts, weights)
    used = share > 0
    if (n[~used] > 0).any():
        return 0.0
    if used.sum() < 2 or n.sum() == 0:
        return 1.0
    expected = n.sum() * share[used]
    return float(chdtrc(used.sum() - 1, ((n[used] - expected) ** 2 / expected).sum()))


def ratio_evidence(counts: ArrayLike, weights: ArrayLike, *, strength: float = 100.0) -> Floats:
    """Return the log of the evidence against the planned weights, which may be read at every look.

    The likelihood under shares drawn from a Dirichlet law around the weights, over that under the weights.
    The chance that it ever passes ``1 / alpha`` on a fair split is at most alpha.

    Args:
        counts: Units of each arm so far, at least 0, shape (..., k): one row a look.
        weights: Planned weight of each arm, at least 0, in any scale, shape (k,). A unit in an arm without
            weight makes the evidence infinite.
        strength: Units that the Dirichlet law is worth, above zero: large for small faults found late, small
            for large faults found early.

    Returns:
        Shape (...).

    Raises:
        ValueError: Shapes do not fit, a value is negative, no arm has weight, or the strength is not
            positive.

    Examples:
        >>> round(float(ratio_evidence([1000, 1100], [0.5, 0.5])), 6)
        0.726637

    References:
        Lindon and Malek, 2022, Anytime-valid inference for multinomial count data, NeurIPS 35.
    """
    n, share = _checked(counts, weights)
    if not strength > 0:
        raise ValueError(f"strength {strength}")
    used = share > 0
    prior, seen = strength * share[used], n[..., used]
    grown = gammaln(strength) - gammaln(strength + seen.sum(axis=-1))
    grown = grown + (gammaln(prior + seen) - gammaln(prior)).sum(axis=-1)
    against = grown - xlogy(seen, share[used]).sum(axis=-1)
    return np.where((n[..., ~used] > 0).any(axis=-1), np.inf, against)


def _checked(counts: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats]:
    """Return both as arrays, weights adding up to 1."""
    n, share = np.asarray(counts, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if n.shape[-1:] != share.shape or share.ndim != 1 or not (n >= 0).all():
        raise ValueError(f"counts of shape {n.shape}, weights of shape {share.shape}, at least 0")
    if not (share >= 0).all() or not share.sum() > 0:
        raise ValueError(f"weights {share.tolist()} hold none above zero")
    return n, share / share.sum()
