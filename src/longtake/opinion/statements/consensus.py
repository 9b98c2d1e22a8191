"""What all agree on, whatever group they belong to."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.statements.representative import SHOWN, Z90
from longtake.opinion.statements.tally import Tally

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Agreed:
    """A statement most voters take the same side on.

    Attributes:
        statement: Index of the statement.
        agrees: Whether they agree or disagree.
        chosen: Votes that way.
        seen: Votes on it.
        p: Share that way, one vote added to each of two sides.
        p_test: How far ``p`` is above one half, in standard errors.
    """

    statement: int
    agrees: bool
    chosen: int
    seen: int
    p: float
    p_test: float


def consensus(counted: Tally, *, most: int = SHOWN) -> tuple[Agreed, ...]:
    """Return what everybody together agrees with, then what everybody rejects, the surest first.

    Args:
        counted: Votes by group.
        most: Statements a side at most.

    Examples:
        >>> seen = np.array([[10, 10]])
        >>> found = consensus(Tally(np.array([[9, 5]]), np.array([[1, 5]]), seen))
        >>> [(one.statement, one.agrees, round(one.p, 3)) for one in found]
        [(0, True, 0.833)]
    """
    seen = counted.seen.sum(axis=0)
    found = []
    for agrees, votes in ((True, counted.agree), (False, counted.disagree)):
        side = []
        for statement, (n, s) in enumerate(zip(votes.sum(axis=0).tolist(), seen.tolist(), strict=True)):
            p = (n + 1) / (s + 2)
            p_test = 2 * math.sqrt(s + 1) * ((n + 1) / (s + 1) - 0.5)
            if s and p > 0.5 and p_test > Z90:
                side.append(Agreed(statement, agrees, n, s, p, p_test))
        found += sorted(side, key=lambda one: (-one.p * one.p_test, one.statement))[:most]
    return tuple(found)


def group_aware(counted: Tally) -> Floats:
    """Return the chance that a voter of each group would agree, multiplied over groups, shape (statements,).

    One group that rejects a statement is enough to pull it down, however small the group.

    Examples:
        >>> agree, disagree, seen = np.array([[8], [0]]), np.array([[0], [8]]), np.array([[8], [8]])
        >>> group_aware(Tally(agree, disagree, seen)).round(2).tolist()
        [0.09]
    """
    return np.asarray(((counted.agree + 1) / (counted.seen + 2)).prod(axis=0))


def dividing(counted: Tally) -> Floats:
    """Return how far apart the groups are that agree most and least, in [0, 1], shape (statements,).

    Examples:
        >>> dividing(Tally(np.array([[8], [0]]), np.array([[0], [8]]), np.array([[8], [8]]))).tolist()
        [0.8]
    """
    share = (counted.agree + 1) / (counted.seen + 2)
    return np.asarray(share.max(axis=0) - share.min(axis=0))
