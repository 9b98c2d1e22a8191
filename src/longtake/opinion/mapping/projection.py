"""Where participants and statements stand on the axes, whatever they have not seen."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.mapping.components import Components
from longtake.opinion.votes import Votes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def positions(votes: Votes, found: Components, *, moderated: Flags | None = None) -> Floats:
    """Return where each participant stands, shape (participants, 2).

    The sum over seen statements of (vote less centre) times axis, times the square root of statements over
    votes: who voted little would otherwise always stand in the middle.

    Args:
        votes: Votes; a moderated statement counts as a pass that everybody cast.
        found: The axes.
        moderated: Statements that were taken out, shape (statements,).

    Examples:
        >>> axes = Components(np.zeros(2), np.array([[0.6, 0.8], [-0.8, 0.6]]), np.array([1.0, 0.0]))
        >>> votes = Votes.of_matrix([[1, 1], [1, float("nan")]])
        >>> positions(votes, axes).round(4).tolist()
        [[1.4, -0.2], [0.8485, -1.1314]]
    """
    rows, columns = votes.size
    value = votes.value.astype(np.float64)
    out = np.zeros(columns, dtype=bool) if moderated is None else moderated
    kept = ~out[votes.statement]
    person, statement = votes.person[kept], votes.statement[kept]
    off = value[kept] - found.centre[statement]
    sums = [np.bincount(person, weights=off * axis[statement], minlength=rows) for axis in found.axes]
    cast = np.bincount(person, minlength=rows) + int(out.sum())
    stretch = np.sqrt(columns / np.maximum(cast, 1))
    return np.asarray(np.stack(sums, axis=1) * stretch[:, None])


def extremity(found: Components) -> Floats:
    """Return how far out somebody stands who agreed with one statement alone, shape (statements,).

    Examples:
        >>> import numpy as np
        >>> one = Components(np.array([0.5, 0.0]), np.array([[0.6, 0.8], [-0.8, 0.6]]), np.array([1.0, 0.0]))
        >>> extremity(one).round(4).tolist()
        [0.7071, 1.4142]
    """
    alone = (1.0 - found.centre) * found.axes * np.sqrt(found.centre.size)
    return np.asarray(np.linalg.norm(alone, axis=0))
