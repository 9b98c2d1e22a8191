"""A chart's table as rows that marks can be drawn from."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from longtake.domain.answers.report import Cell, Chart
from longtake.render.wording import Wording

HOUR = 3_600_000
EVEN_SHARE = 0.8
TIME_KINDS = frozenset({"time", "day"})


@dataclass(frozen=True, slots=True)
class Point:
    """One row of a chart's table.

    Attributes:
        x: Wall-clock milliseconds on a time axis; None elsewhere.
        name: The category, or the time in words.
        y: Height; None where nothing is known.
        low: Lower end of the interval, if any.
        high: Upper end of the interval, if any.
        series: Raw name of the series; empty for one line.
        state: observed, absent or missing.
        n: Rows behind it, if the table says.
    """

    x: int | None
    name: str
    y: float | None
    low: float | None
    high: float | None
    series: str
    state: str
    n: float | None = None


def over_time(chart: Chart) -> bool:
    """Whether the chart's x is a time."""
    return any(column.key == chart.x and column.kind in TIME_KINDS for column in chart.table.columns)


def points(chart: Chart, wording: Wording) -> list[Point]:
    """Return the rows of a chart in the order of its table, or of time on a time axis.

    A row without a value is missing, unless its ``state`` column says that it was looked for and absent, or
    the chart shows a list and the table has no such column.

    Raises:
        ValueError: The chart names a column its table does not have.
    """
    places = {column.key: index for index, column in enumerate(chart.table.columns)}
    for key in (chart.x, chart.y, chart.series, chart.low, chart.high):
        if key and key not in places:
            raise ValueError(f"chart {chart.id!r} has no column {key!r}")
    timed = over_time(chart)
    silent = "absent" if chart.form == "list" and "state" not in places else "missing"

    def one(row: tuple[Cell, ...]) -> Point:
        def cell(key: str) -> Cell:
            return row[places[key]] if key in places else None

        y = _number(cell(chart.y))
        state = str(cell("state") or silent) if y is None else "observed"
        name = wording.cell(chart.table.columns[places[chart.x]], cell(chart.x))
        ends = _number(cell(chart.low)), _number(cell(chart.high))
        series = str(cell(chart.series) or "") if chart.series else ""
        return Point(
            wording.wall(cell(chart.x)) if timed else None, name, y, *ends, series, state, _number(cell("n"))
        )

    found = [one(row) for row in chart.table.rows]
    if not timed:
        return found
    order = series_of(found)
    return [
        point
        for name in order
        for point in _filled(
            sorted((p for p in found if p.series == name and p.x is not None), key=_time), wording
        )
    ]


def _time(point: Point) -> int:
    return point.x or 0


def _filled(found: list[Point], wording: Wording) -> list[Point]:
    """Return points with the holes of their grid told as missing; points on no even grid as they are."""
    times = [_time(point) for point in found]
    apart = [b - a for a, b in pairwise(times)]
    step = min((width for width in apart if width), default=0)
    if not step or sum(width == step for width in apart) < EVEN_SHARE * len(apart):
        return found
    out = []
    for point, width in zip(found, [*apart, step], strict=True):
        out.append(point)
        if width > step and width % step == 0:
            for at in range(_time(point) + step, _time(point) + width, step):
                out.append(Point(at, wording.at_wall(at), None, None, None, point.series, "missing"))
    return out


def series_of(found: Sequence[Point]) -> tuple[str, ...]:
    """Return the names of the series in order of first appearance."""
    return tuple(dict.fromkeys(point.series for point in found))


def step_of(found: Sequence[Point]) -> int:
    """Return the smallest distance between two times, milliseconds; an hour when there is one time."""
    times = sorted({point.x for point in found if point.x is not None})
    return min((b - a for a, b in pairwise(times)), default=HOUR)


def gaps(found: Sequence[Point], step: int) -> list[dict[str, int]]:
    """Return the stretches in which nothing was seen, as ``{x, x2}``.

    Examples:
        >>> def at(x, y): return Point(x, "", y, None, None, "", "observed" if y else "missing")
        >>> gaps([at(0, 5.0), at(1, None), at(2, None), at(3, 4.0)], 1)
        [{'x': 1, 'x2': 3}]
    """
    seen = {point.x for point in found if point.state != "missing"}
    out: list[dict[str, int]] = []
    for x in sorted({point.x for point in found if point.x is not None} - seen):
        if out and out[-1]["x2"] == x:
            out[-1]["x2"] = x + step
        else:
            out.append({"x": x, "x2": x + step})
    return out


def rows_for_line(found: Sequence[Point]) -> list[dict[str, Any]]:
    """Return rows that leave a break where nothing is known."""
    ends = any(p.low is not None and p.high is not None for p in found)
    return [{"x": p.x, "y": p.y, **({"l": p.low, "h": p.high} if ends else {})} for p in found]


def lonely(found: Sequence[Point]) -> list[dict[str, Any]]:
    """Return known points with no known neighbour, which a line alone would not show."""
    out = []
    for index, point in enumerate(found):
        around = [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]]
        if point.y is not None and all(p.y is None or p.series != point.series for p in around):
            out.append({"x": point.x, "y": point.y})
    return out


def amount(point: Point, unit: str, wording: Wording) -> str:
    """Return a point's value with its interval in words."""
    if point.y is None:
        return wording.catalogue.say("page.absent" if point.state == "absent" else "page.gap")
    spread = None
    if point.low is not None and point.high is not None:
        spread = point.high - point.low
    text = wording.catalogue.amount(point.y, unit, spread=spread)
    if spread:
        text += f" [{wording.catalogue.interval(point.low or 0.0, point.high or 0.0, unit)}]"
    return text


def _number(cell: Cell) -> float | None:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
        return float(cell)
    return None
