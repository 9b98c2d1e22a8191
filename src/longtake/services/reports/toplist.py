"""Presence on a platform's hot list: when, how high, how long, and how it faded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.report import Chart, Column, Section, Sentence, Table
from longtake.domain.series import CENSORED, Series
from longtake.heat.grid import HOUR, hourly
from longtake.heat.halflife import half_life
from longtake.heat.presence import Presence, presence
from longtake.heat.profile import cycle, hour_profile
from longtake.services.reports.draft import CHINA, JOIN, Draft, part
from longtake.services.reports.marks import marks

BRIEF = timedelta(hours=6)
TOPICS = 12
PADDING = 24
LOOKS = 24


@dataclass(frozen=True, slots=True)
class Listing:
    """The campaign's topics on one platform's list.

    Attributes:
        platform: Its name.
        present: Presence of the best topic, hour by hour; Unknown when no topic was ever listed.
        half: Half-life of the highest score after its peak; Unknown where it cannot be told.
        figures: By short name.
        topics: One entry a topic: name, hours, best rank, first and last seen, highest score.
    """

    platform: str
    present: Presence | Unknown
    half: Quantity
    figures: dict[str, Figure]
    topics: tuple[tuple[str, int, int | None, datetime, datetime, float | None], ...]
    ranks: Series
    scores: Series | None


def listings(draft: Draft) -> tuple[Listing, ...]:
    """Return the campaign's presence on every list that was looked at, by platform."""
    words = JOIN.join(draft.topics)
    looked: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("list_snapshots"):
        looked[row["platform"]].append(row)
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("list_entries", words=words):
        found[row["platform"]].append(row)
    return tuple(
        _listing(draft, platform, looked[platform], found[platform], words) for platform in sorted(looked)
    )


def _listing(
    draft: Draft, platform: str, looks: list[dict[str, Any]], entries: list[dict[str, Any]], words: str
) -> Listing:
    looks = [look for look in looks if look["at"] is not None]
    times = [look["at"] for look in looks]
    start, end = _floor(min(times)), _floor(max(times)) + HOUR
    organic = [entry for entry in entries if not entry["sponsored"] and entry["at"] is not None]
    ranked = [entry for entry in organic if entry["rank"] is not None]
    ranks = hourly(
        [entry["at"] for entry in ranked],
        [float(entry["rank"]) for entry in ranked],
        start=start,
        end=end,
        reduction="min",
        looked=times,
    )
    scores = _scores(organic, looks, start, end)
    present = presence(ranks, zone=CHINA)
    half: Quantity = Unknown("no_score", "Tobit", "hours", 0)
    if scores is not None:
        thresholds = _thresholds(looks, start, end)
        profile = hour_profile([thresholds])
        half = half_life(scores, profile=cycle(scores, profile))
    figures = _figures(draft, platform, present, half, words) if isinstance(present, Presence) else {}
    return Listing(platform, present, half, figures, _topics(organic), ranks, scores)


def _scores(
    organic: list[dict[str, Any]], looks: list[dict[str, Any]], start: datetime, end: datetime
) -> Series | None:
    """Return the highest score of any topic; below the list's lowest score where none was listed."""
    scored = [entry for entry in organic if entry["hot"] is not None]
    if not scored:
        return None
    return hourly(
        [entry["at"] for entry in scored],
        [float(entry["hot"]) for entry in scored],
        start=start,
        end=end,
        looked=[look["at"] for look in looks],
        bound=[np.nan if look["lowest"] is None else float(look["lowest"]) for look in looks],
    )


def _thresholds(looks: list[dict[str, Any]], start: datetime, end: datetime) -> Series:
    known = [look for look in looks if look["lowest"]]
    return hourly(
        [look["at"] for look in known], [float(look["lowest"]) for look in known], start=start, end=end
    )


def _floor(time: datetime) -> datetime:
    return time.replace(minute=0, second=0, microsecond=0)


def _figures(draft: Draft, platform: str, present: Presence, half: Quantity, words: str) -> dict[str, Figure]:
    evidence = Evidence("rows.list", {"platform": platform, "words": words})
    slots = {"platform": platform}
    named: dict[str, tuple[str, Quantity]] = {
        "hours": ("list_hours", present.hours),
        "days": ("list_days", present.days),
        "best_rank": ("list_best_rank", present.best_rank),
        "top10": ("top10_hours", present.top_hours),
        "slide": ("list_slide", present.slide),
        "half_life": ("list_half_life", half),
    }
    return {
        key: draft.figure(f"list.{key}.{part(platform)}", label, quantity, evidence, slots)
        for key, (label, quantity) in named.items()
    }


def _topics(
    organic: list[dict[str, Any]],
) -> tuple[tuple[str, int, int | None, datetime, datetime, float | None], ...]:
    grouped: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in organic:
        grouped[entry["subject"]].append(entry)
    made = []
    for subject, rows in grouped.items():
        hours = {_floor(row["at"]) for row in rows}
        ranks = [row["rank"] for row in rows if row["rank"] is not None]
        scores = [row["hot"] for row in rows if row["hot"] is not None]
        made.append(
            (
                subject,
                len(hours),
                int(min(ranks)) if ranks else None,
                min(row["at"] for row in rows),
                max(row["at"] for row in rows),
                max(scores) if scores else None,
            )
        )
    return tuple(sorted(made, key=lambda topic: (-topic[1], topic[2] or 999, topic[0])))


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
        figures=tuple(main.figures[key] for key in ("hours", "days", "best_rank", "slide", "half_life")),
        charts=tuple(_charts(draft, main)),
        notes=("list_censored", "list_gaps", "list_score"),
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
    figures = {key: listing.figures[key] for key in ("hours", "days", "slide", "half_life")}
    figures["best"] = listing.figures["best_rank"]
    words = {
        "subject": draft.campaign.name.strip("《》"),
        "first": listing.present.first_seen,
        "last": listing.present.last_seen,
        "platform": listing.platform,
    }
    brief = timedelta(hours=listing.present.span.value) <= BRIEF
    if brief and claims:
        said = [Sentence("list_brief", {**figures, "claim": claims[0]}, words, tone="promo")]
    else:
        said = [Sentence("list_brief_alone" if brief else "list_presence", figures, words)]
    if isinstance(listing.present.slide, Estimate):
        said.append(Sentence("list_slide", figures, words))
    if isinstance(listing.half, Estimate):
        said.append(Sentence("list_half_life", figures, words, tone="wom"))
    return said


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
        if value is None and bound is None:
            continue
        state = "listed" if value is not None else "absent"
        threshold = bound if bound is not None and np.isfinite(bound) else None
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
        listing.topics[:TOPICS],
    )
