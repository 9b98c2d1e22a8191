"""The axes along which participants differ most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import svds

from longtake.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

AXES = 2
DENSE = 2000
"""Up to this many statements the whole covariance is taken apart; above, only the axes looked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Components:
    """Axes of the vote matrix.

    Attributes:
        centre: Mean vote on each statement among those who saw it, shape (statements,).
        axes: Unit vectors, the axis of most variance first, shape (2, statements); the largest entry of each
            is positive, so that two runs point the same way.
        explained: Share of the variance along each axis, in [0, 1], shape (2,).
    """

    centre: Floats
    axes: Floats
    explained: Floats


def components(votes: Votes, *, moderated: Flags | None = None) -> Components:
    """Return the first two principal components; a statement nobody was shown counts as its mean.

    With means in the gaps, the centred matrix is zero wherever nothing was seen, so gaps take part in no
    product and the matrix stays sparse.

    Args:
        votes: Votes of those who are in the conversation.
        moderated: Statements that were taken out, shape (statements,); they count as zero for everybody.

    Examples:
        >>> found = components(Votes.of_matrix([[1, 1], [-1, -1], [1, 1], [-1, -1]]))
        >>> found.axes[0].round(3).tolist(), found.explained.round(3).tolist()
        ([0.707, 0.707], [1.0, 0.0])

    References:
        Small, Bjorkegren, Erkkilä, Shaw, Megill, 2021, Polis: scaling deliberation by mapping high
        dimensional opinion spaces, doi:10.6035/recerca.5516.
    """
    rows, columns = votes.size
    value = votes.value.astype(np.float64)
    if moderated is not None:
        value = np.where(moderated[votes.statement], 0.0, value)
    seen = np.bincount(votes.statement, minlength=columns)
    centre = np.bincount(votes.statement, weights=value, minlength=columns) / np.maximum(seen, 1)
    matrix = csr_array((value - centre[votes.statement], (votes.person, votes.statement)), (rows, columns))
    total = float((matrix.data**2).sum())
    axes, size = np.zeros((AXES, columns)), np.zeros(AXES)
    if total > 0 and columns <= DENSE:
        values, vectors = np.linalg.eigh((matrix.T @ matrix).toarray())
        found = min(AXES, columns)
        axes[:found], size[:found] = vectors[:, ::-1][:, :found].T, values[::-1][:found]
    elif total > 0 and min(rows, columns) > AXES:
        _, singular, vectors = svds(matrix, k=AXES, v0=np.ones(min(rows, columns)))
        order = np.argsort(-singular, kind="stable")
        axes, size = vectors[order], singular[order] ** 2
    size = np.maximum(size, 0.0)
    axes[size <= 1e-12 * total] = 0.0
    if moderated is not None:
        axes[:, moderated] = 0.0
    return Components(centre, _pointed(axes), size / total if total else size)


def power_iteration(data: ArrayLike, *, iterations: int, start: ArrayLike) -> Floats:
    """Return a unit vector near the first principal component, as the peers' iteration finds it.

    Args:
        data: Centred rows, shape (n, d).
        iterations: Products with the data after the first one, at least 0.
        start: Where to begin, shape (d,).

    Examples:
        >>> power_iteration([[2.0, 0.0], [-2.0, 0.0]], iterations=0, start=[1.0, 1.0]).tolist()
        [1.0, 0.0]
    """
    table, vector = np.asarray(data, dtype=np.float64), np.asarray(start, dtype=np.float64)
    for _ in range(iterations + 1):
        product = table.T @ (table @ vector)
        norm = float(np.linalg.norm(product))
        if norm == 0:
            return vector
        vector = product / norm
    return vector


def _pointed(axes: Floats) -> Floats:
    """Turn each axis so that its largest entry is positive."""
    largest = np.argmax(np.abs(axes).round(9), axis=1)
    sign = np.sign(axes[np.arange(len(axes)), largest])
    return np.asarray(axes * np.where(sign == 0, 1.0, sign)[:, None])
