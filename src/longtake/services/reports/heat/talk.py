"""How the talk moved: volume by platform on one time axis, its peak and its half-life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.domain.timed.series import Series
from longtake.heat.decay.halflife import count_half_life
from longtake.heat.grids.grid import DAY, HOUR, even
from longtake.heat.grids.peak import Peak, peak
from longtake.heat.grids.profile import cycle, hour_profile
from longtake.services.reports.draft import CHINA, Draft, iso, part
from longtake.services.reports.marks import marks

MOST_HOURS = 24 * 21
FINE_SHARE = 0.8
HOURLY_LEAST = 40.0


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk on one platform.

    Attributes:
        platform: Its name.
        n: Rows in all.
        series: Counts of the rows whose time is known finely enough; None when there are none.
        first: First and
        last: last time known.
        top: The peak; Unknown when there is none.
        figures: Total, peak and half-life, those that exist.
    """

    platform: str
    n: int
    series: Series | None
    first: datetime | None
    last: datetime | None
    top: Peak | Unknown | None
    figures: dict[str, Figure]


def talk(draft: Draft) -> tuple[Talk, ...]:
    """Return the talk on each platform, the loudest first."""
    rows = sorted(draft.run("comments_overview"), key=lambda row: (-row["n"], row["platform"]))
    found = {row["platform"]: _series(draft, row["platform"]) for row in rows}
    return tuple(_platform(draft, row, found) for row in rows)


def _platform(draft: Draft, row: dict[str, Any], found: Mapping[str, Series | None]) -> Talk:
    platform, n = row["platform"], row["n"]
    series = found[platform]
    evidence = Evidence("rows.comments", {"platform": platform})
    slots = {"platform": platform}
    figures = {
        "total": draft.figure(
            f"heat.comments.{part(platform)}",
            "comments_total",
            Estimate.count(n, unit="comments", method="count of distinct ids", n=n),
            evidence,
            slots,
        )
    }
    top = None
    if series is not None:
        top = peak(series, unit="comments", zone=CHINA)
        if isinstance(top, Peak):
            span = _span(evidence, top.at, top.at + series.step, series.step)
            figures["peak"] = draft.figure(
                f"heat.peak.{part(platform)}",
                "comments_peak_hour" if series.step == HOUR else "comments_peak_day",
                top.value,
                span,
                slots,
            )
            day = top.at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
            span = _span(evidence, day, day + DAY, DAY)
            figures["day_share"] = draft.figure(
                f"heat.peak_day_share.{part(platform)}",
                "peak_day_share",
                top.day_share,
                span,
                slots,
            )
            span = _span(evidence, top.at, series.start + len(series) * series.step, series.step)
            figures["half_life"] = draft.figure(
                f"heat.half_life.{part(platform)}",
                "comments_half_life",
                _half_life(series, [other for name, other in found.items() if name != platform]),
                span,
                slots,
            )
    return Talk(platform, n, series, row["first"], row["last"], top, figures)


def _half_life(series: Series, others: Sequence[Series | None]) -> Quantity:
    """Return the half-life of talk in hours, day and night taken out.

    Hours need a daily cycle that is free of their own fall: that of the campaign's other platforms. Where
    there is none, or hours hold too few comments to show a fall, days do, which hold their own night;
    hours as they are come last.
    """
    if series.step == HOUR and np.nanmax(series.values) < HOURLY_LEAST:
        by_day = count_half_life(_by_day(series))
        if isinstance(by_day, Estimate):
            return by_day
    if series.step == HOUR:
        profile = hour_profile([other for other in others if other is not None and other.step == HOUR])
        if profile is not None:
            return count_half_life(series, profile=cycle(series, profile))
        by_day = count_half_life(_by_day(series))
        if isinstance(by_day, Estimate):
            return by_day
    return count_half_life(series)


def _by_day(series: Series) -> Series:
    return even(
        series.times,
        series.values,
        start=_floor(series.start, DAY),
        end=_floor(series.start + (len(series) - 1) * HOUR, DAY) + DAY,
        step=DAY,
        reduction="sum",
    )


def _span(evidence: Evidence, start: datetime, end: datetime, step: timedelta) -> Evidence:
    """Return evidence narrowed to a span: by hours, or by days where that is all that is known."""
    if step == HOUR:
        narrowed: dict[str, Scalar] = {"hour_from": iso(start), "hour_to": iso(end)}
    else:
        first, last = (at.astimezone(CHINA).date() for at in (start, end - DAY))
        narrowed = {"day_from": first.isoformat(), "day_to": last.isoformat()}
    return Evidence(evidence.query, {**evidence.params, **narrowed})


