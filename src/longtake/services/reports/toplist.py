"""Presence on a platform's hot list: when, how high, how long, and how it faded."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.domain.report import Chart, Column, Section, Sentence, Table
from longtake.domain.series import CENSORED, Series
from longtake.heat.concentration import concentration
from longtake.heat.grid import DAY, HOUR, counts, hourly
from longtake.heat.halflife import LIST_ALIKE, count_half_life, half_life
from longtake.heat.median import median
from longtake.heat.presence import Presence, presence
from longtake.heat.profile import cycle, hour_profile
from longtake.services.reports.draft import CHINA, JOIN, Draft, part
from longtake.services.reports.marks import marks

BRIEF = timedelta(hours=6)
TOPICS = 12
PADDING = 24
SEEN = 6
HOURS_A_DAY = 12
TOBIT = "log-linear decay, Tobit 1958"
SCORED = frozenset({"topic_half_life"})
STRIP = ("hours", "main_days", "best_rank", "daily_half_life", "topic_half_life")
MORE = ("days", "top10", "slide")
SPOKEN = {
    "list_brief": ("claim", "hours", "best"),
    "list_brief_alone": ("hours", "best"),
    "list_presence": ("hours", "days", "best"),
    "list_main_days": ("main_days",),
    "list_daily_half_life": ("daily_half_life",),
    "list_topic_half_life": ("topic_half_life",),
}


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
    """

    platform: str
    present: Presence | Unknown
    figures: dict[str, Figure]
    topics: tuple[Topic, ...]
    ranks: Series
    scores: Series | None


def listings(draft: Draft) -> tuple[Listing, ...]:
    """Return the campaign's presence on every list that was looked at, by platform."""
    return tuple(_listing(draft, row["platform"]) for row in draft.run("lists"))


def _listing(draft: Draft, platform: str) -> Listing:
    words = JOIN.join(draft.topics)
    looks = draft.run("list_snapshots", platform=platform, metric="rank", subject_kind="topic")
    ranked = _entries(draft, platform, "rank", words)
    scored = _entries(draft, platform, "hot", words)
    times = [look["at"] for look in looks]
    start, end = _floor(min(times)), _floor(max(times)) + HOUR
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
        return Listing(platform, present, {}, (), ranks, None)
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
    return Listing(platform, present, figures, _topics(ranked, scored), ranks, scores)


def _daily(ranked: list[dict[str, Any]], looked: Sequence[datetime]) -> Series:
    """Return listed topic-hours by the Beijing day; a day looked at for less than half is a gap."""
    hours = {(row["subject"], _floor(row["at"])) for row in ranked}
    looks = {_floor(time) for time in looked}
    start = min(looks).astimezone(CHINA).replace(hour=0)
    end = max(looks).astimezone(CHINA).replace(hour=0) + DAY
    seen = [start + i * DAY for i in range((end - start) // DAY)]
    enough = [day for day in seen if sum(day <= hour < day + DAY for hour in looks) >= HOURS_A_DAY]
    covered = [(day, day + DAY) for day in enough]
    return counts([hour for _, hour in sorted(hours)], start=start, end=end, step=DAY, covered=covered)


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
        if len({_floor(row["at"]) for row in rows}) < SEEN:
            continue
        first = _floor(min(row["at"] for row in rows))
        last = min(end, _floor(max(row["at"] for row in rows)) + 2 * DAY)
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


def _floor(time: datetime) -> datetime:
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
            len({_floor(row["at"]) for row in rows}),
            int(min(row["value"] for row in rows)),
            min(row["at"] for row in rows),
            max(row["at"] for row in rows),
            highest.get(subject),
        )
        for subject, rows in ranks.items()
    ]
    return tuple(sorted(made, key=lambda topic: (-topic.hours, topic.best_rank, topic.name)))


