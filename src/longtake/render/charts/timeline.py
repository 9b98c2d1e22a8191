"""A number over time: lines and areas, or upright bars a day, with events and gaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from longtake.domain.answers.report import Chart
from longtake.render.charts.panel import (
    GOOD,
    INK,
    LEFT,
    PROMO,
    RIGHT,
    SOFT,
    WOM,
    Panel,
    caption,
    finished,
    layer,
    value_axis,
)
from longtake.render.charts.shape import Point, amount, gaps, lonely, rows_for_line, series_of, step_of
from longtake.render.charts.timeaxis import Frame, event_layers, gap_layer, hover_layer, span_layer, time_x
from longtake.render.wording import Wording

MEANING = {
    "wom": WOM,
    "organic": WOM,
    "audience": WOM,
    "promo": PROMO,
    "paid": PROMO,
    "official": PROMO,
    "kol": PROMO,
    "counts": INK,
    "bare": PROMO,
    "kept": GOOD,
    "forecast": WOM,
    "promised": PROMO,
    "on_screen": WOM,
}
VOICES = ("heat", "reproduction", "comments", "polarity", "voice", "rating", "copies")
SIGNED_UNITS = frozenset({"polarity", "score", "stars"})
DASHES = {WOM: [1, 0], PROMO: [6, 3], INK: [1, 0], GOOD: [2, 3]}


def colour_of(chart: Chart, series: str) -> str:
    """Return the colour of a series: vermilion for what people say, slate for what is promoted, else ink."""
    if series in MEANING:
        return MEANING[series]
    return WOM if chart.title.startswith(VOICES) else INK


def timeline(chart: Chart, found: Sequence[Point], frame: Frame, *, top: float | None) -> Panel:
    """Return one panel of a number over time.

    Args:
        chart: What is drawn.
        found: Its rows on this panel.
        frame: What it is drawn into.
        top: Upper end of y; None lets the data decide.
    """
    wording, size, small = frame.wording, frame.size, frame.small
    step = step_of(found)
    missing = gaps(found, step)
    back, data, room = event_layers(frame)
    domain = alt.Undefined if top is None else [0, top]
    zero = chart.unit not in SIGNED_UNITS
    scale = alt.Scale(type="symlog" if chart.log else "linear", zero=zero, domain=domain, nice=top is None)
    axis = value_axis(wording.catalogue, chart.unit, ticks=3 if small else 5)
    x, y = time_x(frame), alt.Y("y:Q", scale=scale, axis=axis)
    layers = [span_layer()]
    data["span"] = [{"x": frame.span.low}, {"x": frame.span.high}]
    if missing:
        data["gaps"] = missing
        layers.append(gap_layer())
    layers += back
    for index, name in enumerate(series_of(found)):
        mine = [point for point in found if point.series == name]
        colour = colour_of(chart, name)
        layers += _curves(chart, mine, f"rows{index}", x, y)
        data[f"rows{index}"] = _bars(mine, step) if chart.form == "bars" else rows_for_line(mine)
        alone = lonely(mine)
        if alone and chart.form != "bars":
            data[f"dots{index}"] = alone
            layers.append(
                layer(f"dots{index}").mark_point(filled=True, size=16, color=colour).encode(x="x:T", y="y:Q")
            )
    if chart.unit in {"polarity", "score"}:
        data["zero"] = [{"y": 0}]
        layers.append(layer("zero").mark_rule(color=SOFT, strokeWidth=1).encode(y="y:Q"))
    if frame.live:
        data["hover"], names = _hover(chart, found, wording)
        layers.append(hover_layer(frame, names, step))
    height = (104 if size.narrow else 96) if small else (220 if size.narrow else 230)
    padding = (max(room, 22 if small else 12), RIGHT, 28 if frame.last else 8, LEFT)
    if small:
        data["caption"] = [{"t": wording.cell(_series_column(chart), found[0].series)}]
        layers.append(caption(-18))
    return finished(layers, data, size=size, height=height, padding=padding)


def _series_column(chart: Chart) -> Any:
    return next(column for column in chart.table.columns if column.key == chart.series)


def _curves(chart: Chart, mine: Sequence[Point], name: str, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    base, colour = layer(name), colour_of(chart, mine[0].series)
    if chart.form == "bars":
        return [base.mark_rect(color=colour, opacity=0.8).encode(x=x, x2="x2:T", y=y, y2=alt.Y2Datum(0))]
    out = []
    if any(point.low is not None and point.high is not None for point in mine):
        out.append(
            base.mark_area(color=colour, opacity=0.26).encode(x=x, y=alt.Y("l:Q", title=None), y2="h:Q")
        )
    if chart.unit not in SIGNED_UNITS and not chart.log and chart.unit != "share":
        out.append(base.mark_area(color=colour, opacity=0.16, line=False).encode(x=x, y=y))
    dash = DASHES[colour]
    out.append(
        base.mark_line(color=colour, strokeWidth=1.7, strokeDash=dash, strokeJoin="round").encode(x=x, y=y)
    )
    return out


def _bars(mine: Sequence[Point], step: int) -> list[dict[str, Any]]:
    width = round(step * 0.78)
    return [{"x": p.x, "x2": p.x + width, "y": p.y} for p in mine if p.x is not None and p.y is not None]


def _hover(chart: Chart, found: Sequence[Point], wording: Wording) -> tuple[list[dict[str, Any]], list[str]]:
    names = series_of(found)
    rows: dict[int, dict[str, Any]] = {}
    for point in found:
        if point.x is not None:
            row = rows.setdefault(point.x, {"x": point.x, "t": point.name})
            row[f"v{names.index(point.series)}"] = amount(point, chart.unit, wording)
    if chart.series:
        column = _series_column(chart)
        return list(rows.values()), [wording.cell(column, name) for name in names]
    return list(rows.values()), [wording.catalogue.say(f"chart.{chart.title}")]
