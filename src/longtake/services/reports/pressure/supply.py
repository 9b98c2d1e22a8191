"""Whether cinemas took showings away faster than the audience went."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.pressure.outside import Outside

Floats = NDArray[np.float64]

METHOD = "showings lost beyond tickets lost, jackknife over cities"
WINDOW, WEEK = 3, 7
LEAST_CITIES = 5
TICKETS_A_SHOWING = np.array([0.66, 0.649, 0.852, 0.78, 0.952, 1.754, 1.711])
"""Tickets a showing by weekday, Monday first, over their week: medians of Korean releases, 2024."""


def supply_cut(draft: Draft) -> Outside:
    """Return by how much more showings fell than tickets did, where the two part most.

    ``1 - (showings after / before) / (tickets after / before)``, three days against the same days of the
    week before. Cinemas that follow an audience that leaves lose both alike, which gives nothing; taken
    from an audience that would have come, showings fall by more than tickets, for what is left is fuller.
    A run of fewer than ten days is compared with the three days before, tickets divided by a weekday's usual
    ones. The day is looked for: on Korean releases of 2024 the largest is .17 at the median, .37 at the
    upper quartile.
    """
    films: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM:
            films[row["film"]].append(row)
    if not films:
        return Outside(
            "supply_cut", Unknown("no_box_office", METHOD, "share", 0), None, Evidence("rows.boxoffice")
        )
    own = own_film(draft, films)
    where = Evidence("rows.boxoffice", {"film": own})
    days, shown, sold = _grid(films[own], draft.run("boxoffice_by_city", film=own))
    weekly = len(days) >= WEEK + WINDOW
    if not weekly and days:
        sold = sold / TICKETS_A_SHOWING[[day.weekday() for day in days], None]
    back = WEEK if weekly else WINDOW
    tried = {at: _lost(shown, sold, at, back) for at in range(back if weekly else 2, len(days) - 1)}
    known = {at: lost for at, lost in tried.items() if math.isfinite(lost)}
    if not known:
        none = Unknown("no_showings", METHOD, "share", len(days), 4)
        return Outside("supply_cut", none, None, where)
    at = max(known, key=lambda one: (known[one], -one))
    return Outside("supply_cut", _interval(shown, sold, (known[at], at), back), days[at], where)


def _grid(national: list[dict[str, Any]], by_city: list[dict[str, Any]]) -> tuple[list[date], Floats, Floats]:
    """Return days of the run, showings and tickets, shape (days, places); NaN where not told."""

    def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row for row in rows if row["showings"] and row["admissions"] and row["date"] is not None]

    source = [row for row in told(by_city) or told(national) if not row["preview"]]
    if not source:
        return [], np.zeros((0, 0)), np.zeros((0, 0))
    first, last = min(row["date"] for row in source), max(row["date"] for row in source)
    days = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
    places = sorted({row.get("city") or "" for row in source})
    shown, sold = (np.full((len(days), len(places)), np.nan) for _ in range(2))
    for row in source:
        at = ((row["date"] - first).days, places.index(row.get("city") or ""))
        shown[at], sold[at] = row["showings"], row["admissions"]
    # Previews carry few showings: days before the showings first reach half of their most are no run yet.
    whole = np.nansum(shown, axis=1)
    opened = int(np.argmax(whole >= whole.max() / 2))
    return days[opened:], shown[opened:], sold[opened:]


def _lost(shown: Floats, sold: Floats, at: int, back: int) -> float:
    """Return the loss at a day; NaN where a place or day is missing on either side for all places."""
    after = slice(at, min(at + WINDOW, shown.shape[0]))
    before = slice(max(0, at - back), max(0, after.stop - back))
    whole = np.isfinite(shown[before]).all(axis=0) & np.isfinite(shown[after]).all(axis=0)
    if not whole.any() or before.stop - before.start != after.stop - after.start:
        return math.nan
    s0, s1, a0, a1 = (
        float(table[side][:, whole].sum()) for table in (shown, sold) for side in (before, after)
    )
    return 1.0 - (s1 / s0) / (a1 / a0) if min(s0, s1, a0, a1) > 0 else math.nan


def _interval(shown: Floats, sold: Floats, found: tuple[float, int], back: int) -> Quantity:
    """Return the loss with the jackknife's interval over cities; a plain number for fewer than five."""
    value, at = found
    cities = shown.shape[1]
    if cities < LEAST_CITIES:
        return Estimate(value, value, value, 1.0, "share", METHOD, cities)
    left_out = np.array(
        [_lost(np.delete(shown, i, axis=1), np.delete(sold, i, axis=1), at, back) for i in range(cities)]
    )
    left_out = left_out[np.isfinite(left_out)]
    n = left_out.size
    if n < LEAST_CITIES:
        return Estimate(value, value, value, 1.0, "share", METHOD, cities)
    spread = math.sqrt((n - 1) / n * float(((left_out - left_out.mean()) ** 2).sum()))
    half = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread
    return Estimate(value, value - half, value + half, LEVEL, "share", METHOD, n)
