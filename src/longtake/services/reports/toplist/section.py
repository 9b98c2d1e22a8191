"""What the page says and draws of a list."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.domain.timed.series import CENSORED
from longtake.heat.grids.grid import HOUR
from longtake.heat.toplist.presence import Presence
from longtake.services.reports.draft import Draft
from longtake.services.reports.marks import marks
from longtake.services.reports.toplist.listing import Listing

BRIEF = timedelta(hours=6)
TOPICS = 12
PADDING = 24
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


def section(draft: Draft, lists: Sequence[Listing], claims: Sequence[Figure]) -> Section | None:
    """Return the section on the hot list; None when no list was imported."""
    if not lists:
        return None
    seen = [listing for listing in lists if isinstance(listing.present, Presence)]
    if not seen:
        return Section("list", (Sentence("list_none", words={"topics": tuple(draft.topics)}),))
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
        tables={
            **({"list_staying": main.staying} if main.staying else {}),
            "list_topics": _topic_table(main),
        },
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