def section(draft: Draft, lists: Sequence[Listing], claims: Sequence[Figure]) -> Section | None:
    """Return the section on the hot list; None when no list was imported."""
    if not lists:
        return None
    seen = [listing for listing in lists if isinstance(listing.present, Presence)]
    if not seen:
        return Section("list", (Sentence("list_none", words={"topics": "、".join(draft.topics)}),))
    main = max(seen, key=lambda listing: (listing.figures["hours"].quantity.n, listing.platform))
    return Section(
        "list",
        tuple(sentences(draft, main, claims)),
        figures=tuple(main.figures[key] for key in STRIP),
        charts=tuple(_charts(draft, main)),
        notes=("list_gaps", *(("list_censored", "list_score") if main.scores else ("list_rank_only",))),
        more=(
            main.figures["top10"],
            *(f for other in seen if other is not main for f in other.figures.values()),
        ),
        tables={"list_topics": _topic_table(main)},
    )


def sentences(draft: Draft, listing: Listing, claims: Sequence[Figure]) -> list[Sentence]:
    """Return what the list shows: a few hours beside a claim, or a presence with its span."""
    if not isinstance(listing.present, Presence):
        return []
    figures = {**listing.figures, "best": listing.figures["best_rank"]}
    words: dict[str, str | datetime] = {
        "subject": draft.campaign.name.strip("《》"),
        "first": listing.present.first_seen,
        "last": listing.present.last_seen,
        "platform": listing.platform,
    }
    if timedelta(hours=listing.present.span.value) <= BRIEF:
        if claims:
            return [_say("list_brief", {**figures, "claim": claims[0]}, words, "promo")]
        return [_say("list_brief_alone", figures, words)]
    said = [_say("list_presence", figures, words), _say("list_main_days", figures, words)]
    if isinstance(figures["daily_half_life"].quantity, Estimate):
        said.append(_say("list_daily_half_life", figures, words, "wom"))
    if isinstance(figures["topic_half_life"].quantity, Estimate):
        said.append(_say("list_topic_half_life", figures, words))
    return said


def _say(
    key: str, figures: Mapping[str, Figure], words: Mapping[str, str | datetime], tone: str = "plain"
) -> Sentence:
    """Return a sentence with the figures its message may speak of and no others."""
    return Sentence(key, {name: figures[name] for name in SPOKEN[key]}, words, tone)


def _charts(draft: Draft, listing: Listing) -> list[Chart]:
    """Return best rank, and highest score where the list shows one, from a day before to a day after."""
    if not isinstance(listing.present, Presence):
        return []
    first = max(0, (listing.present.first_seen - listing.ranks.start) // HOUR - PADDING)
    last = min(len(listing.ranks), (listing.present.last_seen - listing.ranks.start) // HOUR + PADDING)
    series = listing.scores if listing.scores is not None else listing.ranks
    name = "hot" if listing.scores is not None else "rank"
    rows = []
    for i in range(first, last):
        bound = float(series.bound[i]) if series.state[i] == CENSORED else None
        value = float(series.values[i]) if series.observed[i] else None
        state = "listed" if value is not None else "missing" if bound is None else "absent"
        threshold = bound if bound is not None and math.isfinite(bound) else None
        rows.append((series.start + i * HOUR, value, threshold, state))
    columns = (
        Column("at", "time"),
        Column(name, "number"),
        Column("threshold", "number"),
        Column("state", "code"),
    )
    return [
        Chart(
            id="list",
            title=f"list_{name}",
            form="list",
            table=Table(columns, tuple(rows)),
            x="at",
            y=name,
            unit="score" if name == "hot" else "rank",
            marks=marks(draft),
            figures=(listing.figures["hours"].id,),
        )
    ]


def _topic_table(listing: Listing) -> Table:
    return Table(
        (
            Column("topic"),
            Column("hours", "number"),
            Column("best_rank", "number"),
            Column("first", "time"),
            Column("last", "time"),
            Column("hot", "number"),
        ),
        tuple(tuple(topic) for topic in listing.topics[:TOPICS]),
    )
