from datetime import UTC, datetime, timedelta

import pytest
from pptx.enum.chart import XL_CHART_TYPE as KIND

from longtake.domain.answers.report import Chart, Column, Mark, Table
from longtake.locale import catalogue
from longtake.render.documents.slides.native import native
from longtake.render.wording import Wording

START = datetime(2031, 1, 7, 16, tzinfo=UTC)
ZH = Wording(catalogue("zh"), "Asia/Shanghai")


def hourly(values, *, hours=None, marks=(), form="timeline", unit="comments per hour"):
    rows = tuple(
        (START + timedelta(hours=hour), value)
        for hour, value in zip(hours or range(len(values)), values, strict=True)
    )
    table = Table((Column("hour", "time"), Column("comments", "number")), rows)
    return Chart("c", "heat_timeline", form, table, "hour", "comments", unit, marks=marks)


def test_a_hole_in_an_even_grid_stays_a_hole():
    made = native(hourly([5, 6, 7, 9], hours=[0, 1, 2, 4]), ZH)
    assert made.curves[0].values == (5.0, 6.0, 7.0, None, 9.0)
    assert made.steps == 5
    assert [str(c.label) for c in made.data.categories] == [f"1 月 8 日 {h:02d}:00" for h in range(5)]


def test_times_on_no_grid_keep_their_places():
    made = native(hourly([5, 6, 7], hours=[0, 1.3, 7.77]), ZH)
    assert made.kind == KIND.XY_SCATTER_LINES
    # The eighth of January 2031, midnight in Beijing, is day 47856 since the beginning of 1900.
    assert made.curves[0].places[0] == pytest.approx(47_856.0)
    assert made.curves[0].values == (5.0, 6.0, 7.0)


def test_an_act_stands_at_the_step_next_to_it():
    acts = (Mark("trailer", START + timedelta(minutes=70)), Mark("kol", START + timedelta(hours=30)))
    made = native(hourly([5, 6, 7, 8], marks=acts), ZH)
    assert made.curves[1].labels == ("", "1", "", "")
    assert made.curves[1].values == (None, 0.0, None, None)


def test_the_best_rank_stands_at_the_top():
    assert native(hourly([3, 1, 2], form="list", unit="rank"), ZH).falling
    assert not native(hourly([3, 1, 2]), ZH).falling


def test_a_chart_of_unknowns_is_no_chart():
    assert native(hourly([None, None]), ZH) is None


def test_a_column_that_is_not_there_is_named():
    table = Table((Column("platform"),), (("weibo",),))
    with pytest.raises(ValueError, match="score"):
        native(Chart("c", "polarity_platforms", "interval", table, "platform", "score", "score"), ZH)
