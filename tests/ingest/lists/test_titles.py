import json
from datetime import UTC, datetime

from longtake.domain.timed.moment import Precision
from reader_runs import SEEDS, kept, notices, refused, run
from shared_data import shared


def test_the_day_stands_in_the_name():
    rows = kept(run("hotlist-titles", SEEDS / "hotlist-titles.json", name="2024-05-20.json"))
    assert [(row.subject, row.metric, row.value, row.kind) for row in rows] == [
        ("山谷来信 票房", "rank", 1.0, "rank"),
        ("灯塔值夜点映", "rank", 2.0, "rank"),
    ]
    assert (rows[0].at, rows[0].at_precision) == (datetime(2024, 5, 19, 16, tzinfo=UTC), Precision.DAY)


def test_without_a_day_the_time_is_unknown():
    items = run("hotlist-titles", SEEDS / "hotlist-titles.json")
    assert {row.at for row in kept(items)} == {None}
    assert [notice.kind for notice in notices(items)] == ["no_time"]
    assert refused(items) == [(3, "title")]


def test_titles_beyond_the_lists_length_were_there_at_an_unknown_place(tmp_path):
    path = tmp_path / "2024-05-20.json"
    path.write_text(
        json.dumps([{"url": f"/weibo?q={n}", "title": f"话题{n}"} for n in range(60)]), encoding="utf-8"
    )
    rows = kept(run("hotlist-titles", path))
    assert [row.value for row in rows[:50]] == [float(n) for n in range(1, 51)]
    assert {row.value for row in rows[50:]} == {None}


def test_shared_export():
    (row,) = kept(run("hotlist-titles", shared("exports/justjavac_2022-01-12.json")))
    assert (row.value, row.at, row.at_end) == (
        1.0, datetime(2022, 1, 11, 16, tzinfo=UTC), datetime(2022, 1, 12, 16, tzinfo=UTC),
    )  # fmt: skip
