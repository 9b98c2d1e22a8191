"""Votes on short statements: who agreed, disagreed or passed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

AGREE, PASS, DISAGREE = 1, 0, -1


@dataclass(frozen=True, slots=True, eq=False)
class Votes:
    """Who voted how on what; a pair without a vote was not seen.

    Attributes:
        person: Index into ``people`` of each vote, sorted, shape (v,).
        statement: Index into ``statements`` of each vote, sorted within a person, shape (v,).
        value: 1 agree, 0 pass, -1 disagree, shape (v,).
        people: Name of each participant.
        statements: Name of each statement.
    """

    person: Whole
    statement: Whole
    value: Whole
    people: tuple[str, ...]
    statements: tuple[str, ...]

    @classmethod
    def of_triples(
        cls, triples: Iterable[tuple[object, object, int]], *, statements: Sequence[object] = ()
    ) -> Votes:
        """Return votes told one by one, the oldest first: of two on the same statement the later holds.

        Args:
            triples: Participant, statement and vote (1, 0 or -1).
            statements: Statements that exist, voted on or not; others follow as they come.

        Raises:
            ValueError: A vote is none of 1, 0 and -1.

        Examples:
            >>> votes = Votes.of_triples([("a", "x", 1), ("b", "x", 0), ("a", "x", -1)])
            >>> votes.people, votes.value.tolist()
            (('a', 'b'), [-1, 0])
        """
        people: dict[str, int] = {}
        about = {str(name): place for place, name in enumerate(dict.fromkeys(map(str, statements)))}
        held: dict[tuple[int, int], int] = {}
        for person, statement, value in triples:
            row = people.setdefault(str(person), len(people))
            column = about.setdefault(str(statement), len(about))
            held[row, column] = value
        cells = sorted(held)
        pairs = np.array(cells, dtype=np.int64).reshape(-1, 2)
        values = np.array([held[cell] for cell in cells], dtype=np.float64)
        return cls(pairs[:, 0], pairs[:, 1], _checked(values), tuple(people), tuple(about))

    @classmethod
    def of_matrix(
        cls,
        matrix: ArrayLike,
        *,
        people: Sequence[object] | None = None,
        statements: Sequence[object] | None = None,
    ) -> Votes:
        """Return votes of a matrix.

        Args:
            matrix: 1, 0, -1, and NaN where nothing was seen, shape (participants, statements).
            people: Names of the rows; their numbers when None.
            statements: Names of the columns; their numbers when None.

        Raises:
            ValueError: The matrix is not two-dimensional, names do not fit it, or a vote is none of 1, 0, -1.

        Examples:
            >>> Votes.of_matrix([[1, float("nan")], [0, -1]]).value.tolist()
            [1, 0, -1]
        """
        table = np.asarray(matrix, dtype=np.float64)
        if table.ndim != 2:
            raise ValueError(f"a matrix of shape {table.shape} is not (participants, statements)")
        rows = tuple(map(str, range(table.shape[0]) if people is None else people))
        columns = tuple(map(str, range(table.shape[1]) if statements is None else statements))
        if (len(rows), len(columns)) != table.shape:
            raise ValueError(f"{len(rows)} by {len(columns)} names do not fit a matrix of {table.shape}")
        person, statement = np.nonzero(~np.isnan(table))
        return cls(person, statement, _checked(table[person, statement]), rows, columns)

    @property
    def size(self) -> tuple[int, int]:
        """Participants and statements."""
        return len(self.people), len(self.statements)

    def each(self) -> Whole:
        """Return how many votes each participant cast, shape (participants,)."""
        return np.bincount(self.person, minlength=len(self.people))

    def of(self, rows: Whole) -> Votes:
        """Return the votes of some participants, in the order given."""
        place = np.full(len(self.people), -1)
        place[rows] = np.arange(rows.size)
        kept = place[self.person] >= 0
        person, statement = place[self.person[kept]], self.statement[kept]
        order = np.lexsort((statement, person))
        names = tuple(self.people[row] for row in rows.tolist())
        return Votes(person[order], statement[order], self.value[kept][order], names, self.statements)


def as_votes(votes: Votes | ArrayLike | Iterable[tuple[object, object, int]]) -> Votes:
    """Return votes in whichever form they come.

    A list whose items are tuples of three is taken for triples, anything else for a matrix.

    Examples:
        >>> as_votes([("a", "x", 1), ("b", "x", -1)]).size, as_votes([[1, 0, -1], [0, 1, 1]]).size
        ((2, 1), (2, 3))
    """
    if isinstance(votes, Votes):
        return votes
    if isinstance(votes, np.ndarray) or hasattr(votes, "to_numpy"):
        return Votes.of_matrix(cast("ArrayLike", votes))
    listed: list[Any] = list(cast("Iterable[Any]", votes))
    if all(isinstance(one, tuple) and len(one) == 3 for one in listed):
        return Votes.of_triples(listed)
    return Votes.of_matrix(listed)


def _checked(values: Floats) -> Whole:
    wrong = values[~np.isin(values, (AGREE, PASS, DISAGREE))]
    if wrong.size:
        raise ValueError(f"a vote is {wrong[0]:g}, not 1, 0 or -1")
    return values.astype(np.int64)
