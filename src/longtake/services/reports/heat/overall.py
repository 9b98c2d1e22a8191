"""One heat over all platforms: a level that platforms share, not a sum of their counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.report import Cell, Chart, Column, Table
from longtake.domain.timed.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat.grids.grid import DAY, HOUR, even
from longtake.heat.index.heat import HeatIndex, heat_index
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.heat.talk import Talk
from longtake.services.reports.marks import marks

Floats = NDArray[np.float64]

LEAST = 2


def chart(draft: Draft, talks: Sequence[Talk]) -> tuple[Chart, Table] | None:
    """Return the index by day with its band and what each platform moves it by; None with one platform."""
    days = {talk.platform: _by_day(talk.series) for talk in talks if talk.series is not None}
    if len(days) < LEAST:
        return None
    start = min(series.start for series in days.values())
    end = max(series.start + len(series) * DAY for series in days.values())
    counts = {name: _spread(series, start, (end - start) // DAY) for name, series in days.items()}
    try:
        found = heat_index(counts)
    except NotEnoughDataError:
        return None
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (start + i * DAY, *(round(float(v), 4) for v in values))
        for i, values in enumerate(zip(found.index, found.low80, found.high80, strict=True))
    )
    columns = (
        Column("at", "time"),
        Column("index", "number"),
        Column("low", "number"),
        Column("high", "number"),
    )
    drawn = Chart(
        id="heat-index",
        title="heat_index",
        form="timeline",
        table=Table(columns, rows),
        x="at",
        y="index",
        low="low",
        high="high",
        unit="index",
        marks=marks(draft),
        figures=tuple(talk.figures["total"].id for talk in talks if talk.platform in days),
    )
    return drawn, _parts(found)


def _parts(found: HeatIndex) -> Table:
    columns = (Column("platform", "code"), Column("loading", "number"), Column("contribution", "share"))
    rows = tuple(
        (name, round(found.loadings[name], 4), round(float(np.mean(found.contributions[name])), 4))
        for name in sorted(found.loadings, key=lambda one: (-float(np.mean(found.contributions[one])), one))
    )
    return Table(columns, rows)


def _by_day(series: Series) -> Series:
    if series.step != HOUR:
        return series

    def midnight(at: datetime) -> datetime:
        return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)

    end = midnight(series.start + (len(series) - 1) * HOUR) + DAY
    return even(series.times, series.values, start=midnight(series.start), end=end, step=DAY, reduction="sum")


def _spread(series: Series, start: datetime, steps: int) -> Floats:
    """Return a platform's days on the common grid; before its first and after its last row nobody looked."""
    out = np.full(steps, np.nan)
    first = (series.start - start) // DAY
    out[first : first + len(series)] = series.values
    return out