def _series(draft: Draft, platform: str) -> Series | None:
    """Return hourly counts where most times are known to the hour, else daily ones."""
    hours = [row for row in draft.run("comments_by_hour_platform") if row["platform"] == platform]
    days = [row for row in draft.run("comments_by_day_platform") if row["platform"] == platform]
    fine, dated = (sum(row["n"] for row in rows) for rows in (hours, days))
    if not dated:
        return None
    step = HOUR if fine >= FINE_SHARE * dated else DAY
    used = hours if step == HOUR else days
    times = [row["hour"] if step == HOUR else midnight(row["day"]) for row in used]
    start, end = _floor(min(times), step), _floor(max(times), step) + step
    # Between the first and the last row of a platform a bin without rows is silence, not a gap.
    steps = range((end - start) // step)
    return even(
        [*times, *(start + i * step for i in steps)],
        [*(float(row["n"]) for row in used), *(0.0 for _ in steps)],
        start=start,
        end=end,
        step=step,
        reduction="sum",
    )


def midnight(day: date) -> datetime:
    """Return the first instant of a Beijing day, aware UTC."""
    return datetime.combine(day, time(), CHINA).astimezone(UTC)


def _floor(at: datetime, step: timedelta) -> datetime:
    local = at.astimezone(CHINA)
    whole = local.replace(minute=0, second=0, microsecond=0)
    return whole if step == HOUR else whole.replace(hour=0)


def section(draft: Draft, talks: Sequence[Talk], index: tuple[Chart, Table] | None = None) -> Section:
    """Return the heat section: when the talk peaked, how fast it fell, platform by platform.

    Args:
        draft: The campaign being measured.
        talks: The talk on each platform.
        index: The heat index over platforms and what each weighs in it; None with one platform.
    """
    shown = [t for t in talks if t.series is not None]
    if not shown:
        key = "no_comments" if not talks else "heat_unknown"
        return Section("heat", (Sentence(key),), figures=tuple(t.figures["total"] for t in talks)[:5])
    loudest = shown[0]
    return Section(
        "heat",
        tuple(_sentences(loudest)),
        figures=tuple(
            loudest.figures[key]
            for key in ("total", "peak", "day_share", "half_life")
            if key in loudest.figures
        ),
        charts=(*((index[0],) if index else ()), _chart(draft, shown)),
        notes=("heat_counts", "heat_half_life", *(("heat_index",) if index else ()))
        + (("heat_days",) if _daily(shown) else ()),
        more=tuple(figure for t in talks[1:] for figure in t.figures.values()),
        tables={"heat_index": index[1]} if index else {},
    )


def _sentences(t: Talk) -> list[Sentence]:
    said = []
    if isinstance(t.top, Peak):
        figures = {"peak": t.figures["peak"], "share": t.figures["day_share"]}
        key = "heat_peak" if t.series is not None and t.series.step == HOUR else "heat_peak_day"
        said.append(Sentence(key, figures, {"when": t.top.at, "platform": t.platform}))
        half = t.figures["half_life"]
        falls = isinstance(half.quantity, Estimate)
        said.append(
            Sentence("heat_half_life" if falls else "heat_not_falling", {"half_life": half}, tone="wom")
        )
    return said


def _daily(shown: Sequence[Talk]) -> bool:
    return any(t.series is not None and t.series.step == DAY for t in shown)


def _chart(draft: Draft, shown: Sequence[Talk]) -> Chart:
    """Return volume over time; days instead of hours when the span is long or any platform is daily."""
    spans = [(t.series.start, t.series.start + len(t.series) * t.series.step) for t in shown if t.series]
    hours = (max(end for _, end in spans) - min(start for start, _ in spans)) / HOUR
    step = DAY if _daily(shown) or hours > MOST_HOURS else HOUR
    rows = []
    for t in shown:
        if t.series is None:
            continue
        binned: dict[datetime, float] = {}
        for at, value in zip(t.series.times, t.series.values.tolist(), strict=True):
            binned[_floor(at, step)] = binned.get(_floor(at, step), 0.0) + value
        rows += [(at, t.platform, value) for at, value in sorted(binned.items())]
    columns = (Column("at", "time"), Column("platform", "code"), Column("comments", "number"))
    return Chart(
        id="heat",
        title="comments_by_day" if step == DAY else "comments_by_hour",
        form="timeline",
        table=Table(columns, tuple(rows)),
        x="at",
        y="comments",
        series="platform",
        unit="comments",
        marks=marks(draft),
        figures=tuple(t.figures["total"].id for t in shown),
    )
