"""A place on a top list over time, with absence shown as absence."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from longtake.domain.answers.report import Chart
from longtake.render.charts.panel import (
    INK,
    LEFT,
    RIGHT,
    SOFT,
    Panel,
    caption,
    finished,
    layer,
    value_axis,
)
from longtake.render.charts.shape import Point, amount, gaps, lonely, rows_for_line, step_of
from longtake.render.charts.timeaxis import Frame, event_layers, gap_layer, hover_layer, span_layer, time_x

LANE = 30


def toplist(chart: Chart, found: Sequence[Point], frame: Frame) -> Panel:
    """Return one panel of ranks or scores; hours seen off the list are ticks in a lane of their own.

    Args:
        chart: What is drawn.
        found: Its rows on this panel.
        frame: What it is drawn into.
    """
    wording, size, small = frame.wording, frame.size, frame.small
    height = (120 if size.narrow else 112) if small else (220 if size.narrow else 210)
    back, data, room = event_layers(frame)
    known = [point.y for point in found if point.y is not None]
    rank = chart.unit == "rank"
    domain = [max([*known, 2.0]), 1] if rank else [0, max([*known, 1.0])]
    scale = alt.Scale(domain=domain, range=[height - LANE, 0], nice=False, zero=not rank)
    axis = value_axis(
        wording.catalogue, chart.unit, ticks=3 if small else 5, values=_ranks(domain[0]) if rank else None
    )
    x, y = time_x(frame), alt.Y("y:Q", scale=scale, axis=axis)
    step = step_of(found)
    data["rows"] = rows_for_line(found)
    layers = [span_layer()]
    data["span"] = [{"x": frame.span.low}, {"x": frame.span.high}]
    if missing := gaps(found, step):
        data["gaps"] = missing
        layers.append(gap_layer())
    layers += back
    layers.append(
        layer("rows")
        .mark_line(color=INK, strokeWidth=1.8, strokeJoin="round", interpolate="monotone")
        .encode(x=x, y=y)
    )
    if alone := lonely(found):
        data["dots"] = alone
        layers.append(layer("dots").mark_point(filled=True, size=18, color=INK).encode(x="x:T", y="y:Q"))
    absent = [{"x": point.x} for point in found if point.state == "absent"]
    if absent:
        data["absent"] = absent
        tick = layer("absent").mark_tick(color=SOFT, thickness=1, height=7, opacity=0.7, orient="vertical")
        layers.append(tick.encode(x="x:T", y=alt.YValue(height - LANE // 3)))
    data["lane"] = [{"t": wording.catalogue.say("page.off_list")}]
    lane = layer("lane").mark_text(align="right", baseline="middle", dx=-9)
    layers.append(lane.encode(x=alt.XValue(0), y=alt.YValue(height - LANE // 3), text="t:N"))
    line = layer("lane").mark_rule(color=SOFT, strokeDash=[1, 3])
    layers.append(line.encode(y=alt.YValue(height - LANE + 10), x=alt.XValue(0), x2=alt.X2Value("width")))
    names = [wording.catalogue.say(f"chart.{chart.title}")]
    if chart.series and found:
        column = next(column for column in chart.table.columns if column.key == chart.series)
        names = [wording.cell(column, found[0].series)]
    if small:
        data["caption"] = [{"t": names[0]}]
        layers.append(caption(-18))
    if frame.live:
        data["hover"] = [{"x": p.x, "t": p.name, "v0": amount(p, chart.unit, wording)} for p in found]
        layers.append(hover_layer(frame, names, step))
    padding = (max(room, 24 if small else 12), RIGHT, 28 if frame.last else 8, LEFT)
    return finished(layers, data, size=size, height=height, padding=padding)


def _ranks(worst: float) -> list[int]:
    """Return the ranks worth a line.

    Examples:
        >>> _ranks(48.0), _ranks(3.0)
        ([1, 10, 20, 30, 40], [1, 2, 3])
    """
    step = next(s for s in (1, 2, 5, 10, 20, 50, 100, 1000) if worst / s <= 6 or s == 1000)
    return [1, *range(2 if step == 1 else step, int(worst) + 1, step)]
