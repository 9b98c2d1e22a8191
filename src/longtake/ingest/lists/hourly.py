"""Hourly snapshots of Weibo's hot list, one JSON array a file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item, Notice, Refused
from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.cells import Unfit, fit, needed, strangers
from longtake.ingest.formats.jsonfile import items
from longtake.ingest.head import Head
from longtake.ingest.lists.snapshot import hour_of
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.moment import epoch
from longtake.ingest.values.number import count
from longtake.ingest.values.text import clean

KNOWN = frozenset(
    {"title", "category", "description", "url", "hot", "ads", "readCount", "discussCount", "origin"}
)
_SHOWN = re.compile(r"display_time(?:=|%3D)(\d{10})")
_PLACE = re.compile(r"realpos(?:=|%3D)(\d{1,3})(?!\d)")
_BAND = re.compile(r"band_rank(?:=|%3D)(\d{1,3})(?!\d)")
_TOTALS = (("readCount", "reads"), ("discussCount", "discussions"))
_NO_CATEGORY = frozenset({"", "暂无"})
_UNKNOWN = Moment(None, None, Precision.UNKNOWN)


@dataclass(frozen=True, slots=True)
class HourlyReader:
    """Reads ``api/DATE/HH.json`` and ``api/DATE/summary.json`` of weibo-trending-hot-history."""

    name: str = "hotlist-hourly"
    about: str = "Weibo's hot list by the hour, as the weibo-trending-hot-history project keeps it."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is such a snapshot, in [0, 1]."""
        if head.form != "json":
            return 0.0
        seen = set(head.columns)
        if {"title", "hot", "ads", "url"} <= seen:
            return 0.95
        return 0.8 if {"title", "hot", "category"} <= seen else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield hot, rank, reads and discussions of each row, in file order."""
        yield from strangers(context.head.columns, KNOWN)
        hour = hour_of(context.name, path)
        taken = observed(context) if hour is None else hour
        if context.observed_at is None and hour is None:
            taken = _UNKNOWN
        place, timeless = 0, False
        for line, record in items(path, context.head):
            if isinstance(record, Refused):
                yield record
                continue
            try:
                paid = record.get("ads") is True
                place += not paid
                when = taken if hour is not None else _shown(record.get("url")) or taken
                rows = _rows(record, line, None if paid else place, when)
            except Unfit as unfit:
                yield unfit.refused(line)
                continue
            timeless = timeless or when.low is None
            yield from rows
        if timeless:
            yield Notice("no_time")


def _shown(url: object) -> Moment | None:
    found = _SHOWN.search(url) if isinstance(url, str) else None
    at = epoch(found[1]) if found else None
    return Moment(at, at + timedelta(seconds=1), Precision.SECOND) if at else None


def _number(raw: object, column: str) -> float | None:
    if raw is None or type(raw) is int:
        return float(raw) if raw is not None and raw >= 0 else None
    if isinstance(raw, float):
        return float(round(raw))
    value = fit(count, raw if isinstance(raw, str) else str(raw), column)
    return None if value is None else float(value)


def _rows(record: Mapping[str, object], line: int, place: int | None, when: Moment) -> list[Observation]:
    title = needed(str(record.get("title") or ""), "title", "the topic")
    category = clean(str(record.get("category") or ""))
    kept = None if category in _NO_CATEGORY else category
    paid = place is None
    at, end, unit, seen = when.low, when.high, when.precision, instant(when)

    def row(metric: str, value: float | None, kind: str) -> Observation:
        return Observation(
            title, "topic", "weibo", metric, value, kind, line, at, end, unit,
            category=kept, sponsored=paid, observed_at=seen,
        )  # fmt: skip

    rows = [row("hot", _number(record.get("hot"), "hot") or None, "score")]
    if place is not None:
        url = record.get("url")
        told = (_PLACE.search(url) or _BAND.search(url)) if isinstance(url, str) else None
        rows.append(row("rank", float(int(told[1]) or place) if told else float(place), "rank"))
    for key, metric in _TOTALS:
        value = _number(record.get(key), key)
        if value:
            rows.append(row(metric, value, "cumulative"))
    return rows


READER = HourlyReader()
