"""Bars and intervals by category, each with its name and its number beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from longtake.domain.answers.report import Chart
from longtake.render.charts.panel import (
    INK,
    LINE,
    SOFT,
    WOM,
    Panel,
    Size,
    finished,
    layer,
    text_width,
    value_axis,
)
from longtake.render.charts.shape import Point, amount
from longtake.render.charts.timeline import MEANING
from longtake.render.wording import Wording

STEP, STEP_NARROW = 34, 50
WIDEST_NAME = 250


def categories(
    chart: Chart, found: Sequence[Point], raw: Sequence[str], wording: Wording, size: Size
) -> Panel:
    """Return bars (form ``bars``) or dots with their intervals (form ``interval``), in the table's order.

    Args:
        chart: What is drawn.
        found: Its rows.
        raw: The raw category of each row, which decides its colour.
        wording: Words of the labels.
        size: For which width; on a phone the names stand above the bars.
    """
    rows = [
        _row(index, chart, point, name, wording)
        for index, (point, name) in enumerate(zip(found, raw, strict=True))
    ]
    left = (
        8
        if size.narrow
        else min(WIDEST_NAME, round(max((text_width(r["t"]) for r in rows), default=40))) + 20
    )
    right = 12 if size.narrow else min(300, round(max((text_width(r["v"]) for r in rows), default=40))) + 24
    ends = [end for row in rows for end in (row["l"], row["h"], row["y"]) if end is not None]
    low = min([0.0, *ends])
    high = max([*ends, 0.0]) or 1.0
    dots = chart.form == "interval"
    axis = None
    if dots:
        axis = value_axis(wording.catalogue, chart.unit, ticks=5, side=False)
    x = alt.X("y:Q", scale=alt.Scale(domain=[low, high], nice=dots), axis=axis)
    band = alt.Y(
        "k:O", axis=None, scale=alt.Scale(paddingInner=0.44 if not size.narrow else 0.6, paddingOuter=0.25)
    )
    colour = alt.Color("c:N", scale=None, legend=None)
    layers = [_zero()]
    if not dots:
        layers.append(
            layer("rows")
            .mark_bar(opacity=0.85)
            .encode(x=x, x2=alt.X2Datum(0), y=band, fill=alt.Fill("c:N", scale=None))
        )
    spans = [row for row in rows if row["l"] is not None and row["h"] is not None]
    if spans:
        rule = layer("spans").mark_rule(strokeWidth=2 if dots else 1.2)
        ink = colour if dots else alt.ColorValue(INK)
        layers.append(rule.encode(x=alt.X("l:Q"), x2="h:Q", y=band, color=ink))
    if dots:
        dot = layer("rows").mark_point(filled=True, size=80, opacity=1)
        layers.append(dot.encode(x=x, y=band, fill=alt.Fill("c:N", scale=None)))
    layers += _labels(band, right, size, max((text_width(r["v"]) for r in rows), default=40))
    data = {"rows": rows, "spans": spans, "zero": [{"y": 0}]}
    step = STEP_NARROW if size.narrow else STEP
    padding = (4, right, 26 if dots else 4, left)
    return finished(layers, data, size=size, height=max(1, len(rows)) * step, padding=padding)


def _row(index: int, chart: Chart, point: Point, raw: str, wording: Wording) -> dict[str, Any]:
    name = point.name
    if point.series:
        column = next(column for column in chart.table.columns if column.key == chart.series)
        name = f"{name} · {wording.cell(column, point.series)}"
    value = amount(point, chart.unit, wording)
    if point.n is not None:
        value += f" · {wording.catalogue.say('page.n', n=wording.catalogue.exact(point.n))}"
    default = WOM if chart.form == "interval" else SOFT
    return {
        "k": f"{index:04d}",
        "t": name,
        "v": value,
        "y": point.y,
        "l": point.low,
        "h": point.high,
        "c": MEANING.get(point.series, MEANING.get(raw, default)),
    }


def _zero() -> alt.Chart:
    drawn: alt.Chart = layer("zero").mark_rule(color=LINE, strokeWidth=1).encode(x="y:Q")
    return drawn


def _labels(band: alt.Y, right: int, size: Size, values: float) -> list[alt.Chart]:
    if size.narrow:
        # Names and numbers share a line: names get what the widest number leaves.
        room = min(170, round(values))
        limit = max(150, size.width - room - 44)
        name = layer("rows").mark_text(align="left", baseline="middle", dy=-19, limit=limit, color=INK)
        value = layer("rows").mark_text(align="right", baseline="middle", dy=-19, limit=170)
        edge = alt.XValue("width")
        return [name.encode(x=alt.XValue(0), y=band, text="t:N"), value.encode(x=edge, y=band, text="v:N")]
    name = layer("rows").mark_text(align="right", baseline="middle", dx=-10, limit=WIDEST_NAME, color=INK)
    value = layer("rows").mark_text(align="left", baseline="middle", dx=12, limit=right, color=SOFT)
    return [
        name.encode(x=alt.XValue(0), y=band, text="t:N"),
        value.encode(x=alt.XValue("width"), y=band, text="v:N"),
    ]
