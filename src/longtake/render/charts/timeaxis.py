"""The time axis every chart shares: its ticks, its events, its missing stretches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import altair as alt

from longtake.domain.answers.report import Mark
from longtake.render.charts.panel import GOOD, LEFT, PROMO, RIGHT, SOFT, Size, layer, text_width
from longtake.render.charts.shape import HOUR
from longtake.render.wording import Wording, visible

DAY = 24 * HOUR
LINE_HEIGHT = 15
LANE_HEIGHT = 4
MOST_LANES = 6


@dataclass(frozen=True, slots=True)
class Span:
    """The stretch of wall-clock time a chart shows, milliseconds."""

    low: int
    high: int

    def inside(self, start: int, end: int | None) -> bool:
        """Whether an event can be seen in it."""
        return start <= self.high and (end or start) >= self.low


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event with its number, which is the same on every chart."""

    number: int
    mark: Mark
    start: int
    end: int | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What a panel over time is drawn into.

    Attributes:
        span: Of the time axis.
        events: On the axis.
        wording: Words of axes and tooltips.
        size: For which width.
        first: Whether the events are labelled.
        last: Whether the axis is labelled.
        small: Whether it is one of several panels.
        live: Whether it answers the pointer.
    """

    span: Span
    events: Sequence[Numbered]
    wording: Wording
    size: Size
    first: bool = True
    last: bool = True
    small: bool = False
    live: bool = False


def numbered(marks: Sequence[Mark], wording: Wording) -> list[Numbered]:
    """Return events in order of time, numbered from 1."""
    ordered = sorted(marks, key=lambda m: (m.start, m.kind, m.note))
    out = []
    for number, mark in enumerate(ordered, start=1):
        start = wording.wall(mark.start)
        if start is not None:
            out.append(Numbered(number, mark, start, None if mark.end is None else wording.wall(mark.end)))
    return out


def time_x(frame: Frame) -> alt.X:
    """Return the x channel over the frame's span, labelled in the catalogue's language."""
    span = frame.span
    values, form = _ticks(span, frame.size.ticks)
    say = frame.wording.catalogue.say
    axis = alt.Axis(
        values=alt.ExprRef(str(values)),
        labels=frame.last,
        labelExpr=_label(
            form, values, {key: say(f"axis.{key}") for key in ("hour", "day", "month_day", "month", "year")}
        ),
        grid=False,
        ticks=frame.last,
        domain=True,
        labelPadding=6,
        labelFlush=False,
    )
    return alt.X("x:T", scale=alt.Scale(type="utc", nice=False), axis=axis)


def span_layer() -> alt.Chart:
    """Return the unseen layer that fixes the axis to the span; its data are called ``span``.

    A domain written into the scale would need Vega to evaluate dates, which it cannot do under a policy
    without ``unsafe-eval``.
    """
    drawn: alt.Chart = layer("span").mark_point(opacity=0, size=0).encode(x=alt.X("x:T"))
    return drawn


def event_layers(frame: Frame) -> tuple[list[alt.Chart], dict[str, list[dict[str, Any]]], int]:
    """Return the layers that draw events, their data, and the room their labels take above the plot.

    A label keeps its word where there is room, its number alone where there is less, and nothing but its line
    where there is none; the list under the chart has them all.
    """
    span = frame.span
    seen = [event for event in frame.events if span.inside(event.start, event.end)]
    if not seen:
        return [], {}, 0
    x, x2 = alt.X("x:T"), alt.X2("x2:T")
    color = alt.Color("c:N", scale=None, legend=None)
    lines = [{"x": max(e.start, span.low), "c": _colour(e.mark)} for e in seen]
    data: dict[str, list[dict[str, Any]]] = {"marks": lines}
    layers = []
    for lane, rows in enumerate(_lanes(seen, span)):
        data[f"bands{lane}"] = rows
        band = layer(f"bands{lane}").mark_rect(opacity=0.55)
        foot = lane * LANE_HEIGHT
        fill = alt.Fill("c:N", scale=None)
        layers.append(
            band.encode(x=x, x2=x2, y=alt.YValue(foot), y2=alt.Y2Value(foot + LANE_HEIGHT - 1), fill=fill)
        )
    layers.append(layer("marks").mark_rule(strokeDash=[2, 3], strokeWidth=1).encode(x=x, color=color))
    if not frame.first:
        return layers, data, 0
    lift = LINE_HEIGHT + 3 if frame.small else 0
    placed = _placed(seen, frame)
    for name, rows in placed.items():
        data[name] = rows
        row, side = int(name[6:-1]), name[-1]
        mark = layer(name).mark_text(
            align="left" if side == "l" else "right",
            dx=3 if side == "l" else -3,
            baseline="bottom",
        )
        layers.append(mark.encode(x=x, y=alt.YValue(-4 - lift - row * LINE_HEIGHT), text="t:N", color=color))
    lines_used = 1 + max((int(name[6:-1]) for name in placed), default=0)
    return layers, data, 6 + lift + lines_used * LINE_HEIGHT


def gap_layer() -> alt.Chart:
    """Return the layer that hatches missing stretches; its data are called ``gaps``."""
    hatch = layer("gaps").mark_rect(fill="url(#hatch)")
    drawn: alt.Chart = hatch.encode(x=alt.X("x:T"), x2=alt.X2("x2:T"))
    return drawn


def hover_layer(frame: Frame, names: Sequence[str], step: int) -> alt.Chart:
    """Return the layer that answers the pointer; its data are called ``hover``: x, t and v0, v1 ..."""
    plot = frame.size.width - LEFT - RIGHT
    thickness = plot * step / max(step, frame.span.high - frame.span.low)
    over = alt.selection_point(name="over", on="pointerover", clear="pointerout", fields=["x"], empty=False)
    tips = [alt.Tooltip("t:N", title="title")]
    tips += [alt.Tooltip(f"v{index}:N", title=_safe_title(name)) for index, name in enumerate(names)]
    rule = layer("hover", name="hover").mark_rule(strokeWidth=max(3.0, thickness), color=SOFT)
    shown = alt.when(over).then(alt.value(0.25)).otherwise(alt.value(0))
    drawn: alt.Chart = rule.encode(x=alt.X("x:T"), opacity=shown, tooltip=tips).add_params(over)
    return drawn


def _safe_title(name: str) -> str:
    """Return a tooltip key that the tooltip does not read as an instruction."""
    return f"{name} " if name in {"title", "image", ""} else name


def _colour(mark: Mark) -> str:
    if mark.kind == "repair":
        return GOOD
    return PROMO if mark.paid else SOFT


def _lanes(seen: Sequence[Numbered], span: Span) -> list[list[dict[str, Any]]]:
    """Return acts that last as bars, in as few lanes as keep them apart and six at most."""
    lanes: list[list[dict[str, Any]]] = []
    for event in seen:
        if event.end is None or event.end <= event.start:
            continue
        row = {"x": max(event.start, span.low), "x2": min(event.end, span.high), "c": _colour(event.mark)}
        free = next((lane for lane in lanes if lane[-1]["x2"] <= row["x"]), None)
        if free is not None:
            free.append(row)
        elif len(lanes) < MOST_LANES:
            lanes.append([row])
    return lanes


def _placed(seen: Sequence[Numbered], frame: Frame) -> dict[str, list[dict[str, Any]]]:
    """Return labels by their line and side, as ``labels<line><side>``."""
    span, size, wording = frame.span, frame.size, frame.wording
    # A label is laid out for a window somewhat narrower than the picture, so that it still fits when shrunk.
    plot = (size.width if size.narrow else 900) - LEFT - RIGHT
    taken = [0.0] * size.rows
    out: dict[str, list[dict[str, Any]]] = {}
    for event in seen:
        at = max(0.0, (event.start - span.low) / max(1, span.high - span.low)) * plot
        word = visible(wording.catalogue.word("event", event.mark.kind))[:12]
        for text in ([] if size.narrow else [f"{event.number} {word}"]) + [str(event.number)]:
            width = text_width(text) + 8
            left = at + width > plot + RIGHT
            start = at - width if left else at
            line = next((i for i, end in enumerate(taken) if end <= start), None)
            if line is not None:
                taken[line] = start + width
                row = {"x": max(event.start, span.low), "t": text, "c": _colour(event.mark)}
                out.setdefault(f"labels{line}{'r' if left else 'l'}", []).append(row)
                break
    return out


def _ticks(span: Span, most: int) -> tuple[list[int], str]:
    """Return tick times and what they tell: hour, day or month."""
    length = span.high - span.low
    if length <= 3 * DAY:
        step = next(s for s in (1, 2, 3, 6, 12, 24) if length / (s * HOUR) <= most or s == 24) * HOUR
        return list(range(-(-span.low // step) * step, span.high + 1, step)), "hour"
    step = next((s for s in (1, 2, 3, 5, 7, 10, 14) if length / (s * DAY) <= most), 0) * DAY
    if step:
        return list(range(-(-span.low // DAY) * DAY, span.high + 1, step)), "day"
    months = _months(span)
    every = -(-len(months) // most)
    return months[::every], "month"


def _months(span: Span) -> list[int]:
    at = datetime.fromtimestamp(span.low / 1000, tz=UTC).replace(day=1, hour=0, minute=0, second=0)
    out = []
    while (stamp := round(at.timestamp() * 1000)) <= span.high:
        if stamp >= span.low:
            out.append(stamp)
        at = (at + timedelta(days=32)).replace(day=1)
    return out


def _label(form: str, values: Sequence[int], forms: Mapping[str, str]) -> str:
    first, second = {"hour": ("month_day", "hour"), "day": ("month_day", "day"), "month": ("year", "month")}[
        form
    ]
    days = (values[1] - values[0]) // DAY if form == "day" and len(values) > 1 else 1
    test = {
        "hour": "utchours(datum.value) == 0 || datum.index == 0",
        "day": f"utcdate(datum.value) <= {days} || datum.index == 0",
        "month": "utcmonth(datum.value) == 0",
    }[form]
    return f"{test} ? utcFormat(datum.value, '{forms[first]}') : utcFormat(datum.value, '{forms[second]}')"
