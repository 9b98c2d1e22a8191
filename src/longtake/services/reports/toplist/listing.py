"""What the campaign's topics did on each list, measured."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from longtake.domain.answers.report import Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.domain.timed.series import Series
from longtake.heat.decay.halflife import LIST_ALIKE, count_half_life, half_life
from longtake.heat.grids.grid import DAY, HOUR, counts, hourly
from longtake.heat.grids.profile import cycle, hour_profile
from longtake.heat.measures.concentration import concentration
from longtake.heat.measures.median import median
from longtake.heat.toplist.presence import Presence, presence
from longtake.services.reports.draft import CHINA, JOIN, Draft, part
from longtake.services.reports.toplist.staying import staying

SEEN = 6
HOURS_A_DAY = 12
TOBIT = "log-linear decay, Tobit 1958"
SCORED = frozenset({"topic_half_life"})


class Topic(NamedTuple):
    """One topic on the list: whole hours on it, best rank, first and last seen, highest score."""

    name: str
    hours: int
    best_rank: int
    first: datetime
    last: datetime
    hot: float | None


@dataclass(frozen=True, slots=True)
class Listing:
    """The campaign's topics on one platform's list.

    Attributes:
        platform: Its name.
        present: Presence of the best topic, hour by hour; Unknown when no topic was ever listed.
        figures: By short name.
        topics: Each topic that counted as the campaign's, longest on the list first.
        ranks: Best rank by the hour.
        scores: Highest score by the hour; None where the list shows none.
        fresh: Topics that reached the list for the first time, by the Beijing day.
        staying: Topics listed at the last look and whether they will be; None when none is.
    """

    platform: str
    present: Presence | Unknown
    figures: dict[str, Figure]
    topics: tuple[Topic, ...]
    ranks: Series
    scores: Series | None
    fresh: Series
    staying: Table | None = None


def listings(draft: Draft) -> tuple[Listing, ...]:
    """Return the campaign's presence on every list that was looked at, by platform."""
    return tuple(_listing(draft, row["platform"]) for row in draft.run("lists"))


def _listing(draft: Draft, platform: str) -> Listing:
    words = JOIN.join(draft.topics)
    looks = draft.run("list_snapshots", platform=platform, metric="rank", subject_kind="topic")
    ranked = _entries(draft, platform, "rank", words)
    scored = _entries(draft, platform, "hot", words)
    times = [look["at"] for look in looks]
    start, end = hour_of(min(times)), hour_of(max(times)) + HOUR
    ranks = hourly(
        [row["at"] for row in ranked],
        [row["value"] for row in ranked],
        start=start,
        end=end,
        reduction="min",
        looked=times,
    )
    present = presence(ranks, zone=CHINA)
    if not isinstance(present, Presence):
        return Listing(platform, present, {}, (), ranks, None, _by_day([], times))
    daily = _daily(ranked, times)
    scores: Series | None = None
    faded: Quantity = Unknown("no_score", TOBIT, "hours", 0)
    if scored:
        scores, faded = _scores(draft, platform, scored, start, end)
    measured: dict[str, tuple[str, Quantity]] = {
        "hours": ("list_hours", present.hours),
        "main_days": ("list_main_days", concentration(daily)),
        "best_rank": ("list_best_rank", present.best_rank),
        "daily_half_life": ("list_daily_half_life", _in_days(count_half_life(daily))),
        "topic_half_life": ("list_topic_half_life", faded),
        "days": ("list_days", present.days),
        "top10": ("top10_hours", present.top_hours),
        "slide": ("list_slide", present.slide),
    }
    figures = _figures(draft, platform, measured, words)
    topics = _topics(ranked, scored)
    fresh = _by_day([topic.first for topic in topics], times)
    return Listing(
        platform, present, figures, topics, ranks, scores, fresh, _staying(draft, platform, scored, ranked)
    )


def _staying(
    draft: Draft, platform: str, scored: list[dict[str, Any]], ranked: list[dict[str, Any]]
) -> Table | None:
    """Return who stays on a list of scores; the model knows Weibo's alone."""
    if platform != "weibo" or not scored:
        return None
    looks = draft.run("list_snapshots", platform=platform, metric="hot", subject_kind="topic")
    bounds: dict[datetime, float] = {}
    for look in looks:
        if look["low"] is not None and look["low"] > 0:
            bounds[hour_of(look["at"])] = float(look["low"])
    return staying(scored, ranked, bounds)


def _daily(ranked: list[dict[str, Any]], looked: Sequence[datetime]) -> Series:
    """Return listed topic-hours by the Beijing day."""
    return _by_day([hour for _, hour in sorted({(r["subject"], hour_of(r["at"])) for r in ranked})], looked)


