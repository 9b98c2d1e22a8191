"""What the columns of an unknown table probably mean, by their names and by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from longtake.ingest.head import Head
from longtake.ingest.mapping.plan import FIELDS, VALUE, Mapping
from longtake.ingest.mapping.synonyms import METRICS as MORE_METRICS
from longtake.ingest.mapping.synonyms import SYNONYMS
from longtake.ingest.templates.blank import KINDS
from longtake.ingest.templates.columns import key
from longtake.ingest.templates.words import METRICS, PLATFORMS
from longtake.ingest.values import BadValue, moment, number
from longtake.ingest.values.unknown import unknown

UNIT = re.compile(r"\s*[（(\[【][^）)\]】]{0,20}[）)\]】]\s*$")
TABLES = frozenset({"csv", "xlsx", "xls", "json", "jsonl"})
LONG_TEXT = 6
SEEN = datetime(2030, 1, 1, tzinfo=UTC)


def guess(head: Head) -> Mapping | None:
    """Return the mapping that explains most of a table's columns, or None when none makes rows.

    A column counts by its name first (without a unit in brackets), then by what stands in it: the one
    column of times, of numbers, of long texts.

    Examples:
        >>> head = Head("csv", columns=("用户名", "评论正文", "评论日期"), samples=())
        >>> guess(head) == Mapping("comments", {"at": "评论日期", "author": "用户名", "text": "评论正文"})
        True
    """
    if head.form not in TABLES or not any(head.columns):
        return None
    found = [mapping for kind in FIELDS if (mapping := _of_kind(kind, head)) and not mapping.missing]
    return max(found, key=lambda mapping: len(mapping.columns), default=None)


def _of_kind(kind: str, head: Head) -> Mapping | None:
    names = _names(kind)
    columns: dict[str, str] = {}
    for header in filter(None, head.columns):
        name = names.get(_plain(header))
        if name is not None:
            columns.setdefault(name, header)
    if kind == "counts" and "value" not in columns:
        columns |= _wide(head.columns, columns)
    named = len(columns)
    _fill(kind, head, columns)
    if named == 0 or (named == 1 and len(columns) == 1):
        return None
    ordered = {name: columns[name] for name in sorted(columns)}
    return Mapping(kind, ordered, _constants(kind, head, columns))


def _names(kind: str) -> dict[str, str]:
    known: dict[str, str] = {}
    for column in KINDS[kind]:
        for name in (column.name, *column.aliases, *SYNONYMS[kind].get(column.name, ())):
            known.setdefault(key(name), column.name)
    return known


def _plain(header: str) -> str:
    """Return a header in the form of comparison, without its unit and a platform before its name."""
    bare = UNIT.sub("", header).strip()
    platform = next((word for word in PLATFORMS if bare.startswith(word) and bare != word), "")
    return key(bare.removeprefix(platform))


def _wide(header: Sequence[str], taken: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for column in header:
        metric = METRICS.get(_plain(column)) or MORE_METRICS.get(_plain(column))
        if metric and column not in taken.values():
            found.setdefault(f"{VALUE}{metric}", column)
    return found


def _fill(kind: str, head: Head, columns: dict[str, str]) -> None:
    """Give fields that no name explains to the only column whose values are of their kind."""
    for name, fits in BY_VALUE[kind]:
        if name in columns:
            continue
        free = [column for column in head.columns if column and column not in columns.values()]
        fitting = [column for column in free if _all(head, column, fits)]
        if len(fitting) == 1 or (fitting and name == "text"):
            columns[name] = (
                max(fitting, key=lambda column: _length(head, column)) if name == "text" else fitting[0]
            )


def _all(head: Head, column: str, fits: Callable[[str], bool]) -> bool:
    cells = [cell for sample in head.samples if not unknown(cell := sample.get(column, ""))]
    return bool(cells) and all(map(fits, cells))


def _length(head: Head, column: str) -> int:
    return sum(len(sample.get(column, "")) for sample in head.samples)


def _is_text(cell: str) -> bool:
    return (
        len(cell.strip()) >= LONG_TEXT and not _is_time(cell) and not _is_number(cell) and "://" not in cell
    )


def _is_time(cell: str) -> bool:
    try:
        return moment(cell, observed_at=SEEN).known
    except BadValue:
        return False


def _is_number(cell: str) -> bool:
    try:
        return number(cell).value is not None
    except BadValue:
        return False


def _constants(kind: str, head: Head, columns: dict[str, str]) -> dict[str, str]:
    """Return what the header says of every row: totals of works add up, numbers of days stand alone."""
    constants: dict[str, str] = {}
    if kind == "counts" and "kind" not in columns:
        by_day = "日期" in columns.get("at", "") and "发布" not in columns.get("at", "")
        constants["kind"] = "increment" if by_day else "cumulative"
    if kind in {"comments", "counts"} and "platform" not in columns:
        named = {term for word, term in PLATFORMS.items() if any(word in column for column in head.columns)}
        if len(named) == 1:
            constants["platform"] = named.pop()
    return constants


BY_VALUE: dict[str, tuple[tuple[str, Callable[[str], bool]], ...]] = {
    "comments": (("text", _is_text), ("at", _is_time)),
    "counts": (("at", _is_time),),
    "events": (("start", _is_time),),
    "boxoffice": (("date", _is_time),),
    "nodes": (),
    "referrals": (),
}
"""Fields that what stands in a column can give away, by kind of row."""
