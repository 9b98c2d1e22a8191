"""A number over the running time of films of different length: lines with bands, and ticks below."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from longtake.domain.answers.report import Cell, Chart
from longtake.render.charts.panel import (
    INK,
    LEFT,
    LINE,
    RIGHT,
    SOFT,
    Panel,
    Size,
    finished,
    layer,
    value_axis,
)
from longtake.render.charts.timeline import DASHES, MEANING
from longtake.render.wording import Wording

LANE = 30
NAME = 14
"""Pixels of a lane that its name takes, above its ticks."""
FOOT = 24
"""Pixels the axis takes below the plot, before the first lane."""


def arc(chart: Chart, wording: Wording, size: Size) -> Panel | None:
    """Return one panel: a line a series that has values, a lane of ticks a series that has none.

    Args:
        chart: Its x is a share of the running time.
        wording: Words of the labels.
        size: For which width.

    Returns:
        None for a table without a single line.

    Raises:
        ValueError: The chart names a column its table does not have.
    """
    lines, ticks = lines_and_ticks(chart)
    if not lines:
        return None
    x = alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=_axis(size))
    axis = value_axis(wording.catalogue, chart.unit, ticks=5)
    y = alt.Y("y:Q", scale=alt.Scale(zero=True, nice=True), axis=axis)
    data: dict[str, Sequence[dict[str, Any]]] = {"zero": [{"y": 0}]}
    layers = [layer("zero").mark_rule(color=LINE, strokeWidth=1).encode(y="y:Q")]
    for index, (name, rows) in enumerate(lines.items()):
        colour, source = MEANING.get(name, INK), f"rows{index}"
        data[source] = rows
        if any("l" in row for row in rows):
            band = layer(source).mark_area(color=colour, opacity=0.2)
            layers.append(band.encode(x=x, y=alt.Y("l:Q", title=None), y2="h:Q"))
        dash = DASHES.get(colour, [1, 0])
        layers.append(
            layer(source).mark_line(color=colour, strokeWidth=1.8, strokeDash=dash).encode(x=x, y=y)
        )
    height = 200 if size.narrow else 230
    column = next(column for column in chart.table.columns if column.key == chart.series)
    for lane, (name, places) in enumerate(ticks.items()):
        top = height + FOOT + lane * LANE
        data[f"ticks{lane}"] = [{"x": place} for place in places]
        data[f"label{lane}"] = [{"t": wording.cell(column, name)}]
        mark = layer(f"ticks{lane}").mark_rule(color=INK, strokeWidth=1.6)
        layers.append(mark.encode(x=x, y=alt.YValue(top + NAME + 2), y2=alt.Y2Value(top + LANE - 3)))
        text = layer(f"label{lane}").mark_text(align="left", baseline="middle", color=SOFT, fontSize=11)
        layers.append(text.encode(x=alt.XValue(0), y=alt.YValue(top + NAME / 2), text="t:N"))
    padding = (10, RIGHT, FOOT + 6 + LANE * len(ticks), LEFT)
    return finished(layers, data, size=size, height=height, padding=padding)


def lines_and_ticks(chart: Chart) -> tuple[dict[str, list[dict[str, Any]]], dict[str, list[float]]]:
    """Return the rows of each series that has values, and the places of each that has none.

    Raises:
        ValueError: The chart names a column its table does not have.
    """
    places = {column.key: index for index, column in enumerate(chart.table.columns)}
    for key in (chart.x, chart.y, chart.series, chart.low, chart.high):
        if key and key not in places:
            raise ValueError(f"chart {chart.id!r} has no column {key!r}")
    lines: dict[str, list[dict[str, Any]]] = {}
    ticks: dict[str, list[float]] = {}
    for row in chart.table.rows:
        name = str(row[places[chart.series]] or "") if chart.series else ""
        at, value = _number(row[places[chart.x]]), _number(row[places[chart.y]])
        if at is None:
            continue
        if value is None:
            ticks.setdefault(name, []).append(at)
            continue
        ends = [_number(row[places[key]]) if key else None for key in (chart.low, chart.high)]
        both = {"l": ends[0], "h": ends[1]} if None not in ends else {}
        lines.setdefault(name, []).append({"x": at, "y": value, **both})
    return lines, {name: where for name, where in ticks.items() if name not in lines}


def _number(cell: Cell) -> float | None:
    known = isinstance(cell, int | float) and not isinstance(cell, bool) and math.isfinite(cell)
    return float(cell) if known and isinstance(cell, int | float) else None


def _axis(size: Size) -> alt.Axis:
    return alt.Axis(
        labelExpr="format(datum.value, '~%')",
        values=[0, 0.25, 0.5, 0.75, 1] if size.narrow else [k / 10 for k in range(11)],
        grid=False,
        title=None,
    )
