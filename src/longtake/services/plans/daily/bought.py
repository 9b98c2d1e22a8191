"""What money moved, day by day: the share of talk that hangs on what was paid for, and tickets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np

from longtake.domain.figure import Evidence
from longtake.services.plans.daily.series import LEAST_ROWS, Daily, spoken_days
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.pressure.paid import Paid, paid


def dependence(draft: Draft, metric: str) -> Daily | None:
    """Return the share of each day's expected talk that goes back to what was paid for, offspring included.

    On the platform the model was fitted to; days with fewer than :data:`LEAST_ROWS` comments there have none.
    """
    found, days = paid(draft), spoken_days(draft)
    if not isinstance(found, Paid) or found.split is None or "few_pulses" in found.split.doubts:
        return None
    if days is None:
        return None
    series, split = found.measured.series, found.split
    own = np.sum([split.event_paths[one.name] for one in found.stretches], axis=0)
    whole = split.without_promotion + np.sum([*split.event_paths.values()], axis=0)
    counts = np.nan_to_num(series.values)
    bought, told, n = np.zeros(len(days.days)), np.zeros(len(days.days)), np.zeros(len(days.days))
    for step, at in enumerate(series.times):
        place = (at.astimezone(CHINA).date() - days.days[0]).days
        if 0 <= place < len(days.days):
            bought[place] += own[step]
            told[place] += whole[step]
            n[place] += counts[step]
    values = tuple(
        float(min(1.0, b / w)) if w > 0 and rows >= LEAST_ROWS else None
        for b, w, rows in zip(bought, told, n, strict=True)
    )
    rows = tuple(int(one) for one in n)
    return Daily(metric, days.days[0], values, rows, False, found.measured.evidence, found.measured.platform)


def tickets(draft: Draft, metric: str) -> Daily | None:
    """Return the tickets of each day; box office comes by whole days."""
    own, rows = _own(draft, "admissions")
    return _each_day(metric, own, {row["date"]: float(row["admissions"]) for row in rows})


def tickets_a_showing(draft: Draft, metric: str) -> Daily | None:
    """Return the tickets of each day over its showings."""
    own, rows = _own(draft, "admissions")
    told = {row["date"]: float(row["admissions"]) / float(row["showings"]) for row in rows if row["showings"]}
    return _each_day(metric, own, told)


def _own(draft: Draft, column: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the film's name in the takings and its rows that know a column."""
    films: dict[str, list[dict[str, Any]]] = {}
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM and row[column] is not None and row["date"] is not None:
            films.setdefault(row["film"], []).append(row)
    if not films:
        return "", []
    own = own_film(draft, films)
    return own, films[own]


def _each_day(metric: str, film: str, by_day: Mapping[date, float]) -> Daily | None:
    if not by_day:
        return None
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    values = tuple(by_day.get(day) for day in days)
    rows = Evidence("rows.boxoffice", {"film": film})
    return Daily(metric, first, values, tuple(int(v or 0) for v in values), True, rows, film)
