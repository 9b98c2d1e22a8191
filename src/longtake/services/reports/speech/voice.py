"""What people felt: polarity by day, platform and source, before and after the peak, and in their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from longtake import language
from longtake.domain.answers.report import Cell, Chart, Column, Quote, Section, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.statistic import Moments
from longtake.heat.grids.peak import Peak
from longtake.heat.measures.mean import change, mean
from longtake.heat.measures.share import share
from longtake.services.reports.draft import Draft, iso, part
from longtake.services.reports.heat.talk import Talk, midnight
from longtake.services.reports.marks import marks
from longtake.services.reports.masking import masked
from longtake.services.reports.speech.accuracy import accuracy

SCALE = 10_000
UNIT = "polarity"
QUOTES = 4
FEW = 5


def moments(rows: Sequence[dict[str, Any]]) -> Moments:
    """Return the moments of polarity over several catalogue rows."""
    return Moments(
        sum(row["n"] for row in rows),
        sum(row["sum_e4"] or 0 for row in rows),
        sum(row["sumsq_e8"] or 0 for row in rows),
        SCALE,
    )


def section(draft: Draft, talks: Sequence[Talk]) -> Section | None:
    """Return the section on what people felt; None without comments."""
    platforms = draft.run("polarity_by_platform")
    if not sum(row["n"] for row in platforms):
        return None
    whole = _whole(draft, platforms)
    shift = _shift(draft, talks)
    said = [Sentence("voice_polarity", {key: whole[key] for key in ("positive", "negative", "mean")})]
    if shift is not None:
        words = {"platform": talks[0].platform}
        said.append(Sentence(_direction(shift.quantity), {"change": shift}, words))
    stars = _stars(draft)
    return Section(
        "voice",
        tuple(said),
        figures=tuple(f for f in (whole["mean"], whole["positive"], whole["negative"], shift, stars) if f)[
            :5
        ],
        charts=tuple(chart for chart in (_days(draft), _by(draft, platforms)) if chart),
        quotes=_quotes(draft),
        notes=("polarity_model", "polarity_interval"),
        more=tuple(_platform_figures(draft, platforms)),
        tables={"accuracy": accuracy(language.model_card(), [row["platform"] for row in platforms])},
    )


def _direction(change: Quantity) -> str:
    """Return which sentence a change allows: it rose, it fell, or nothing can be told."""
    if isinstance(change, Estimate) and change.low > 0:
        return "voice_rose"
    return "voice_fell" if isinstance(change, Estimate) and change.high < 0 else "voice_change_none"


def _whole(draft: Draft, rows: Sequence[dict[str, Any]]) -> dict[str, Figure]:
    n = sum(row["n"] for row in rows)
    positive, negative = sum(row["n_pos"] for row in rows), sum(row["n_neg"] for row in rows)
    evidence = Evidence("rows.comments", {})
    return {
        "mean": draft.figure("voice.polarity", "polarity_mean", mean(moments(rows), unit=UNIT), evidence),
        "positive": draft.figure(
            "voice.positive",
            "positive_share",
            share(positive, n),
            Evidence("rows.comments", {"polarity": "pos"}),
        ),
        "negative": draft.figure(
            "voice.negative",
            "negative_share",
            share(negative, n),
            Evidence("rows.comments", {"polarity": "neg"}),
        ),
    }


def _platform_figures(draft: Draft, rows: Sequence[dict[str, Any]]) -> list[Figure]:
    made = []
    for row in rows:
        slots = {"platform": row["platform"]}
        params = {"platform": row["platform"]}
        name = part(row["platform"])
        made.append(
            draft.figure(
                f"voice.polarity.{name}",
                "polarity_mean_on",
                mean(moments([row]), unit=UNIT),
                Evidence("rows.comments", params),
                slots,
            )
        )
        made.append(
            draft.figure(
                f"voice.positive.{name}",
                "positive_share_on",
                share(row["n_pos"], row["n"]),
                Evidence("rows.comments", {**params, "polarity": "pos"}),
                slots,
            )
        )
    return made


def _shift(draft: Draft, talks: Sequence[Talk]) -> Figure | None:
    """Return polarity after the peak less before it, on the platform that talked most."""
    if not talks or not isinstance(talks[0].top, Peak):
        return None
    at, platform = talks[0].top.at, talks[0].platform
    sides = {row["side"]: row for row in draft.run("polarity_around", platform=platform, at=iso(at))}
    before, after = ([sides[side]] if side in sides else [] for side in ("before", "after"))
    return draft.figure(
        f"voice.change.{part(platform)}",
        "polarity_change",
        change(moments(before), moments(after), unit=UNIT),
        Evidence("rows.comments", {"platform": platform}),
        {"platform": platform},
    )


def _stars(draft: Draft) -> Figure | None:
    rows = draft.run("ratings_by_day")
    n = sum(row["n"] for row in rows)
    if not n:
        return None
    found = Moments(n, sum(row["sum_e2"] for row in rows), sum(row["sumsq_e4"] for row in rows), 100)
    return draft.figure(
        "voice.rating", "rating_mean", mean(found, unit="stars"), Evidence("rows.comments", {"rated": True})
    )


def _days(draft: Draft) -> Chart | None:
    rows: list[tuple[Cell, ...]] = []
    for row in draft.run("polarity_by_day"):
        found: Quantity = Unknown("too_few_rows", "Student 1908", UNIT, row["n"], FEW)
        if row["n"] >= FEW:
            found = mean(moments([row]), unit=UNIT)
        if isinstance(found, Estimate):
            rows.append(
                (midnight(row["day"]), found.value, max(-1.0, found.low), min(1.0, found.high), row["n"])
            )
        else:
            rows.append((midnight(row["day"]), None, None, None, row["n"]))
    if sum(row[1] is not None for row in rows) < 2:
        return None
    return Chart(
        id="polarity-days",
        title="polarity_by_day",
        form="timeline",
        table=Table(_columns(Column("at", "time")), tuple(rows)),
        x="at",
        y="polarity",
        low="low",
        high="high",
        unit=UNIT,
        marks=marks(draft),
        figures=(f"{draft.campaign.id}:voice.polarity",),
    )


def _by(draft: Draft, platforms: Sequence[dict[str, Any]]) -> Chart | None:
    rows = []
    for row in sorted(platforms, key=lambda row: (-row["n"], row["platform"])):
        found = mean(moments([row]), unit=UNIT)
        if isinstance(found, Estimate):
            rows.append((row["platform"], found.value, max(-1.0, found.low), min(1.0, found.high), row["n"]))
    if len(rows) < 2:
        return None
    return Chart(
        id="polarity-platforms",
        title="polarity_by_platform",
        form="interval",
        table=Table(_columns(Column("platform", "code")), tuple(rows)),
        x="platform",
        y="polarity",
        low="low",
        high="high",
        unit=UNIT,
        figures=tuple(f"{draft.campaign.id}:voice.polarity.{part(row['platform'])}" for row in platforms),
    )


def _columns(first: Column) -> tuple[Column, ...]:
    names = ("polarity", "low", "high", "n")
    return (first, *(Column(name, "number") for name in names))


def _quotes(draft: Draft) -> dict[str, tuple[Quote, ...]]:
    return {
        kind: tuple(_quote(row, kind) for row in draft.run("telling_comments", polarity=kind, limit=QUOTES))
        for kind in ("pos", "neg")
    }


def _quote(row: dict[str, Any], kind: str) -> Quote:
    text, spans = masked(row["text"], language.explain(row["text"]), positive=kind == "pos")
    at: datetime | None = row["at"]
    return Quote(
        text=text,
        platform=row["platform"],
        at=at,
        source_file=row["source_file"],
        source_line=row["source_line"],
        label=f"polarity.{kind}",
        score=row["score_e4"] / SCALE,
        likes=row["likes"],
        spans=spans,
    )
