"""From a header to rows: where each field stands, decided once a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from longtake.domain.receipt import Row
from longtake.ingest.cells import Unfit
from longtake.ingest.social.fields import identifier, stamp, tally, when
from longtake.ingest.social.mediacrawler.spec import Shape
from longtake.ingest.values import BadValue

_CHECKS: dict[str, Callable[[str], object]] = {
    "id": identifier,
    "node": identifier,
    "parent": identifier,
    "likes": tally,
    "replies": tally,
    "shares": tally,
    "seen": stamp,
    "at": lambda raw: when(raw, None),
    "at_text": lambda raw: when(raw, None),
}


class Plan(Protocol):
    """How the records of one table become rows."""

    def rows(self, line: int, cells: Sequence[str]) -> tuple[Row, ...]:
        """Return the rows of one record.

        Raises:
            BadValue: A cell does not fit; :func:`faults` tells which.
        """
        ...


def places(shape: Shape, columns: Sequence[str], wanted: str) -> tuple[int, ...]:
    """Return where a field's columns stand, in the order of preference of the shape.

    Examples:
        >>> shape = Shape("x", "comments", frozenset(), {"hash": "author", "id": "author"}, "")
        >>> places(shape, ("id", "text", "hash"), "author")
        (2, 0)
    """
    return tuple(
        columns.index(column) for column, into in shape.fields.items() if into == wanted and column in columns
    )


def place_or_end(shape: Shape, columns: Sequence[str], wanted: str) -> int:
    """Return where a field's first column stands, or one past the last, where a blank cell is put."""
    found = places(shape, columns, wanted)
    return found[0] if found else len(columns)


def faults(shape: Shape, columns: Sequence[str], cells: Sequence[str]) -> list[Unfit]:
    """Return every cell of a record that is not of its column's type, in the order of the columns."""
    found: list[Unfit] = []
    for column, cell in zip(columns, cells, strict=False):
        check = tally if column in shape.metrics else _CHECKS.get(shape.fields.get(column, ""))
        if check is None:
            continue
        try:
            check(cell)
        except BadValue as bad:
            found.append(Unfit(column, cell, bad.expected))
    return found


def unknown(shape: Shape, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns no generation of the table has, sorted."""
    return tuple(sorted({column for column in columns if column} - shape.known))
