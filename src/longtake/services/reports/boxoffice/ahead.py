"""What a run will have taken, what next week brings, and where its legs stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np

from longtake.domain.answers.report import Cell, Sentence
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.figure import Figure
from longtake.errors import NotEnoughDataError
from longtake.heat.boxoffice.admissions import next_week_admissions
from longtake.heat.boxoffice.daily import daily_path
from longtake.heat.boxoffice.final import final_gross
from longtake.heat.boxoffice.legs import Legs
from longtake.heat.boxoffice.reference import legs_rank
from longtake.services.reports.draft import CHINA

LEAST, MOST = 3, 34
WEEK = 7
PATH_DAYS = 35
# A run that goes on for so long has nearly all of its takings.
OVER = 60


def further(run: Legs, rows: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, Quantity]]:
    """Return label and quantity of the expected total, next week's tickets and the rank of the legs.

    Args:
        run: Legs of the film's daily takings.
        rows: Its days, several cities a day.
    """
    named: dict[str, tuple[str, Quantity]] = {}
    days = _daily(rows, "gross_cny", run.release)
    if LEAST <= len(days) <= MOST:
        try:
            total = final_gross(days, None, run.release, unit="CNY")
            named["final"] = ("final_gross", _with_previews(total, run))
        except (NotEnoughDataError, ValueError):
            named.pop("final", None)
    if isinstance(run.legs_3, Estimate):
        over = run.days >= OVER
        named["legs_rank"] = ("legs_rank", legs_rank(run.legs_3.value, over=over))
    tickets = _daily(rows, "admissions", run.release)
    if len(tickets) >= WEEK and run.days < OVER:
        try:
            last = run.release + timedelta(days=len(tickets) - 1)
            week = next_week_admissions(tickets, weekday=(last.weekday() + 1) % WEEK)
            named["week"] = ("next_week_admissions", replace(week, unit="tickets"))
        except (NotEnoughDataError, ValueError):
            named.pop("week", None)
    return named


def path_rows(run: Legs, rows: Sequence[Mapping[str, Any]]) -> tuple[tuple[Cell, ...], ...]:
    """Return day, series, takings and both ends, for the days so far and the week to come; empty without."""
    days = _daily(rows, "gross_cny", run.release)
    horizon = min(WEEK, PATH_DAYS - len(days))
    if not LEAST <= len(days) <= MOST or horizon < 1:
        return ()
    try:
        path = daily_path(days, None, run.release, horizon=horizon, unit="CNY")
    except (NotEnoughDataError, ValueError):
        return ()
    seen: list[tuple[Cell, ...]] = [
        (_noon(run.release + timedelta(days=i)), "counts", value, None, None) for i, value in enumerate(days)
    ]
    come: list[tuple[Cell, ...]] = [
        (_noon(day), "forecast", *(round(float(v), 2) for v in values))
        for day, *values in zip(path.dates, path.value, path.low, path.high, strict=True)
    ]
    return (*seen, *come)


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CHINA).astimezone(UTC)


def ahead(figures: Mapping[str, Figure]) -> list[Sentence]:
    """Return what is said of the days to come."""
    said = []
    if "final" in figures:
        said.append(Sentence("box_final", {"final": figures["final"]}))
    if "week" in figures:
        said.append(Sentence("box_week", {"week": figures["week"]}))
    return said


def _with_previews(total: Estimate, run: Legs) -> Estimate:
    """Return the total with what previews took before the release."""
    if not isinstance(run.previews, Estimate):
        return total
    more = run.previews.value
    return replace(total, value=total.value + more, low=total.low + more, high=total.high + more)


def _daily(rows: Sequence[Mapping[str, Any]], column: str, release: date) -> list[float]:
    """Return sums by day from the release on, up to the first day without a figure."""
    sums: dict[date, float] = {}
    for row in rows:
        if row["date"] is not None and row[column] is not None:
            sums[row["date"]] = sums.get(row["date"], 0.0) + float(row[column])
    out: list[float] = []
    while (day := release + timedelta(days=len(out))) in sums:
        out.append(sums[day])
    return out if np.sum(out) > 0 else []
