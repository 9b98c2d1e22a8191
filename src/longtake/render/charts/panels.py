"""A chart as one panel, or one a series where colour alone would have to tell them apart."""

from __future__ import annotations

from longtake.domain.answers.report import Chart
from longtake.render.charts.arc import arc
from longtake.render.charts.categories import categories
from longtake.render.charts.panel import Panel, Size
from longtake.render.charts.shape import Point, over_time, points, series_of, step_of
from longtake.render.charts.timeaxis import Frame, Numbered, Span, numbered
from longtake.render.charts.timeline import MEANING, timeline
from longtake.render.charts.toplist import toplist
from longtake.render.wording import Wording

MOST_PANELS = 8
SCALES_APART = 8.0


def panels(chart: Chart, wording: Wording, size: Size, *, live: bool) -> tuple[Panel, ...]:
    """Return the panels of a chart, from top to bottom.

    Args:
        chart: A table and its form: timeline, list, bars, interval or arc.
        wording: Words of labels and tooltips.
        size: For which width.
        live: Whether it answers the pointer.

    Returns:
        None for an empty table; at most eight.

    Raises:
        ValueError: The form is not known, or the chart names a column its table does not have.
    """
    if chart.form not in {"timeline", "list", "bars", "interval", "arc"}:
        raise ValueError(f"chart {chart.id!r} has form {chart.form!r}")
    if chart.form == "arc":
        drawn = arc(chart, wording, size)
        return () if drawn is None else (drawn,)
    found = points(chart, wording)
    if not found:
        return ()
    if not over_time(chart):
        index = [column.key for column in chart.table.columns].index(chart.x)
        return (categories(chart, found, [str(row[index]) for row in chart.table.rows], wording, size),)
    names = series_of(found)
    split = len(names) > 1 and not set(names) <= MEANING.keys()
    groups = [[p for p in found if p.series == name] for name in names[:MOST_PANELS]] if split else [found]
    span, events = span_of(found), numbered(chart.marks, wording)
    out = []
    for index, group in enumerate(groups):
        first, last = index == 0, index == len(groups) - 1
        frame = Frame(span, events, wording, size, first=first, last=last, small=split, live=live)
        if chart.form == "list":
            out.append(toplist(chart, group, frame))
        else:
            out.append(timeline(chart, group, frame, top=shared_top(groups) if split else None))
    return tuple(out)


def seen_marks(chart: Chart, wording: Wording) -> list[Numbered]:
    """Return the events that stand on a chart, with the numbers they go by on every chart."""
    found = points(chart, wording) if over_time(chart) else []
    if not found:
        return []
    span = span_of(found)
    return [event for event in numbered(chart.marks, wording) if span.inside(event.start, event.end)]


def own_scales(chart: Chart, wording: Wording) -> bool:
    """Whether the panels of a chart each have a scale of their own."""
    found = points(chart, wording)
    names = series_of(found)
    if chart.form == "list" or not over_time(chart) or len(names) < 2 or set(names) <= MEANING.keys():
        return False
    return shared_top([[p for p in found if p.series == name] for name in names[:MOST_PANELS]]) is None


def span_of(found: list[Point]) -> Span:
    """Return the stretch of time that rows cover, up to the end of the last step."""
    times = [point.x for point in found if point.x is not None]
    return Span(min(times), max(times) + step_of(found))


def shared_top(groups: list[list[Point]]) -> float | None:
    """Return one upper end of y for all panels; None where the largest would flatten the others."""
    tops = [max((p.high or p.y or 0.0 for p in group if p.y is not None), default=0.0) for group in groups]
    known = [top for top in tops if top > 0]
    return max(known) if known and max(known) / min(known) <= SCALES_APART else None
