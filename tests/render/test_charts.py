import dataclasses
import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import altair as alt
import pytest
from jsonschema import ValidationError

from longtake.domain.answers.report import Chart, Column, Mark, Table
from longtake.locale import catalogue
from longtake.render.charts import NARROW, WIDE, own_scales, panels, seen_marks, still
from longtake.render.charts.shape import gaps, points
from longtake.render.wording import Wording
from render.sample_report import MARKS, START, sample_report

ZH = Wording(catalogue("zh"), "Asia/Shanghai")
CHARTS = {chart.id: chart for section in sample_report().sections for chart in section.charts}
BOTH = pytest.mark.parametrize("size", [WIDE, NARROW], ids=lambda size: size.name)
EACH = pytest.mark.parametrize("name", CHARTS)


def line(values, *, start=START, step=timedelta(hours=1), form="timeline", **more):
    rows = tuple((start + i * step, value) for i, value in enumerate(values))
    table = Table((Column("at", "time"), Column("comments", "number")), rows)
    return Chart("c", "comments_by_hour", form, table, "at", "comments", "comments", **more)


@EACH
@BOTH
def test_every_panel_fits_its_width_and_is_the_same_twice(name, size):
    first = panels(CHARTS[name], ZH, size, live=True)
    assert first
    for panel in first:
        padding = panel.spec["padding"]
        assert panel.spec["width"] + padding["left"] + padding["right"] == size.width
    assert json.dumps([p.full for p in first]) == json.dumps(
        [p.full for p in panels(CHARTS[name], ZH, size, live=True)]
    )


@EACH
@BOTH
def test_every_specification_keeps_to_the_grammar_of_vega_lite(name, size):
    for panel in panels(CHARTS[name], ZH, size, live=True):
        spec = {name: value for name, value in panel.spec.items() if name != "config"}
        alt.LayerChart.from_dict(spec, validate=True)
        with pytest.raises(ValidationError):
            alt.LayerChart.from_dict({**spec, "width": [1]}, validate=True)


@EACH
def test_every_layer_has_its_data_and_no_data_is_idle(name):
    for panel in panels(CHARTS[name], ZH, WIDE, live=True):
        asked = {layer["data"]["name"] for layer in panel.spec["layer"]}
        assert asked <= set(panel.data)
        assert all(panel.data[key] for key in asked)


@EACH
def test_colours_are_the_page_s_own(name):
    text = json.dumps([p.spec for p in panels(CHARTS[name], ZH, WIDE, live=True)])
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", text) == []
    assert "var(--" in text


def test_a_gap_breaks_the_line_and_is_hatched():
    panel = panels(line([5.0, 6.0, None, None, 4.0]), ZH, WIDE, live=False)[0]
    assert [row["y"] for row in panel.data["rows0"]] == [5.0, 6.0, None, None, 4.0]
    hour = 3_600_000
    start = ZH.wall(START)
    assert list(panel.data["gaps"]) == [{"x": start + 2 * hour, "x2": start + 4 * hour}]
    assert "url(#hatch)" in still(panel)


def test_rows_missing_from_an_even_grid_are_gaps_too():
    whole = line([5.0, 6.0, 7.0, 8.0, 9.0, 9.0, 9.0, 9.0])
    holed = dataclasses.replace(
        whole, table=Table(whole.table.columns, whole.table.rows[:3] + whole.table.rows[5:])
    )
    found = points(holed, ZH)
    assert [point.y for point in found] == [5.0, 6.0, 7.0, None, None, 9.0, 9.0, 9.0]
    assert len(gaps(found, 3_600_000)) == 1


def test_zero_is_not_a_gap():
    panel = panels(line([5.0, 0.0, 0.0, 4.0]), ZH, WIDE, live=False)[0]
    assert "gaps" not in panel.data
    assert [row["y"] for row in panel.data["rows0"]] == [5.0, 0.0, 0.0, 4.0]