def _by_day(times: Sequence[datetime], looked: Sequence[datetime]) -> Series:
    """Return counts by the Beijing day; a day looked at for less than half is a gap."""
    looks = {hour_of(time) for time in looked}
    start = min(looks).astimezone(CHINA).replace(hour=0)
    end = max(looks).astimezone(CHINA).replace(hour=0) + DAY
    seen = [start + i * DAY for i in range((end - start) // DAY)]
    enough = [day for day in seen if sum(day <= hour < day + DAY for hour in looks) >= HOURS_A_DAY]
    covered = [(day, day + DAY) for day in enough]
    return counts(times, start=start, end=end, step=DAY, covered=covered)


def _in_days(hours: Quantity) -> Quantity:
    if isinstance(hours, Unknown):
        return replace(hours, unit="days")
    ends = hours.low / 24, hours.high / 24
    return replace(hours, value=hours.value / 24, low=ends[0], high=ends[1], unit="days")


def _entries(draft: Draft, platform: str, metric: str, words: str) -> list[dict[str, Any]]:
    """Return what stood on the list of the campaign's topics, paid slots left out."""
    rows = draft.run("topic_series", words=words, platform=platform, metric=metric)
    return [
        row
        for row in rows
        if row["subject_kind"] == "topic"
        and not row["sponsored"]
        and row["at"] is not None
        and row["value"] is not None
    ]


def _scores(
    draft: Draft, platform: str, scored: list[dict[str, Any]], start: datetime, end: datetime
) -> tuple[Series, Quantity]:
    """Return the highest score by the hour, and how fast one topic fades, day and night taken out.

    Absence means below the lowest score on the list; that lowest score, hour by hour, also tells day
    from night. Each topic is fitted by itself: a film's next topic is not the same talk going on.
    """
    looks = draft.run("list_snapshots", platform=platform, metric="hot", subject_kind="topic")
    bounds = [math.nan if look["low"] is None else float(look["low"]) for look in looks]
    times = [look["at"] for look in looks]

    def series(rows: Sequence[dict[str, Any]], first: datetime, last: datetime) -> Series:
        within = [i for i, time in enumerate(times) if first <= time < last]
        return hourly(
            [row["at"] for row in rows],
            [row["value"] for row in rows],
            start=first,
            end=last,
            looked=[times[i] for i in within],
            bound=[bounds[i] for i in within],
        )

    profile = hour_profile([hourly(times, bounds, start=start, end=end, reduction="min")])
    found = []
    for rows in _by_subject(scored).values():
        if len({hour_of(row["at"]) for row in rows}) < SEEN:
            continue
        first = hour_of(min(row["at"] for row in rows))
        last = min(end, hour_of(max(row["at"] for row in rows)) + 2 * DAY)
        own = series(rows, first, last)
        half = half_life(own, profile=cycle(own, profile), alike=LIST_ALIKE)
        if isinstance(half, Estimate):
            found.append(half)
    whole = series(scored, start, end)
    if len(found) == 1:
        return whole, found[0]
    return whole, median([half.value for half in found], unit="hours")


def _by_subject(rows: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        grouped[row["subject"]].append(row)
    return grouped


def hour_of(time: datetime) -> datetime:
    """Return the hour a time falls in."""
    return time.replace(minute=0, second=0, microsecond=0)


def _figures(
    draft: Draft, platform: str, measured: Mapping[str, tuple[str, Quantity]], words: str
) -> dict[str, Figure]:
    own: dict[str, Scalar] = {"platform": platform, "words": words, "subject_kind": "topic"}
    return {
        key: draft.figure(
            f"list.{key}.{part(platform)}",
            label,
            quantity,
            Evidence("rows.observations", {**own, "metric": "hot" if key in SCORED else "rank"}),
            {"platform": platform},
        )
        for key, (label, quantity) in measured.items()
    }


def _topics(ranked: list[dict[str, Any]], scored: list[dict[str, Any]]) -> tuple[Topic, ...]:
    ranks = _by_subject(ranked)
    highest: dict[str, float] = {}
    for row in scored:
        highest[row["subject"]] = max(row["value"], highest.get(row["subject"], 0.0))
    made = [
        Topic(
            subject,
            len({hour_of(row["at"]) for row in rows}),
            int(min(row["value"] for row in rows)),
            min(row["at"] for row in rows),
            max(row["at"] for row in rows),
            highest.get(subject),
        )
        for subject, rows in ranks.items()
    ]
    return tuple(sorted(made, key=lambda topic: (-topic.hours, topic.best_rank, topic.name)))
