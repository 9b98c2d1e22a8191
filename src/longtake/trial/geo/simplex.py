"""Weights of donors, none below zero and of sum one, that follow a treated series best."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TINY = 1e-9
MOST_TURNS = 4000


def simplex_weights(gram: Floats, pull: Floats, start: Floats | None = None) -> Floats:
    """Return w of ``min w'Gw / 2 - p'w`` with w at least 0 and of sum 1.

    An active set: donors come in one at a time where the gradient is lowest and leave where they would fall
    below zero, so the answer is exact up to rounding. A start from a neighbouring problem needs few turns.

    Args:
        gram: G, products of the donors' series with one another, shape (k, k), symmetric, not negative.
        pull: p, products of the donors' series with the treated one, shape (k,).
        start: Weights to start from, shape (k,), at least 0 and of sum 1.

    Returns:
        Weights, shape (k,).

    Raises:
        ValueError: Shapes differ, there are no donors, or a number is missing.

    Examples:
        >>> simplex_weights(np.eye(2), np.array([0.75, 0.25])).round(6).tolist()
        [0.75, 0.25]
        >>> simplex_weights(np.eye(2), np.array([3.0, 0.0])).round(6).tolist()
        [1.0, 0.0]

    References:
        Abadie, Diamond and Hainmueller, 2010, Synthetic control methods for comparative case studies,
        doi:10.1198/jasa.2009.ap08746.
        Nocedal and Wright, 2006, Numerical optimization, section 16.5, doi:10.1007/978-0-387-40065-5.
    """
    k = pull.size
    if k == 0 or gram.shape != (k, k) or not (np.isfinite(gram).all() and np.isfinite(pull).all()):
        raise ValueError(f"gram of shape {gram.shape} and pull of shape {pull.shape}, or a number is missing")
    size = max(float(np.trace(gram)) / k, np.finfo(float).tiny)
    steady = gram / size + TINY * np.eye(k)
    aim = pull / size
    w = _first(steady, aim) if start is None else start.copy()
    inside = w > 0
    for _ in range(MOST_TURNS):
        best = _on_support(steady, aim, inside)
        if (best[inside] > 0).all():
            w = best
            slope = steady @ w - aim
            level = float(slope[inside].mean())
            gap = np.where(inside, 0.0, slope - level)
            comer = int(gap.argmin())
            if gap[comer] >= -TINY:
                break
            inside[comer] = True
            continue
        falling = inside & (best <= 0)
        reach = w[falling] / np.maximum(w[falling] - best[falling], np.finfo(float).tiny)
        w = w + float(reach.min()) * (best - w)
        w[np.flatnonzero(falling)[reach <= reach.min()]] = 0.0
        inside &= w > 0
    w = np.maximum(w, 0.0)
    return np.asarray(w / w.sum())


def _first(gram: Floats, pull: Floats) -> Floats:
    """Return all weight on the one donor that alone does best."""
    w = np.zeros(pull.size)
    w[int((np.diag(gram) / 2 - pull).argmin())] = 1.0
    return w


def _on_support(gram: Floats, pull: Floats, inside: NDArray[np.bool_]) -> Floats:
    """Return the best weights of sum one over the donors inside, of either sign."""
    place = np.flatnonzero(inside)
    m = place.size
    system = np.ones((m + 1, m + 1))
    system[:m, :m] = gram[np.ix_(place, place)]
    system[m, m] = 0.0
    right = np.append(pull[place], 1.0)
    out = np.zeros(pull.size)
    out[place] = np.linalg.solve(system, right)[:m]
    return out
