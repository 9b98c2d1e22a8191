"""Statements that mark a group: what it says and the others do not."""

from __future__ import annotations

import math
from dataclasses import dataclass

from longtake.opinion.statements.tally import Tally

Z90 = 1.2816
"""One-sided: a tenth of a normal distribution lies above."""
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Leaning:
    """How a group votes one way on one statement, against the others.

    Attributes:
        chosen: Votes that way in the group.
        seen: Votes of the group.
        p: Share that way, one vote added to each of two sides.
        p_test: How far ``p`` is above one half, in standard errors.
        r: ``p`` over the same share of the others.
        r_test: How far the group's share is above that of the others, in standard errors.
    """

    chosen: int
    seen: int
    p: float
    p_test: float
    r: float
    r_test: float

    @property
    def weight(self) -> float:
        """What statements are ranked by."""
        return self.r * self.r_test * self.p * self.p_test

    @property
    def sure(self) -> bool:
        """Whether both tests pass at one in ten."""
        return self.p_test > Z90 and self.r_test > Z90


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement that marks a group.

    Attributes:
        statement: Index of the statement.
        agrees: Whether the group agrees with it or disagrees.
        leaning: The counts and tests behind it.
        best: Whether it is the clearest agreement, which comes first.
    """

    statement: int
    agrees: bool
    leaning: Leaning
    best: bool = False


def leaning(chosen: int, seen: int, others_chosen: int, others_seen: int) -> Leaning:
    """Return how one side of a statement stands in a group against the others.

    Args:
        chosen: Votes that way in the group, 0 to ``seen``.
        seen: Votes of the group, passes included.
        others_chosen: Votes that way outside the group.
        others_seen: Votes outside it.

    Examples:
        >>> found = leaning(6, 6, 4, 10)
        >>> found.p, round(found.r, 6), round(found.r_test, 4), round(found.p_test, 4)
        (0.875, 2.1, 2.3932, 2.6458)

    References:
        Small, Bjorkegren, Erkkilä, Shaw, Megill, 2021, Polis: scaling deliberation by mapping high
        dimensional opinion spaces, doi:10.6035/recerca.5516.
    """
    p = (chosen + 1) / (seen + 2)
    p_test = 2 * math.sqrt(seen + 1) * ((chosen + 1) / (seen + 1) - 0.5)
    r = p / ((others_chosen + 1) / (others_seen + 2))
    inside, outside = (chosen + 1) / (seen + 1), (others_chosen + 1) / (others_seen + 1)
    pooled = (chosen + others_chosen + 2) / (seen + others_seen + 2)
    # One vote added to nobody's votes gives a pooled share above one: then nothing can be told.
    spread = pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (others_seen + 1))
    return Leaning(chosen, seen, p, p_test, r, (inside - outside) / math.sqrt(spread) if spread > 0 else 0.0)


def representative(counted: Tally, *, most: int = SHOWN) -> tuple[tuple[Mark, ...], ...]:
    """Return the statements that mark each group: agreements first, the clearest of them at the head.

    Args:
        counted: Votes by group.
        most: Statements a group at most.

    Examples:
        >>> import numpy as np
        >>> agree, seen = np.array([[9, 5], [1, 5]]), np.array([[9, 10], [9, 10]])
        >>> marks = representative(Tally(agree, seen - agree, seen))
        >>> [[(mark.statement, mark.agrees) for mark in group] for group in marks]
        [[(0, True)], [(0, False)]]
    """
    groups, statements = counted.seen.shape
    return tuple(
        _marks([_sides(counted, group, one) for one in range(statements) if counted.seen[group, one]], most)
        for group in range(groups)
    )


def _sides(counted: Tally, group: int, statement: int) -> tuple[Mark, Mark]:
    def side(votes: str) -> Leaning:
        own, seen = getattr(counted, votes)[:, statement], counted.seen[:, statement]
        inside, there = int(own[group]), int(seen[group])
        return leaning(inside, there, int(own.sum()) - inside, int(seen.sum()) - there)

    return Mark(statement, True, side("agree")), Mark(statement, False, side("disagree"))


def _marks(sides: list[tuple[Mark, Mark]], most: int) -> tuple[Mark, ...]:
    sides = [pair for pair in sides if pair[0].leaning.chosen or pair[1].leaning.chosen]
    chosen = [yes if yes.leaning.r_test > no.leaning.r_test else no for yes, no in sides]
    sure = [
        mark for mark, pair in zip(chosen, sides, strict=True) if pair[0].leaning.sure or pair[1].leaning.sure
    ]
    sure.sort(key=lambda mark: (-mark.leaning.weight, mark.statement))
    best = _best_agreement([yes for yes, _ in sides])
    if not sure:
        fallback = sorted(chosen, key=lambda mark: (-mark.leaning.weight, mark.statement))[:1]
        return (best,) if best else tuple(fallback)
    head = [best] if best else []
    listed = head + [mark for mark in sure if not best or mark.statement != best.statement]
    kept = listed[:most]
    return (*(mark for mark in kept if mark.agrees), *(mark for mark in kept if not mark.agrees))


def _best_agreement(agreements: list[Mark]) -> Mark | None:
    """Return the clearest agreement, by the peers' running comparison."""
    best: Mark | None = None
    for mark in agreements:
        own = mark.leaning
        if best is None:
            better = own.p_test > Z90 or (own.r > 1 and own.p > 0.5)
        elif best.leaning.r > 1:
            better = own.weight > best.leaning.weight
        else:
            better = own.p * own.p_test > best.leaning.p * best.leaning.p_test
        if better:
            best = mark
    return best and Mark(best.statement, True, best.leaning, best=True)