def test_absence_from_a_list_is_drawn_as_absence_and_missing_as_missing():
    panel = panels(CHARTS["rank"], ZH, WIDE, live=False)[0]
    states = [row[2] for row in CHARTS["rank"].table.rows]
    assert len(panel.data["absent"]) == states.count("absent")
    assert len(panel.data["gaps"]) == 1
    scale = next(
        layer["encoding"]["y"]["scale"]
        for layer in panel.spec["layer"]
        if layer.get("encoding", {}).get("y", {}).get("scale")
    )
    assert scale["domain"][0] > scale["domain"][1] == 1


def test_time_is_the_zone_s_wall_clock():
    assert ZH.wall(datetime(2031, 1, 7, 16, tzinfo=UTC)) == ZH.wall("2031-01-08")


@pytest.mark.parametrize("name", ["heat", "heat-platforms", "rank", "polarity-time", "box"])
def test_acts_have_the_same_numbers_on_every_chart(name):
    numbers = {event.mark: event.number for event in seen_marks(CHARTS[name], ZH)}
    assert numbers
    assert numbers == {mark: index for index, mark in enumerate(MARKS, 1) if mark in numbers}


def test_many_acts_at_once_keep_their_labels_apart():
    marks = tuple(Mark("kol", START + timedelta(minutes=i)) for i in range(200))
    panel = panels(line([1.0] * 200, marks=marks), ZH, WIDE, live=False)[0]
    labels = [row for name, rows in panel.data.items() if name.startswith("labels") for row in rows]
    assert len(panel.data["marks"]) == 200
    assert 0 < len(labels) < 20
    assert len(seen_marks(line([1.0] * 200, marks=marks), ZH)) == 200


def test_series_that_colour_cannot_tell_apart_get_a_panel_each():
    assert len(panels(CHARTS["heat-platforms"], ZH, WIDE, live=False)) == 3
    assert own_scales(CHARTS["heat-platforms"], ZH)
    table = CHARTS["heat-platforms"].table
    names = {"weibo": "wom", "douyin": "promo"}
    rows = tuple((at, names[name], y) for at, name, y in table.rows if name in names)
    both = dataclasses.replace(CHARTS["heat-platforms"], table=Table(table.columns, rows))
    panel = panels(both, ZH, WIDE, live=False)
    assert len(panel) == 1
    assert {"var(--wom)", "var(--promo)"} <= set(re.findall(r"var\(--\w+\)", json.dumps(panel[0].spec)))


@EACH
@BOTH
def test_a_picture_holds_no_script_and_no_style(name, size):
    for panel in panels(CHARTS[name], ZH, size, live=False):
        root = ElementTree.fromstring(still(panel))
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        names = {key for element in root.iter() for key in element.attrib}
        padding = panel.spec["padding"]
        assert tags <= {"svg", "g", "path", "line", "text", "rect"}
        assert [key for key in names if key.startswith("on") or key in {"style", "href"}] == []
        assert float(root.get("height")) == panel.spec["height"] + padding["top"] + padding["bottom"]


@pytest.mark.parametrize("days", [0, 1, 5, 40, 700])
def test_every_span_has_few_and_even_ticks(days):
    values = [1.0] * 30
    chart = line(values, step=timedelta(days=days) / 30 or timedelta(minutes=1))
    text = json.dumps(panels(chart, ZH, WIDE, live=False)[0].spec)
    ticks = json.loads(re.search(r'"values": \{"expr": "(\[[^"]*\])"', text).group(1))
    assert len(ticks) <= 15


def test_a_chart_that_names_a_column_it_lacks_is_refused():
    with pytest.raises(ValueError, match="no column 'nothing'"):
        panels(dataclasses.replace(CHARTS["heat"], y="nothing"), ZH, WIDE, live=False)
    with pytest.raises(ValueError, match="form 'pie'"):
        panels(dataclasses.replace(CHARTS["heat"], form="pie"), ZH, WIDE, live=False)


def test_an_empty_table_draws_nothing():
    assert panels(line([]), ZH, WIDE, live=False) == ()
