"""Parsed JSON as the cells and records that readers work on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from longtake.domain.receipt import Refused
from longtake.ingest.cells import Unfit
from longtake.ingest.formats.jsonfile import items, lines
from longtake.ingest.head import Head


def flat(record: Mapping[str, object], column: str) -> str:
    """Return one value of a JSON object as the text a table would hold; empty when it is absent.

    Raises:
        Unfit: An object stands there, or a list of anything but text.

    Examples:
        >>> flat({"likes": 12}, "likes"), flat({"tags": ["a", "b"]}, "tags"), flat({"id": None}, "id")
        ('12', 'a,b', '')
    """
    value = record.get(column)
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return ",".join(value)
    raise Unfit(column, "a list" if isinstance(value, list) else "an object", "text or a number")


def child(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return the object under a key, an empty one when there is none.

    Examples:
        >>> child({"user": {"id": 1}}, "user"), child({"user": None}, "user")
        ({'id': 1}, {})
    """
    value = record.get(key)
    return value if isinstance(value, dict) else {}


def units(path: Path, head: Head) -> Iterator[tuple[int, dict[str, object] | Refused]]:
    """Yield each line of JSON Lines, each item of an array, or the one object of a JSON file.

    Yields:
        1-based line or item number, and the object or why it is none.
    """
    return lines(path, head) if head.form == "jsonl" else items(path, head)


class Numbering:
    """Gives every record of pages within a file its own number, never below its line's.

    Examples:
        >>> numbering = Numbering()
        >>> [numbering.next(line) for line in (1, 1, 1, 2, 9)]
        [1, 2, 3, 4, 9]
    """

    def __init__(self) -> None:
        self._last = 0

    def next(self, line: int) -> int:
        """Return the number of the next record, found on ``line``."""
        self._last = max(line, self._last + 1)
        return self._last
