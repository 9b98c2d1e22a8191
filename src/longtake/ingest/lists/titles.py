"""Daily files of the titles on Weibo's hot list, without heat or time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item, Notice, Refused
from longtake.ingest.cells import Unfit, needed, strangers
from longtake.ingest.formats.jsonfile import items
from longtake.ingest.head import Head
from longtake.ingest.observed import day_in, day_span, instant, observed
from longtake.ingest.reader import Context

SHOWN = 50
"""Places on the list; a daily file appends older titles after the last snapshot."""
_KNOWN = frozenset({"url", "title"})


@dataclass(frozen=True, slots=True)
class TitlesReader:
    """Reads ``raw/DATE.json`` of weibo-trending-hot-search.

    The first titles are the day's last snapshot in order; a title further down was on the list that
    day at a place the file does not tell.
    """

    name: str = "hotlist-titles"
    about: str = "Titles of Weibo's hot list by the day, as the weibo-trending-hot-search project keeps them."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is such a day, in [0, 1]."""
        if head.form != "json" or set(head.columns) != _KNOWN:
            return 0.0
        url = head.record.get("url") or next((row.get("url", "") for row in head.samples), "")
        return 0.95 if "weibo" in str(url) else 0.6

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the rank of each title, in file order."""
        yield from strangers(context.head.columns, _KNOWN)
        day = day_in(context.name) or day_in(path.name)
        when = day_span(day) if day else observed(context)
        if when.low is None:
            yield Notice("no_time")
        for line, record in items(path, context.head):
            if isinstance(record, Refused):
                yield record
                continue
            try:
                title = needed(str(record.get("title") or ""), "title", "the topic")
            except Unfit as unfit:
                yield unfit.refused(line)
                continue
            told = line <= SHOWN
            yield Observation(
                title, "topic", "weibo", "rank", float(line) if told else None, "rank", line,
                when.low, when.high, when.precision, raw=None if told else str(line),
                observed_at=instant(when),
            )  # fmt: skip


READER = TitlesReader()
