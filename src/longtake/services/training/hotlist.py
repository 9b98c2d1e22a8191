"""Read an archive of an hourly hot list: the topics of each hour, and their last and next hours."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from longtake.errors import NotFoundError, UnreadableFileError
from longtake.heat.toplist.features import WINDOW, Points

Floats = NDArray[np.float64]
Longs = NDArray[np.int64]

ARCHIVE = "weibo_hot_hourly.parquet"
TOTALS = ("read_count", "discuss_count", "origin")
FILM = ("电影",)
ENTERTAINMENT = ("明星", "电视剧", "综艺", "音乐", "动漫")
UNNAMED = "暂无"
# 1970-01-01 was a Thursday.
_FIRST_WEEKDAY = 3


@dataclass(frozen=True, slots=True, eq=False)
class HotList:
    """Listed topics, ordered by topic and hour; paid places and empty scores set aside.

    Attributes:
        topic: Number of the topic, shape (n,).
        hour: Hours since the archive's first day began, on the list's clock, shape (n,).
        hot: Scores, shape (n,).
        rank: Ranks, shape (n,).
        totals: Readings, contributions and original posts, NaN where unknown, shape (3, n).
        kind: Places in ``KINDS``, -1 where the list names none, shape (n,).
        threshold: Lowest score by hour, NaN in hours nobody looked, shape (hours,).
        day: Days from 1970-01-01 to the archive's first day.
    """

    topic: Longs
    hour: Longs
    hot: Floats
    rank: Floats
    totals: Floats
    kind: Longs
    threshold: Floats
    day: int

    def since(self, year: int, month: int, day: int) -> int:
        """Return the hour at which a date begins."""
        date = np.datetime64(f"{year:04d}-{month:02d}-{day:02d}", "D")
        return (int(date.astype(np.int64)) - self.day) * 24


@dataclass(frozen=True, slots=True, eq=False)
class Origins:
    """Moments from which one looks ahead.

    Attributes:
        points: The hours until then.
        hour: Hour of the archive, shape (n,).
        first: Whether it is the third hour in a row of a topic that was looked for in vain just before,
            shape (n,).
        listed: Whether the topic is on the list after 1 to 6 hours, shape (6, n).
        looked: Whether anybody looked then, shape (6, n).
        change: Change of its log score until then, NaN where not listed, shape (6, n).
    """

    points: Points
    hour: Longs
    first: NDArray[np.bool_]
    listed: NDArray[np.bool_]
    looked: NDArray[np.bool_]
    change: Floats


def read(folder: Path) -> HotList:
    """Read ``heat/weibo_hot_hourly.parquet`` of a folder.

    Raises:
        NotFoundError: It is not there.
        UnreadableFileError: It is damaged or lacks a column.
    """
    path = folder / "heat" / ARCHIVE
    if not path.exists():
        raise NotFoundError("hot list", str(path), fix="Set LONGTAKE_DATA to the folder that holds `heat`.")
    columns = ["ts", "rank", "title", "category", "hot", "ads", *TOTALS]
    try:
        table = pq.read_table(path, columns=columns)
    except (OSError, ValueError, KeyError) as error:
        raise UnreadableFileError(path, f"no table with {', '.join(columns)} ({error})") from error
    table = table.filter(pc.and_(pc.invert(pc.fill_null(table["ads"], False)), pc.greater(table["hot"], 0)))
    hours = table["ts"].to_numpy().astype("datetime64[h]").astype(np.int64)
    day = int(hours.min()) // 24
    hours = hours - day * 24
    topic = table["title"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    hot = table["hot"].to_numpy().astype(np.float64)
    rank = table["rank"].to_numpy().astype(np.float64)
    threshold = np.full(int(hours.max()) + 1, np.inf)
    np.minimum.at(threshold, hours, hot)
    order = np.lexsort((rank, hours, topic))
    repeated = np.r_[False, (np.diff(topic[order]) == 0) & (np.diff(hours[order]) == 0)]
    keep = order[~repeated]
    names = table["category"].cast("string").fill_null(UNNAMED).to_pylist()
    kinds = {name: _kind(name) for name in set(names)}
    return HotList(
        topic=topic[keep],
        hour=hours[keep],
        hot=hot[keep],
        rank=rank[keep],
        totals=np.stack([table[name].to_numpy().astype(np.float64) for name in TOTALS])[:, keep],
        kind=np.array([kinds[name] for name in names], dtype=np.int64)[keep],
        threshold=np.where(np.isinf(threshold), np.nan, threshold),
        day=day,
    )


def _kind(category: str) -> int:
    """Return the place in ``KINDS`` of a category such as film-Chinese film, -1 for none."""
    head = category.strip().split("-")[0].split("\n")[0].strip()
    return 0 if head in FILM else 1 if head in ENTERTAINMENT else -1 if head == UNNAMED else 2


def cycle(listed: HotList, until: int) -> Floats:
    """Return the usual log threshold by hour of day, mean zero, from the hours before ``until``.

    Each hour is compared with the mean of the day around it, so that no trend enters; hours of day that
    nobody ever looked at are drawn between their neighbours.
    """
    level = np.log(listed.threshold[:until])
    known = np.isfinite(level)
    filled, window = np.where(known, level, 0.0), np.ones(25)
    near = np.convolve(filled, window, "same") / np.maximum(np.convolve(known * 1.0, window, "same"), 1.0)
    of_day = np.arange(level.size) % 24
    total = np.bincount(of_day[known], (level - near)[known], minlength=24)
    count = np.bincount(of_day[known], minlength=24)
    has = np.flatnonzero(count)
    found = np.interp(np.arange(24), has, total[has] / count[has], period=24)
    return np.asarray(found - found.mean())


def origins(listed: HotList) -> Origins:
    """Return every listed hour of a topic that was seen in at least three of the last six hours."""
    width = int(listed.hour.max()) + 2 * WINDOW
    key = listed.topic * width + listed.hour

    def at(shift: int) -> tuple[Longs, NDArray[np.bool_]]:
        place = np.minimum(np.searchsorted(key, key + shift), key.size - 1)
        hit = (key[place] == key + shift) & (listed.hour + shift >= 0)
        return place, hit

    back = [at(lag - WINDOW + 1) for lag in range(WINDOW)]
    seen = np.stack([hit for _, hit in back], axis=1)
    use = np.flatnonzero(seen.sum(axis=1) >= 3)
    hour = listed.hour[use]

    def past(values: Floats) -> Floats:
        return np.stack([np.where(hit[use], values[place[use]], np.nan) for place, hit in back], axis=1)

    def looked_at(shift: int) -> Floats:
        when = hour + shift
        inside = (when >= 0) & (when < listed.threshold.size)
        held = listed.threshold[np.clip(when, 0, listed.threshold.size - 1)]
        return np.where(inside, held, np.nan)

    threshold = np.stack([looked_at(lag - WINDOW + 1) for lag in range(WINDOW)], axis=1)
    ahead = [at(shift) for shift in range(1, 7)]
    level = np.log(listed.hot)
    first = seen[use, 3:].all(axis=1) & ~seen[use, 2] & np.isfinite(threshold[:, 2])
    return Origins(
        points=Points(
            hot=past(listed.hot),
            threshold=threshold,
            hour=hour % 24,
            weekday=(hour // 24 + listed.day + _FIRST_WEEKDAY) % 7,
            rank=past(listed.rank),
            reads=past(listed.totals[0]),
            discussions=past(listed.totals[1]),
            posts=past(listed.totals[2]),
            kind=listed.kind[use],
        ),
        hour=hour,
        first=first,
        listed=np.stack([hit[use] for _, hit in ahead]),
        looked=np.stack([np.isfinite(looked_at(shift)) for shift in range(1, 7)]),
        change=np.stack([np.where(hit[use], (level[place] - level)[use], np.nan) for place, hit in ahead]),
    )
