"""Who takes part, how many groups are tried, and when their number changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]

MOST_GROUPS = 5
LEAST_VOTES = 7
LEAST_PEOPLE = 15
WINS = 4


def most_groups(base: int, *, most: int = MOST_GROUPS) -> int:
    """Return the largest number of groups that is tried for a number of base clusters.

    Examples:
        >>> [most_groups(base) for base in (2, 11, 12, 24, 36, 100)]
        [2, 2, 3, 4, 5, 5]
    """
    return min(most, 2 + base // 12)


def in_conversation(
    cast: Whole, statements: int, *, before: Whole | None = None, least: int = LEAST_VOTES
) -> Whole:
    """Return who takes part in the grouping, in their own order.

    Those with ``min(7, statements)`` votes; those who once took part stay; while fewer than 15 do, those who
    voted most join.

    Args:
        cast: Votes of each participant, shape (n,).
        statements: Statements there are.
        before: Indices of those who took part before.
        least: Votes it takes where there are as many statements.

    Returns:
        Indices, shape (m,).

    Examples:
        >>> in_conversation(np.array([9, 2, 7, 0]), 20).tolist()
        [0, 1, 2]
    """
    inside = cast >= min(least, statements)
    if before is not None:
        inside[before] = True
    inside &= cast > 0
    lacking = LEAST_PEOPLE - int(inside.sum())
    if lacking > 0:
        rest = [one for one in np.argsort(-cast, kind="stable") if not inside[one] and cast[one] > 0]
        inside[rest[:lacking]] = True
    return np.flatnonzero(inside)


@dataclass(frozen=True, slots=True)
class KSmoother:
    """Keeps the number of groups until another one has won four times in a row.

    Attributes:
        last: The number that won last; None before the first.
        wins: How often in a row.
        held: The number in use; None before the first.
    """

    last: int | None = None
    wins: int = 0
    held: int | None = None

    def after(self, best: int) -> KSmoother:
        """Return the smoother after one more grouping in which a number was best.

        Examples:
            >>> smoother = KSmoother()
            >>> for best in (2, 3, 3, 3, 3):
            ...     smoother = smoother.after(best)
            ...     print(smoother.held, end=" ")
            2 2 2 2 3
        """
        wins = self.wins + 1 if best == self.last else 1
        held = best if wins >= WINS or self.held is None else self.held
        return KSmoother(best, wins, held)
