"""Whether the world changed: rivals, the end of a holiday, the cinemas' showings, the platform itself."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.diagnosis.playbook.holiday import covered, ended, holidays
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence
from longtake.heat.grids.grid import DAY
from longtake.heat.measures.breaks import METHOD, Break, around, largest_break
from longtake.services.reports.draft import CHINA, JOIN, Draft

Floats = NDArray[np.float64]

HALF_DAY = timedelta(hours=12)
WINDOW_BLOCKS = 6
WINDOW_DAYS = 3
LEAST_BLOCKS = 6
HOURS = 24
LEAST_A_DAY = 1.0


@dataclass(frozen=True, slots=True)
class Outside:
    """One thing that may have changed outside the campaign.

    Attributes:
        key: competitor_surge, holiday_end, supply_cut or platform_fall.
        quantity: How much it changed against the campaign, a share; higher is worse.
        day: First day after the change; None where there is none to tell.
        evidence: The rows behind it.
        name: Who or what: a rival, a holiday; empty for the others.
    """

    key: str
    quantity: Quantity
    day: date | None
    evidence: Evidence
    name: str = ""


def competitor_surge(draft: Draft) -> Outside:
    """Return the largest lasting rise of a rival on a list, as a share of the list's top.

    Each look gives the best score of the rival's topics over the highest score on the list, absent counting
    as nothing; where a list shows no scores, one over its rank. Means of half days are compared.
    """
    rivals = [name.strip("《》") for name in draft.campaign.competitors if name.strip("《》")]
    where = Evidence("rows.observations", {"words": JOIN.join(rivals), "subject_kind": "topic"})
    if not rivals:
        return Outside(
            "competitor_surge", Unknown("no_rivals", METHOD, "share", 0), None, Evidence("rows.nodes")
        )
    lists = draft.run("lists")
    if not lists:
        return Outside("competitor_surge", Unknown("no_list", METHOD, "share", 0), None, where)
    platform = max(lists, key=lambda row: (row["snapshots"], row["platform"]))["platform"]
    found = []
    for rival in rivals:
        times, levels = _levels(draft, platform, rival)
        told, days = _broken(times, levels, rise=True)
        found.append((getattr(told.change, "value", -math.inf), rival, told, days))
    _, rival, told, days = max(found, key=lambda one: (one[0], one[1]))
    day = None if told.at is None else days[told.at].astimezone(CHINA).date()
    rows = Evidence("rows.observations", {"words": rival, "platform": platform, "subject_kind": "topic"})
    return Outside("competitor_surge", told.change, day, rows, rival)


def _levels(draft: Draft, platform: str, rival: str) -> tuple[list[datetime], list[float]]:
    scored = draft.run("list_snapshots", platform=platform, metric="hot", subject_kind="topic")
    metric = "hot" if any(row["high"] for row in scored) else "rank"
    times, levels = [], []
    for row in draft.run(
        "list_presence", words=rival, platform=platform, metric=metric, subject_kind="topic"
    ):
        if metric == "hot":
            if not row["high"]:
                continue
            level = (row["value_high"] or 0.0) / row["high"] if row["matched"] else 0.0
        else:
            level = 1.0 / row["value_low"] if row["matched"] and row["value_low"] else 0.0
        times.append(row["at"])
        levels.append(min(1.0, level))
    return times, levels


def _broken(
    times: Sequence[datetime], levels: Sequence[float], *, rise: bool
) -> tuple[Break, list[datetime]]:
    """Return the largest break between means of half days, and the start of each half day."""
    if not times:
        return Break(None, Unknown("no_rows", METHOD, "share", 0)), []
    start = min(times).astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    held: dict[int, list[float]] = defaultdict(list)
    for at, level in zip(times, levels, strict=True):
        held[(at - start) // HALF_DAY].append(level)
    blocks = np.full(max(held) + 1, np.nan)
    for place, some in held.items():
        blocks[place] = float(np.mean(some))
    days = [start + i * HALF_DAY for i in range(blocks.size)]
    if np.isfinite(blocks).sum() < LEAST_BLOCKS:
        n = int(np.isfinite(blocks).sum())
        return Break(None, Unknown("too_few_steps", METHOD, "share", n, LEAST_BLOCKS)), days
    return largest_break(blocks, window=WINDOW_BLOCKS, rise=rise, unit="share"), days


def platform_fall(draft: Draft) -> Outside:
    """Return the largest lasting fall of the lowest score that still made the list, day and night taken out.

    What it takes to be listed falls when everybody's topics do, whatever the campaign does.
    """
    best: tuple[int, str, list[dict[str, Any]]] | None = None
    for row in draft.run("lists"):
        looks = draft.run("list_snapshots", platform=row["platform"], metric="hot", subject_kind="topic")
        known = [look for look in looks if look["low"] is not None and look["low"] > 0]
        if known and (best is None or len(known) > best[0]):
            best = (len(known), row["platform"], known)
    if best is None:
        none = "no_score" if draft.run("lists") else "no_list"
        return Outside(
            "platform_fall", Unknown(none, METHOD, "share", 0), None, Evidence("rows.observations")
        )
    _, platform, looks = best
    where = Evidence("rows.observations", {"platform": platform, "metric": "hot", "subject_kind": "topic"})
    times = [look["at"] for look in looks]
    logs = _without_hours(times, np.log([float(look["low"]) for look in looks]))
    told, days = _broken(times, logs.tolist(), rise=False)
    day = None if told.at is None else days[told.at].astimezone(CHINA).date()
    return Outside("platform_fall", _lost(told.change), day, where)


def _without_hours(times: Sequence[datetime], logs: Floats) -> Floats:
    """Return logarithms less the mean of their hour of the day."""
    hours = np.array([at.astimezone(CHINA).hour for at in times])
    sums = np.bincount(hours, weights=logs, minlength=HOURS)
    means = sums / np.maximum(np.bincount(hours, minlength=HOURS), 1)
    return np.asarray(logs - means[hours])


def _lost(change: Quantity) -> Quantity:
    """Return a change of a logarithm as the share that was lost; below zero where it grew."""
    if isinstance(change, Unknown):
        return change
    value, low, high = (-math.expm1(end) for end in (change.value, change.high, change.low))
    return Estimate(value, low, high, change.level, "share", change.method, change.n)


def holiday_end(draft: Draft) -> Outside:
    """Return how far the talk fell from a holiday's last days to those after it.

    Without a holiday that ends while people talk it is nothing at all, which is known, not missing.
    """
    rows = draft.run("comments_by_day")
    where = Evidence("rows.comments")
    if not rows:
        return Outside("holiday_end", Unknown("no_time", METHOD, "share", 0), None, where)
    counts = {row["day"]: float(row["n"]) for row in rows}
    first, last = min(counts), max(counts)
    known = holidays()
    if not covered(first, last, known):
        return Outside("holiday_end", Unknown("holiday_unlisted", METHOD, "share", len(rows)), None, where)
    found: list[tuple[float, str, Outside]] = []
    for one in ended(first, last, known):
        days = [one.last + DAY * i for i in range(1 - WINDOW_DAYS, WINDOW_DAYS + 1)]
        # A day nobody spoke is a day without talk, as long as it lies between the first and the last.
        logs = [
            math.log(max(counts.get(day, 0.0), LEAST_A_DAY)) if first <= day <= last else math.nan
            for day in days
        ]
        change = around(logs[:WINDOW_DAYS], logs[WINDOW_DAYS:], unit="share")
        if isinstance(change, Unknown):
            continue
        after = one.last + DAY
        place = Evidence("rows.comments", {"day_from": days[0].isoformat(), "day_to": days[-1].isoformat()})
        lost = _lost(change)
        found.append(
            (getattr(lost, "value", 0.0), one.key, Outside("holiday_end", lost, after, place, one.key))
        )
    if found:
        return max(found, key=lambda one: one[:2])[2]
    none = Estimate.count(0.0, unit="share", method="table of public holidays", n=len(rows))
    return Outside("holiday_end", none, None, where)
