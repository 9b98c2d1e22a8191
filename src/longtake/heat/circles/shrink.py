"""The nearest matrix in which circles differ only by what they send, what they take, and themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ROUNDS = 30
TINY = 1e-12


def common(matrix: Floats, precision: Floats) -> Floats:
    """Return ``takes_i * sends_j``, plus an own excess on the diagonal, nearest to each matrix.

    Off the diagonal the weighted least-squares product is found by turns; the diagonal, which has a term of
    its own, is kept as it is.

    Args:
        matrix: Shape (b, c, c), at least 0, row i receives from column j.
        precision: Weight of each entry, above 0, shape (b, c, c).

    Returns:
        Shape (b, c, c).

    Examples:
        >>> outer = np.outer([1.0, 2.0, 3.0], [4.0, 5.0, 6.0])[None]
        >>> bool(np.allclose(common(outer, np.ones((1, 3, 3))), outer))
        True

    References:
        Gabriel and Zamir, 1979, Lower rank approximation of matrices by least squares with any choice of
        weights, doi:10.1080/00401706.1979.10489819.
    """
    c = matrix.shape[1]
    off = ~np.eye(c, dtype=bool)
    weight = precision * off
    takes = np.maximum((weight * matrix).sum(axis=2) / np.maximum(weight.sum(axis=2), TINY), TINY)
    sends = np.ones_like(takes)
    for _ in range(ROUNDS):
        top = (weight * matrix * takes[:, :, None]).sum(axis=1)
        sends = top / np.maximum((weight * takes[:, :, None] ** 2).sum(axis=1), TINY)
        top = (weight * matrix * sends[:, None, :]).sum(axis=2)
        takes = top / np.maximum((weight * sends[:, None, :] ** 2).sum(axis=2), TINY)
    return np.where(off, takes[:, :, None] * sends[:, None, :], matrix)
