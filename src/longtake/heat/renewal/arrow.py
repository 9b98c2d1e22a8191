"""Least squares with one coefficient that walks and a few that stay."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import solveh_banded

from longtake.heat.renewal.solve import inverse

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The posterior of a Gaussian random walk beside fixed coefficients.

    Attributes:
        path: Mean of the walk, shape (t,).
        spread: Its standard deviation, shape (t,).
        fixed: Mean of the fixed coefficients, shape (p,).
        evidence: Log marginal likelihood, up to a constant of the data.
    """

    path: Floats
    spread: Floats
    fixed: Floats
    evidence: float


def walk(
    wanted: Floats,
    moved: Floats,
    columns: Floats,
    weight: Floats,
    *,
    step: float,
    prior: Floats,
    start: float,
) -> Walk:
    """Return the posterior of ``wanted = columns' fixed + moved * path + error``.

    The precision of path and fixed coefficients is an arrow: tridiagonal, with p dense columns. One banded
    solve and one of size p give mean, variance and evidence in O(t p^2).

    Args:
        wanted: Shape (t,).
        moved: What the walk multiplies, shape (t,).
        columns: Shape (p, t).
        weight: One over the error variance, 0 where unseen, shape (t,).
        step: Standard deviation of one step of the walk, above 0.
        prior: Precision of the fixed coefficients around 0, shape (p, p).
        start: Standard deviation of the walk's first value around 0.

    References:
        Rue and Held, 2005, Gaussian Markov random fields, ISBN 9781584884323, sections 2.3 and 2.4.
    """
    t = wanted.size
    loose = 1.0 / step**2
    diagonal = weight * moved**2
    diagonal[1:] += loose
    diagonal[:-1] += loose
    diagonal[0] += 1.0 / start**2
    band = np.zeros((2, t))
    band[0, 1:] = -loose
    band[1] = diagonal
    cross = (columns * (weight * moved)).T
    right = weight * moved * wanted
    solved = solveh_banded(band, np.column_stack([right, cross]), check_finite=False)
    inner = (columns * weight) @ columns.T + prior - cross.T @ solved[:, 1:]
    inner = (inner + inner.T) / 2
    spare = inverse(inner)
    short = columns @ (weight * wanted) - cross.T @ solved[:, 0]
    fixed = spare @ short
    path = solved[:, 0] - solved[:, 1:] @ fixed
    variance, log_band = _tridiagonal(diagonal, -loose)
    variance = variance + np.einsum("tp,pq,tq->t", solved[:, 1:], spare, solved[:, 1:])
    seen = weight > 0
    explained = float(right @ solved[:, 0] + short @ fixed)
    log_prior = -2.0 * (t - 1) * np.log(step) - 2.0 * np.log(start)
    evidence = 0.5 * (
        float(np.log(weight[seen]).sum())
        - float((weight * wanted**2).sum())
        + explained
        - log_band
        - _log_determinant(inner)
        + log_prior
    )
    return Walk(path, np.sqrt(np.maximum(variance, 0.0)), fixed, evidence)


def _tridiagonal(diagonal: Floats, off: float) -> tuple[Floats, float]:
    """Return the diagonal of the inverse, and the log determinant, of a tridiagonal matrix."""
    t = diagonal.size
    values = diagonal.tolist()
    down, up = [values[0]], [values[-1]]
    square = off * off
    for i in range(1, t):
        down.append(values[i] - square / down[-1])
        up.append(values[t - 1 - i] - square / up[-1])
    below = np.array(down)
    above = np.array(up[::-1])
    return 1.0 / (below + above - diagonal), float(np.log(below).sum())


def _log_determinant(inner: Floats) -> float:
    """Return the log determinant; directions that rounding made negative count as nearly flat."""
    values = np.linalg.eigvalsh(inner)
    return float(np.log(np.maximum(values, max(1e-12 * float(values[-1]), 1e-300))).sum())
