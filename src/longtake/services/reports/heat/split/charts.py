"""The pictures of a heat curve taken apart."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.report import Cell, Chart, Column, Mark, Table
from longtake.domain.timed.series import Series
from longtake.heat.grids.grid import DAY, HOUR
from longtake.services.reports.band import banded
from longtake.services.reports.draft import CHINA
from longtake.services.reports.heat.split.measured import Measured

Floats = NDArray[np.float64]

MOST_HOURS = 24 * 21


def charts(found: Measured, marks: tuple[Mark, ...], figure: str) -> tuple[Chart, ...]:
    """Return the curve in its two parts, the counterfactuals, and R over time.

    Args:
        found: What was measured.
        marks: Acts on the axis.
        figure: Id of the figure whose rows stand behind all of them.
    """
    series, split, slump = found.series, found.split, found.slump
    lay = _by_day if series.step == HOUR and len(series) > MOST_HOURS else _as_is
    two = [
        *lay(series, "promo", split.exogenous),
        *lay(series, "wom", split.endogenous, split.endogenous_low, split.endogenous_high),
    ]

    def timeline(name: str, rows: list[tuple[Cell, ...]]) -> Chart:
        return banded(
            name, tuple(rows), y="modelled", kind="number", unit=found.unit, marks=marks, figure=figure
        )

    made = [timeline("split", two)]
    without = [*lay(series, "counts", series.values), *lay(series, "bare", split.without_promotion)]
    if slump.fall is not None:
        without += lay(series, "kept", slump.fall.kept)
    made.append(timeline("without", without))
    moving = Chart(
        id="reproduction",
        title="reproduction",
        form="timeline",
        table=Table(
            (Column("at", "time"), Column("r", "number"), Column("low", "number"), Column("high", "number")),
            tuple(
                (at, *(round(float(v), 6) for v in values))
                for at, *values in zip(
                    series.times, found.moving.value, found.moving.low, found.moving.high, strict=True
                )
            ),
        ),
        x="at",
        y="r",
        low="low",
        high="high",
        unit="per count",
        marks=marks,
        figures=(figure,),
    )
    return (*made, moving)


def _as_is(
    series: Series, name: str, value: Floats, low: Floats | None = None, high: Floats | None = None
) -> list[tuple[Cell, ...]]:
    ends = (value, value if low is None else low, value if high is None else high)
    return [
        (at, name, *(_cell(one, known=low is not None or i == 0) for i, one in enumerate(row)))
        for at, *row in zip(series.times, *ends, strict=True)
    ]


def _by_day(
    series: Series, name: str, value: Floats, low: Floats | None = None, high: Floats | None = None
) -> list[tuple[Cell, ...]]:
    """Return sums over Beijing days; a day with an unknown hour is unknown."""
    first = series.start.astimezone(CHINA).replace(hour=0, minute=0)
    days = np.array([(at - first) // DAY for at in series.times])
    rows = []
    for day in range(int(days.max()) + 1):
        inside = days == day
        sums = [float(part[inside].sum()) for part in (value, *(p for p in (low, high) if p is not None))]
        at: datetime = first + day * DAY
        ends = sums[1:] or [np.nan, np.nan]
        rows.append((at, name, *(_cell(one, known=True) for one in (sums[0], *ends))))
    return rows


def _cell(value: float, *, known: bool) -> float | None:
    return round(float(value), 6) if known and np.isfinite(value) else None
