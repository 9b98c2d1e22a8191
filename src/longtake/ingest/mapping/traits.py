"""What the cells of a column look like, whatever its heading says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from longtake.ingest.head import Head
from longtake.ingest.templates.words import EVENTS, METRICS, NODES, PLATFORMS
from longtake.ingest.values import BadValue, moment, number
from longtake.ingest.values.places import COUNTRIES, PROVINCES
from longtake.ingest.values.region import CITIES, LABEL, LONG_PROVINCE
from longtake.ingest.values.unknown import unknown

LONG_TEXT, LONG_ID, SHORT = 6, 9, 20
SEEN = datetime(2030, 1, 1, tzinfo=UTC)
YES_NO = frozenset(
    ["是", "否", "有", "无", "yes", "no", "y", "n", "true", "false", "已购票", "未购票", "已观影", "未观影"]
)
EPOCH = re.compile(r"1[0-9]{9}(?:[0-9]{3})?")
LINK = re.compile(r"(?:https?:)?//\S+|www\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Trait:
    """What every known cell of a column has in common.

    Attributes:
        name: links, times, epochs, platforms, places, yes_no, metrics, acts, materials, stars, numbers,
            running, ids, texts or names.
        cells: Known cells that were looked at.
        example: One of them.
    """

    name: str
    cells: int
    example: str


def traits(head: Head) -> dict[str, Trait]:
    """Return the trait of every column whose known cells agree on one; the first that fits.

    Examples:
        >>> rows = ({"a": "2026-01-08 10:00", "b": "微博"}, {"a": "昨天 12:30", "b": "抖音"})
        >>> {name: one.name for name, one in traits(Head("csv", columns=("a", "b"), samples=rows)).items()}
        {'a': 'times', 'b': 'platforms'}
    """
    found = {}
    for column in filter(None, head.columns):
        cells = [cell.strip() for row in head.samples if not unknown(cell := row.get(column, ""))]
        name = next((name for name, fits in TRAITS if cells and fits(cells)), None)
        if name is not None:
            found[column] = Trait(name, len(cells), cells[0])
    return found


def length(head: Head, column: str) -> int:
    """Return the characters that stand in the cells of a column."""
    return sum(len(row.get(column, "")) for row in head.samples)


def is_text(cell: str) -> bool:
    """Whether a cell may be something somebody wrote."""
    plain = cell.strip()
    return len(plain) >= LONG_TEXT and not is_time(cell) and not _is_number(cell) and not LINK.match(plain)


def is_time(cell: str) -> bool:
    """Whether a cell says when."""
    try:
        return moment(cell, observed_at=SEEN).known
    except BadValue:
        return False


def _is_number(cell: str) -> bool:
    try:
        return number(cell).value is not None
    except BadValue:
        return False


def _every(fits: Callable[[str], bool]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: all(map(fits, cells))


def _of(words: Mapping[str, str]) -> Callable[[Sequence[str]], bool]:
    known = {*words, *words.values()} - {"other"}
    return _every(lambda cell: cell.casefold() in known)


def _is_place(cell: str) -> bool:
    plain = LABEL.sub("", cell).strip()
    short = LONG_PROVINCE.sub("", plain)
    return any(name in PROVINCES or name in CITIES or name in COUNTRIES for name in (plain, short))


def _is_id(cell: str) -> bool:
    return len(cell) >= LONG_ID and bool(re.fullmatch(r"[0-9]+|[0-9a-f]{16,}|BV[0-9A-Za-z]{8,}", cell))


def _distinct(fits: Callable[[str], bool]) -> Callable[[Sequence[str]], bool]:
    return lambda cells: len(set(cells)) == len(cells) and all(map(fits, cells))


def _running(cells: Sequence[str]) -> bool:
    """Whether the cells count the rows."""
    if len(cells) < 2 or not all(cell.isascii() and cell.isdigit() and len(cell) < LONG_ID for cell in cells):
        return False
    steps = {int(late) - int(early) for early, late in pairwise(cells)}
    return steps in ({1}, {-1})


def _stars(cells: Sequence[str]) -> bool:
    if len(cells) < 2 or not all(re.fullmatch(r"[0-5](?:\.[05])?", cell) for cell in cells):
        return False
    return all(0.5 <= float(cell) <= 5 for cell in cells)


TRAITS: tuple[tuple[str, Callable[[Sequence[str]], bool]], ...] = (
    ("links", _every(lambda cell: LINK.match(cell) is not None)),
    ("epochs", _every(lambda cell: EPOCH.fullmatch(cell) is not None)),
    ("ids", _distinct(_is_id)),
    ("times", _every(is_time)),
    ("platforms", _of(PLATFORMS)),
    ("metrics", _of(METRICS)),
    ("yes_no", _every(lambda cell: cell.casefold() in YES_NO)),
    ("acts", _of(EVENTS)),
    ("materials", _of(NODES)),
    ("places", _every(_is_place)),
    ("running", _running),
    ("stars", _stars),
    ("numbers", _every(_is_number)),
    ("texts", _every(is_text)),
    ("names", _every(lambda cell: len(cell) <= SHORT)),
)
"""Traits in the order in which they are tried."""
