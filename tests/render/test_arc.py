from __future__ import annotations

import pytest

from longtake.domain.answers.report import Chart, Column, Table
from longtake.locale import catalogue
from longtake.render.charts import NARROW, WIDE, panels, still
from longtake.render.charts.arc import lines_and_ticks
from longtake.render.wording import Wording

COLUMNS = (
    Column("running_time", "share"),
    Column("series"),
    *(Column(k, "number") for k in ("value", "low", "high")),
)
ROWS = (
    *((k / 4, "on_screen", 0.1 * k, 0.1 * k - 0.1, 0.1 * k + 0.1) for k in range(5)),
    *((k / 4, "promised", -0.1 * k, None, None) for k in range(5)),
    (0.2, "paid_here", None, None, None),
    (0.9, "paid_here", None, None, None),
)


def chart(rows=ROWS, y="value"):
    return Chart(
        "a", "story_valence", "arc", Table(COLUMNS, rows), "running_time", y, "score", "series", "low", "high"
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_lines_have_bands_and_places_have_lanes(lang, size):
    (panel,) = panels(chart(), Wording(catalogue(lang), "UTC"), size, live=True)
    assert len(panel.data["rows0"]) == 5
    assert panel.data["rows0"][0] == {"x": 0.0, "y": 0.0, "l": -0.1, "h": 0.1}
    assert panel.data["rows1"][1] == {"x": 0.25, "y": -0.1}
    assert panel.data["ticks0"] == [{"x": 0.2}, {"x": 0.9}]
    assert panel.data["label0"] == [{"t": catalogue(lang).say("series.paid_here")}]
    assert still(panel).startswith("<svg")


def test_series_with_values_are_lines_whatever_they_lack():
    lines, ticks = lines_and_ticks(chart((*ROWS, (0.5, "on_screen", None, None, None))))
    assert (sorted(lines), sorted(ticks)) == (["on_screen", "promised"], ["paid_here"])


def test_nothing_to_draw_and_a_column_nobody_has():
    wording = Wording(catalogue("zh"), "UTC")
    assert panels(chart(()), wording, WIDE, live=False) == ()
    with pytest.raises(ValueError, match="column 'x'"):
        panels(chart(y="x"), wording, WIDE, live=False)
