"""Whether showings were taken away, and who went first, cinemas or audience."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.pressure.outside import Outside

Floats = NDArray[np.float64]

METHOD = "sudden fall of log showings beyond their steady decline, jackknife over cities"
FULLER = "tickets a showing after over before, jackknife over cities"
WINDOW, WEEK = 3, 7
LEAST_DAYS = 2 * WINDOW
LEAST_CITIES = 5


def supply_cut(draft: Draft) -> Outside:
    """Return the largest sudden fall of showings, beyond the steady decline of the run.

    Of each day, ``1 - exp(mean log showings of the three days after - of the three before - 3 slope)``, the
    slope being the median day-to-day change of the run. The day is looked for. Who went first, cinemas or
    audience, is told by :func:`fuller`.
    """
    own, days, shown, _ = _told(draft)
    if own is None:
        none = Unknown("no_box_office", METHOD, "share", 0)
        return Outside("supply_cut", none, None, Evidence("rows.boxoffice"))
    where = Evidence("rows.boxoffice", {"film": own})
    at = _largest(shown)
    if at is None:
        none = Unknown("no_showings", METHOD, "share", len(days), LEAST_DAYS)
        return Outside("supply_cut", none, None, where)
    return Outside("supply_cut", _jackknifed(lambda kept: _lost(shown[:, kept], at), shown), days[at], where)


def fuller(draft: Draft) -> Figure:
    """Return tickets a showing after the fall of showings over those of the same days a week before.

    Above one, what was left was fuller: showings went before the audience. Below one, the audience went too.
    Unknown where there is no whole week before: a weekend would pass for a change.
    """
    own, days, shown, sold = _told(draft)
    quantity: Quantity = Unknown("no_box_office", FULLER, "ratio", 0)
    at = None if own is None else _largest(shown)
    if at is not None:
        quantity = Unknown("no_showings", FULLER, "ratio", len(days), at + WEEK)
        if at >= WEEK:
            quantity = _jackknifed(lambda kept: _ratio(shown[:, kept], sold[:, kept], at), shown, "ratio")
    rows = Evidence("rows.boxoffice", {"film": own} if own else {})
    return draft.figure("pressure.fuller", "fuller", quantity, rows)


def _told(draft: Draft) -> tuple[str | None, list[date], Floats, Floats]:
    found: tuple[str | None, list[date], Floats, Floats] = draft.once("showings", lambda: _read(draft))
    return found


def _read(draft: Draft) -> tuple[str | None, list[date], Floats, Floats]:
    films: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM:
            films[row["film"]].append(row)
    if not films:
        return None, [], np.zeros((0, 0)), np.zeros((0, 0))
    own = own_film(draft, films)
    return (own, *_grid(films[own], draft.run("boxoffice_by_city", film=own)))


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


def _largest(shown: Floats) -> int | None:
    """Return the first day after the largest sudden fall; None where the run is too short."""
    tried = {at: _lost(shown, at) for at in range(2, shown.shape[0] - 1)} if len(shown) >= LEAST_DAYS else {}
    known = {at: lost for at, lost in tried.items() if math.isfinite(lost)}
    return max(known, key=lambda at: (known[at], -at), default=None)


def _lost(shown: Floats, at: int) -> float:
    """Return the sudden fall at a day, over the places that tell all days around it."""
    around = shown[max(0, at - WINDOW) : at + WINDOW]
    whole = np.isfinite(around).all(axis=0)
    if not whole.any():
        return math.nan
    logs = np.log(around[:, whole].sum(axis=1))
    middle = at - max(0, at - WINDOW)
    steps = np.diff(np.log(np.nansum(shown[:, whole], axis=1)))
    apart = (len(logs) - middle - 1) / 2 + middle - (middle - 1) / 2
    step = float(logs[middle:].mean() - logs[:middle].mean() - apart * np.median(steps[np.isfinite(steps)]))
    return -math.expm1(step)


def _ratio(shown: Floats, sold: Floats, at: int) -> float:
    after = slice(at, min(at + WINDOW, shown.shape[0]))
    before = slice(after.start - WEEK, after.stop - WEEK)
    whole = np.isfinite(shown[before]).all(axis=0) & np.isfinite(shown[after]).all(axis=0)
    s0, s1, a0, a1 = (
        float(table[side][:, whole].sum()) for table in (shown, sold) for side in (before, after)
    )
    return (a1 / s1) / (a0 / s0) if min(s0, s1, a0, a1) > 0 else math.nan


def _jackknifed(worth: Callable[[list[int]], float], shown: Floats, unit: str = "share") -> Quantity:
    """Return a number with the jackknife's interval over places; a plain number for fewer than five."""
    places = list(range(shown.shape[1]))
    method = METHOD if unit == "share" else FULLER
    value = worth(places)
    if not math.isfinite(value):
        return Unknown("no_showings", method, unit, len(places))
    left_out = [worth([i for i in places if i != out]) for out in places] if len(places) > 1 else []
    known = np.array([one for one in left_out if math.isfinite(one)])
    n = known.size
    if n < LEAST_CITIES:
        return Estimate(value, value, value, 1.0, unit, method, len(places))
    spread = math.sqrt((n - 1) / n * float(((known - known.mean()) ** 2).sum()))
    half = float(stdtrit(n - 1, 0.5 + LEVEL / 2)) * spread
    return Estimate(value, value - half, value + half, LEVEL, unit, method, n)
