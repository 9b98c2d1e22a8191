import sqlite3
from datetime import UTC, datetime

import pytest

from longtake.errors import UnreadableFileError
from reader_runs import SEEDS, kept, refused, run
from shared_data import shared


def test_rank_over_the_day_by_platform():
    rows = kept(run("trendradar", SEEDS / "trendradar.db"))
    assert [(row.platform, row.subject, row.value, row.at.hour) for row in rows] == [
        ("weibo", "#山谷来信#", 12.0, 1),
        ("bilibili", "灯塔值夜 预告", 3.0, 1),
        ("weibo", "#山谷来信#", 7.0, 4),
        ("weibo", "#山谷来信#", None, 7),
    ]


def test_leaving_the_list_is_a_rank_above_an_unknown_bound():
    gone = kept(run("trendradar", SEEDS / "trendradar.db"))[-1]
    assert (gone.value, gone.censored, gone.raw) == (None, "above", "0")


def test_ranks_of_nothing_or_at_no_time_are_refused():
    assert refused(run("trendradar", SEEDS / "trendradar.db")) == [(5, "news_item_id"), (6, "crawl_time")]


def test_a_database_cut_in_half_is_refused(tmp_path):
    path = tmp_path / "cut.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE news_items(id INTEGER PRIMARY KEY, title TEXT, platform_id TEXT)")
        database.execute("CREATE TABLE rank_history(id INTEGER PRIMARY KEY, news_item_id, rank, crawl_time)")
        database.executemany(
            "INSERT INTO news_items VALUES(?, ?, 'weibo')", [(n, "话" * 300) for n in range(500)]
        )
    database.close()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableFileError):
        run("trendradar", path)


def test_shared_export():
    rows = kept(run("trendradar", shared("exports/trendradar_2026-01-12.db")))
    assert [(row.value, row.at) for row in rows] == [
        (12.0, datetime(2026, 1, 12, 1, tzinfo=UTC)),
        (7.0, datetime(2026, 1, 12, 4, tzinfo=UTC)),
        (31.0, datetime(2026, 1, 12, 7, tzinfo=UTC)),
    ]
