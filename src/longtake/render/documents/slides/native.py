"""A chart as a native one: its numbers can be changed in the slide, its gaps stay gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND

from longtake.domain.answers.report import Chart
from longtake.render.charts.arc import lines_and_ticks
from longtake.render.charts.panel import INK, SOFT
from longtake.render.charts.shape import Point, over_time, points, series_of
from longtake.render.charts.timeaxis import numbered
from longtake.render.charts.timeline import MEANING, colour_of
from longtake.render.wording import Wording, visible

PERCENT = frozenset({"share", "probability"})
MOST_STEPS = 3000
LONGEST_NAME = 60
DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Curve:
    """One series of a native chart.

    Attributes:
        name: In words.
        colour: Name of a colour of the page.
        kind: value, low, high (ends of an interval) or acts.
        values: One a category; None where nothing is known.
        places: x of each value; empty where the categories are shared.
        ends: Lower and upper end of each value; empty for none.
        labels: Text at each value; empty for none.
        dash: Which dash tells it from others of its colour; 0 for a solid line.
    """

    name: str
    colour: str
    kind: str
    values: tuple[float | None, ...]
    places: tuple[float, ...] = ()
    ends: tuple[tuple[float, float] | None, ...] = ()
    labels: tuple[str, ...] = ()
    dash: int = 0


@dataclass(frozen=True, slots=True)
class Native:
    """A chart ready to be put on a slide.

    Attributes:
        kind: Of python-pptx.
        data: Its numbers.
        curves: What each series is, in the order of the data.
        steps: Number of categories; 0 for x and y.
        falling: Whether the smallest value stands at the top.
        share: Whether values are shares.
    """

    kind: Any
    data: CategoryChartData | XyChartData
    curves: tuple[Curve, ...]
    steps: int
    falling: bool
    share: bool


def native(chart: Chart, wording: Wording) -> Native | None:
    """Return a chart as a native one; None where there is nothing to draw.

    Times on an even grid are categories, so that a hole is a hole; on any other grid, and over the running
    time of a film, they are numbers of their own.

    Raises:
        ValueError: The chart names a column its table does not have.
    """
    if chart.form == "arc":
        return _arc(chart, wording)
    found = points(chart, wording)
    if not any(point.y is not None for point in found):
        return None
    if not over_time(chart):
        return _categories(chart, found, wording)
    steps = _grid(found)
    return _over_time(chart, found, steps, wording) if steps else _scattered(chart, found, wording)


def _arc(chart: Chart, wording: Wording) -> Native | None:
    lines, _ = lines_and_ticks(chart)
    if not lines:
        return None
    column = next((one for one in chart.table.columns if one.key == chart.series), None)
    curves: list[Curve] = []
    for name, rows in lines.items():
        said = (
            wording.cell(column, name) if column and name else wording.catalogue.say(f"chart.{chart.title}")
        )
        colour = _named(MEANING.get(name, INK))
        places = tuple(row["x"] for row in rows)
        curves.append(Curve(said, colour, "value", tuple(row["y"] for row in rows), places))
    return _pairs(chart, curves, KIND.XY_SCATTER_LINES_NO_MARKERS, "0%")


def _scattered(chart: Chart, found: Sequence[Point], wording: Wording) -> Native:
    curves = []
    series = series_of(found)
    for name, (colour, dash) in zip(series, _looks(chart, series), strict=True):
        mine = [p for p in found if p.series == name and p.x is not None and p.y is not None]
        # Days since the beginning of 1900, as workbooks count them.
        places = tuple((p.x or 0) / DAY + 25_569 for p in mine)
        values = tuple(p.y for p in mine)
        curves.append(Curve(_series_name(chart, name, wording), colour, "value", values, places, dash=dash))
    return _pairs(chart, [curve for curve in curves if curve.values], KIND.XY_SCATTER_LINES, "yyyy-mm-dd")


def _pairs(chart: Chart, curves: Sequence[Curve], kind: Any, form: str) -> Native:
    data = XyChartData(number_format=form)
    for curve in curves:
        series = data.add_series(_short(curve.name))
        for x, y in zip(curve.places, curve.values, strict=True):
            series.add_data_point(x, y)
    return Native(kind, data, tuple(curves), 0, chart.unit == "rank", chart.unit in PERCENT)


def _categories(chart: Chart, found: Sequence[Point], wording: Wording) -> Native:
    index = [column.key for column in chart.table.columns].index(chart.x)
    raw = [str(row[index]) for row in chart.table.rows]
    names = []
    for point in found:
        name = point.name
        if point.series:
            name += f" · {_series_name(chart, point.series, wording)}"
        names.append(_short(name))
    ends = tuple(
        (p.low, p.high) if p.low is not None and p.high is not None and p.y is not None else None
        for p in found
    )
    default = "wom" if chart.form == "interval" else "soft"
    tone = {MEANING.get(p.series, MEANING.get(name, "")) for p, name in zip(found, raw, strict=True)} - {""}
    colour = _named(tone.pop()) if len(tone) == 1 else default
    title = wording.catalogue.say(f"chart.{chart.title}")
    curve = Curve(title, colour, "value", tuple(p.y for p in found), ends=ends if any(ends) else ())
    kind = KIND.LINE_MARKERS if chart.form == "interval" else KIND.BAR_CLUSTERED
    return _shared(chart, names, [curve], kind)


def _over_time(chart: Chart, found: Sequence[Point], steps: Sequence[int], wording: Wording) -> Native:
    daily = all(step % DAY == 0 for step in steps)
    names = [_moment(step, wording, daily=daily) for step in steps]
    curves: list[Curve] = []
    series = series_of(found)
    for name, (colour, dash) in zip(series, _looks(chart, series), strict=True):
        mine = {point.x: point for point in found if point.series == name}
        row = [mine.get(step) for step in steps]
        said = _series_name(chart, name, wording)
        curves.append(Curve(said, colour, "value", tuple(p.y if p else None for p in row), dash=dash))
        # A series that is its own interval was counted: two more lines on it would say nothing.
        if any(p and p.low is not None and p.high is not None and p.low < p.high for p in row):
            for side, ends in (
                ("low", tuple(p.low if p else None for p in row)),
                ("high", tuple(p.high if p else None for p in row)),
            ):
                end = wording.catalogue.say(f"tell.{side}_end")
                curves.append(Curve(f"{said} · {end}", colour, side, ends))
    if chart.form != "list" or chart.unit != "rank":
        curves += _acts(chart, steps, wording)
    kind = KIND.COLUMN_CLUSTERED if chart.form == "bars" else KIND.LINE
    return _shared(chart, names, curves, kind)


def _acts(chart: Chart, steps: Sequence[int], wording: Wording) -> list[Curve]:
    values: list[float | None] = [None] * len(steps)
    labels = [""] * len(steps)
    for event in numbered(chart.marks, wording):
        if not steps[0] <= event.start <= steps[-1] + (steps[1] - steps[0]):
            continue
        place = min(range(len(steps)), key=lambda i: (abs(steps[i] - event.start), i))
        values[place] = 0.0
        labels[place] += f"{',' if labels[place] else ''}{event.number}"
    if not any(labels):
        return []
    name = wording.catalogue.say("tell.acts_series")
    return [Curve(name, "promo", "acts", tuple(values), labels=tuple(labels))]


def _shared(chart: Chart, names: Sequence[str], curves: Sequence[Curve], kind: Any) -> Native:
    data = CategoryChartData()
    data.categories = list(names)
    for curve in curves:
        data.add_series(_short(curve.name), list(curve.values))
    return Native(kind, data, tuple(curves), len(names), chart.unit == "rank", chart.unit in PERCENT)


def _grid(found: Sequence[Point]) -> tuple[int, ...]:
    """Return the even grid that all times stand on; empty where there is none that is not too fine."""
    times = sorted({point.x for point in found if point.x is not None})
    if len(times) < 2:
        return tuple(times) * 2
    step = min(b - a for a, b in pairwise(times))
    whole = range(times[0], times[-1] + 1, step)
    even = len(whole) <= MOST_STEPS and all((x - times[0]) % step == 0 for x in times)
    return tuple(whole) if even else ()


def _moment(wall: int, wording: Wording, *, daily: bool) -> str:
    at = datetime.fromtimestamp(wall / 1000, tz=UTC)
    return wording.catalogue.day(at.date()) if daily else wording.catalogue.moment(at, UTC)


def _looks(chart: Chart, names: Sequence[str]) -> list[tuple[str, int]]:
    """Return colour and dash of each series; those without a meaning of their own differ by their dash."""
    if len(names) < 2 or set(names) <= MEANING.keys():
        return [(_named(colour_of(chart, name)), 0) for name in names]
    return [(("ink", "soft")[index % 2], index) for index in range(len(names))]


def _series_name(chart: Chart, name: str, wording: Wording) -> str:
    column = next((one for one in chart.table.columns if one.key == chart.series), None)
    if not name or column is None:
        return wording.catalogue.say(f"chart.{chart.title}")
    return wording.cell(column, name)


def _short(name: str) -> str:
    plain = visible(name).replace("\n", " ").replace("\t", " ")
    return plain if len(plain) <= LONGEST_NAME else f"{plain[:LONGEST_NAME]}…"


def _named(colour: str) -> str:
    """Return ``wom`` for ``var(--wom)``."""
    return colour.removeprefix("var(--").removesuffix(")") if colour else _named(SOFT)
