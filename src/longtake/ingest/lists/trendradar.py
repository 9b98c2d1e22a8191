"""Ranks over a day on many lists, from TrendRadar's SQLite database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item
from longtake.ingest.cells import Unfit, fit, needed
from longtake.ingest.formats.sqlitefile import Cell, rows
from longtake.ingest.head import Head
from longtake.ingest.observed import day_in
from longtake.ingest.reader import Context
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import count

_NEEDED = frozenset({
    "news_items.id", "news_items.title", "news_items.platform_id", "rank_history.news_item_id",
    "rank_history.rank", "rank_history.crawl_time",
})  # fmt: skip
_PLATFORMS = {"bilibili-hot-search": "bilibili"}


@dataclass(frozen=True, slots=True)
class TrendRadarReader:
    """Reads one row of ``rank_history`` a record, in order of its id.

    Rank 0 is how TrendRadar writes "no longer on the list": the rank is then above the list's length,
    which the file does not tell, so the value is unknown and censored "above".
    """

    name: str = "trendradar"
    about: str = "Hot lists of many platforms over a day, TrendRadar's database (output/news/DATE.db)."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is TrendRadar's, in [0, 1]."""
        return 0.98 if head.form == "sqlite" and set(head.columns) >= _NEEDED else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one rank or one refusal a row of ``rank_history``.

        Raises:
            UnreadableFileError: The database is damaged.
            HostileFileError: Reading it takes more than a minute.
        """
        dated = "news_items.crawl_date" in context.head.columns
        columns = ("id", "title", "platform_id", *(("crawl_date",) if dated else ()))
        news = {row[0]: row[1:] for row in rows(path, "news_items", columns, order=("id",))}
        named = day_in(context.name)
        history = rows(path, "rank_history", ("news_item_id", "rank", "crawl_time"), order=("id",))
        for line, (item, rank, clock) in enumerate(history, 1):
            try:
                yield _rank(news, item, rank, str(clock or ""), line, named=str(named or ""))
            except Unfit as unfit:
                yield unfit.refused(line)


def _rank(
    news: Mapping[Cell, tuple[Cell, ...]], item: Cell, rank: Cell, clock: str, line: int, *, named: str
) -> Observation:
    found = news.get(item)
    if found is None:
        raise Unfit("news_item_id", item, "the id of a row of news_items")
    title = needed(str(found[0] or ""), "title", "the topic")
    platform = str(found[1] or "").strip().casefold()
    place = fit(count, rank, "rank")
    if place is None:
        raise Unfit("rank", rank, "a place from 1, or 0 for one that left the list")
    day = str(found[2] or "") if len(found) > 2 else ""
    told = clock if "20" in clock[:2] else f"{day or named} {clock.replace('-', ':')}"
    when = fit(lambda raw: moment(raw, observed_at=None), told.strip(), "crawl_time")
    if when.low is None:
        raise Unfit("crawl_time", clock, "a time such as 2026-01-12 09:00")
    return Observation(
        title, "topic", _PLATFORMS.get(platform, platform) or "other", "rank",
        float(place) if place else None, "rank", line, when.low, when.high, when.precision,
        censored=None if place else "above", raw=None if place else "0", observed_at=when.low,
    )  # fmt: skip


READER = TrendRadarReader()
