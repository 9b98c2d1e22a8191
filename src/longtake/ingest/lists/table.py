"""A long table of a hot list over time: one row a topic and snapshot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item, Refused
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.jsonfile import lines
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count, number
from longtake.ingest.values.text import clean

COLUMNS = ("ts", "title", "rank", "category", "hot", "read_count", "discuss_count", "ads")
_IGNORED = frozenset({"origin", "description", "url", "day"})
_METRICS = (
    ("hot", 4, "score"),
    ("rank", 2, "rank"),
    ("reads", 5, "cumulative"),
    ("discussions", 6, "cumulative"),
)
_NO_CATEGORY = frozenset({"", "暂无"})
_YES = frozenset({"true", "1", "yes", "是"})
Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class TableReader:
    """Reads a CSV or JSON Lines table with ts, title and rank or hot, times of Beijing.

    Rank 0 is the pinned topic above the list, which has no place: its value is unknown.
    """

    name: str = "hotlist-table"
    about: str = (
        "A table of a hot list over time: ts, rank, title, category, hot, read_count, discuss_count, ads."
    )

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is such a table, in [0, 1]."""
        seen = set(head.columns)
        if head.form not in {"csv", "xlsx", "jsonl"} or not {"ts", "title"} <= seen:
            return 0.0
        return 0.95 if {"rank", "hot"} <= seen else 0.8 if "rank" in seen or "hot" in seen else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield hot, rank, reads and discussions of each row, in file order."""
        yield from strangers(context.head.columns, {*COLUMNS, *_IGNORED})
        for line, cells in _records(path, context.head):
            if isinstance(cells, Refused):
                yield cells
                continue
            try:
                rows = _rows(cells, line)
            except Unfit as unfit:
                yield unfit.refused(line)
                continue
            yield from rows


def _records(path: Path, head: Head) -> Iterator[tuple[int, Sequence[Cell] | Refused]]:
    if head.form == "jsonl":
        for line, record in lines(path, head):
            if isinstance(record, Refused):
                yield line, record
            else:
                values = [record.get(name) for name in COLUMNS]
                yield line, [v if isinstance(v, (str, int, float)) else None for v in values]
        return
    width = len(head.columns)
    places = [head.columns.index(name) if name in head.columns else -1 for name in COLUMNS]
    for line, cells in table(path, head):
        if len(cells) != width:
            yield line, wrong_width(line, cells, width)
        else:
            yield line, [cells[place] if place >= 0 else None for place in places]


def _value(raw: Cell, metric: str) -> float | None:
    if raw is None or raw == "":
        return None
    if metric == "rank":
        place = fit(count, raw, "rank")
        return None if place is None else float(place)
    value = fit(number, raw, metric).value
    if value is not None and value < 0:
        raise Unfit(metric, raw, "a number not below zero")
    return value or None


def _shown(metric: str, value: float | None, *, paid: bool) -> bool:
    """Whether a number is told: a paid slot has no rank, but that it is there is told by its heat."""
    return metric != "rank" and (value is not None or metric == "hot") if paid else value is not None


def _rows(cells: Sequence[Cell], line: int) -> list[Observation]:
    title = needed(str(cells[1] or ""), "title", "the topic")
    when = fit(lambda raw: moment(raw, observed_at=None), cells[0], "ts")
    if when.low is None:
        raise Unfit("ts", cells[0], "a time such as 2024-05-20 18:00")
    category = clean(str(cells[3] or ""))
    paid = str(cells[7]).strip().casefold() in _YES if cells[7] is not None else None
    values = ((metric, _value(cells[place], metric), kind) for metric, place, kind in _METRICS)
    rows = [
        Observation(
            title, "topic", "weibo", metric, value or None, kind, line, when.low, when.high, when.precision,
            raw="0" if metric == "rank" and value == 0 else None,
            category=None if category in _NO_CATEGORY else category, sponsored=paid,
        )
        for metric, value, kind in values
        if _shown(metric, value, paid=bool(paid))
    ]  # fmt: skip
    if not rows:
        raise Unfit("*", title, "a rank or a heat")
    return rows


READER = TableReader()
