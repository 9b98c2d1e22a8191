"""How talk crosses from one audience circle to the next, and where it stops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.report import Column, Section, Sentence, Table
from longtake.domain.campaign import Circle
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.timed.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat.circles.spread import Crossing, crossing
from longtake.heat.grids.grid import DAY, HOUR, even
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import CHINA, LEVEL, Draft
from longtake.services.reports.heat.split.acts import acts
from longtake.services.reports.heat.talk import Talk

Floats = NDArray[np.float64]

LEAST = 2
LEAST_COMMENTS = 50
# Hours with fewer comments than this in the smallest circle say little of who follows whom.
FINE = 0.5


def spoke(draft: Draft) -> list[tuple[Circle, list[dict[str, Any]]]]:
    """Return the planned circles that spoke enough, each with its comments by the hour."""
    hours = [(circle, draft.run("circle_by_hour", **rules(circle))) for circle in draft.campaign.circles]
    return [(circle, rows) for circle, rows in hours if sum(row["n"] for row in rows) >= LEAST_COMMENTS]


def measured(draft: Draft, talks: Sequence[Talk]) -> Crossing | NotEnoughDataError | None:
    """Return how talk crosses between the planned circles, once a draft; None with fewer than two of them."""
    found: Crossing | NotEnoughDataError | None = draft.once("crossing", lambda: _measured(draft, talks))
    return found


def _measured(draft: Draft, talks: Sequence[Talk]) -> Crossing | NotEnoughDataError | None:
    heard = [rows for _, rows in spoke(draft)]
    if len(heard) < LEAST or not talks:
        return None
    grid = _grid([row["hour"] for rows in heard for row in rows])
    series = [_laid([(row["hour"], float(row["n"])) for row in rows], grid) for rows in heard]
    done = acts(draft, talks[0].platform, series[0])
    pushes = np.array([act.intensity for act in done.values()]) if done else None
    counts = np.array([one.values for one in series])
    fine = counts.mean(axis=1).min() >= FINE
    if not fine:
        counts, pushes = _by_day(counts), None if pushes is None else _by_day(pushes)
    try:
        return crossing(counts, step_hours=1.0 if fine else 24.0, pushes=pushes, level=LEVEL)
    except NotEnoughDataError as error:
        return error


def section(draft: Draft, talks: Sequence[Talk]) -> Section | None:
    """Return the section; None where the campaign names fewer than two circles that spoke."""
    found = measured(draft, talks)
    if found is None:
        return None
    if isinstance(found, NotEnoughDataError):
        return Section("crossing", (Sentence("crossing_too_few", words={"needed": f"{found.needed}"}),))
    circles = [circle for circle, _ in spoke(draft)]
    links = [
        _link(draft, number, pair, link)
        for number, (pair, link) in enumerate(zip(pairwise(circles), found.links, strict=True), 1)
    ]
    return Section(
        "crossing",
        (_weakest(found, links),),
        figures=(*links[:4], _radius(draft, circles, found.radius)),
        notes=("crossing_describes",),
        more=tuple(links[4:]),
        tables={"crossing": _table(circles, found)},
    )


def _grid(hours: Sequence[datetime]) -> tuple[datetime, datetime]:
    def midnight(at: datetime) -> datetime:
        return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)

    return midnight(min(hours)), midnight(max(hours)) + DAY


def _laid(rows: Sequence[tuple[datetime, float]], grid: tuple[datetime, datetime]) -> Series:
    start, end = grid
    steps = range((end - start) // HOUR)
    return even(
        [*(at for at, _ in rows), *(start + i * HOUR for i in steps)],
        [*(n for _, n in rows), *(0.0 for _ in steps)],
        start=start,
        end=end,
        step=HOUR,
        reduction="sum",
    )


def _by_day(hours: Floats) -> Floats:
    return np.asarray(hours.reshape(hours.shape[0], -1, 24).sum(axis=2))


def _evidence(circle: Circle) -> Evidence:
    return Evidence("rows.comments", rules(circle))


def _link(draft: Draft, number: int, pair: tuple[Circle, Circle], link: Quantity) -> Figure:
    sender, taker = pair
    slots = {"from": sender.name, "to": taker.name}
    return draft.figure(f"crossing.link.{number}", "crossing_link", link, _evidence(taker), slots)


def _radius(draft: Draft, circles: Sequence[Circle], radius: Estimate) -> Figure:
    named = Estimate(
        radius.value, radius.low, radius.high, radius.level, "per count", radius.method, radius.n
    )
    return draft.figure("crossing.radius", "crossing_radius", named, _evidence(circles[0]))


def _weakest(found: Crossing, links: Sequence[Figure]) -> Sentence:
    if isinstance(found.weakest, Unknown) or len(links) < LEAST:
        key = "crossing_untold" if len(links) >= LEAST else "crossing_one"
        return Sentence(key, {} if len(links) >= LEAST else {"link": links[0]}, dict(links[0].slots))
    weak = links[found.weakest]
    return Sentence("crossing_weakest", {"link": weak}, dict(weak.slots), tone="warn")


def _table(circles: Sequence[Circle], found: Crossing) -> Table:
    columns = (
        Column("from"),
        Column("to"),
        Column("bred", "number"),
        Column("low", "number"),
        Column("high", "number"),
    )
    rows = tuple(
        (
            sender.name,
            taker.name,
            round(float(found.matrix[i, j]), 4),
            round(float(found.low[i, j]), 4),
            round(float(found.high[i, j]), 4),
        )
        for j, sender in enumerate(circles)
        for i, taker in enumerate(circles)
    )
    return Table(columns, rows)
