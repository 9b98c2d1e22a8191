"""Votes counted by group and statement."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.votes import AGREE, DISAGREE, Votes

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """Votes of each group on each statement.

    Attributes:
        agree: Shape (groups, statements).
        disagree: Shape (groups, statements).
        seen: Agreed, disagreed or passed, shape (groups, statements).
    """

    agree: Whole
    disagree: Whole
    seen: Whole


def tally(votes: Votes, label: Whole, groups: int) -> Tally:
    """Count votes by group.

    Args:
        votes: Votes.
        label: Group of each participant, shape (participants,); -1 for none.
        groups: Groups there are.

    Examples:
        >>> found = tally(Votes.of_matrix([[1, 0], [-1, 1], [1, 1]]), np.array([0, 1, 1]), 2)
        >>> found.agree.tolist(), found.seen.tolist()
        ([[1, 0], [1, 2]], [[1, 1], [2, 2]])
    """
    columns = votes.size[1]
    own = label[votes.person]
    cell = own * columns + votes.statement

    def counted(kept: NDArray[np.bool_]) -> Whole:
        return np.bincount(cell[kept & (own >= 0)], minlength=groups * columns).reshape(groups, columns)

    everything = np.ones(own.size, dtype=bool)
    return Tally(counted(votes.value == AGREE), counted(votes.value == DISAGREE), counted(everything))
