from datetime import UTC, datetime

import pytest

from longtake.domain.timed.moment import Precision
from reader_runs import SEEDS, kept, notices, numbers, refused, run
from shared_data import shared

AT = datetime(2024, 5, 21, 2, tzinfo=UTC)


def test_douyin_titles_of_many_lines_and_dashes():
    items = run("douyin-works", SEEDS / "douyin-works.xlsx", observed_at=AT)
    assert numbers(items, 2) == {
        "plays": 135_000.0, "completion_rate": 0.02, "completion_rate_5s": 0.242, "bounce_rate_2s": 0.402,
        "watch_seconds": 7.5, "likes": 3_100.0, "shares": 420.0, "comments": 296.0, "favourites": 530.0,
        "profile_visits": 50.0, "followers_gained": -67.0,
    }  # fmt: skip
    row = kept(items)[0]
    assert (row.subject, row.subject_kind, row.platform) == ("预告A #山谷来信", "node", "douyin")
    assert (row.at, row.observed_at, row.subject_at) == (AT, AT, datetime(2024, 5, 18, 4, tzinfo=UTC))
    assert refused(items) == [(4, "*"), (5, "播放量")]


def test_numbers_without_a_time_of_export_hold_at_an_unknown_time():
    row = kept(run("douyin-works", SEEDS / "douyin-works.xlsx"))[0]
    assert (row.at, row.at_precision, row.observed_at) == (None, Precision.UNKNOWN, None)


def test_the_day_in_the_name_dates_the_numbers():
    row = kept(run("douyin-works", SEEDS / "douyin-works.xlsx", name="作品列表_20240521.xlsx"))[0]
    assert (row.at, row.at_precision) == (datetime(2024, 5, 20, 16, tzinfo=UTC), Precision.DAY)
    assert row.observed_at == datetime(2024, 5, 21, 15, 59, 59, tzinfo=UTC)


def test_xiaohongshu_banner_cap_and_ratios():
    items = run("xiaohongshu-notes", SEEDS / "xiaohongshu-notes.xlsx")
    assert numbers(items, 3) == {
        "impressions": 13_000.0, "plays": 3_100.0, "cover_click_rate": 0.17, "likes": 210.0, "comments": 31.0,
        "favourites": 91.0, "followers_gained": 13.0, "shares": 25.0, "watch_seconds": 19.0, "danmaku": 0.0,
    }  # fmt: skip
    assert [(notice.kind, notice.values) for notice in notices(items)] == [
        ("banner", ("1",)),
        ("row_cap", ("3 of at most 1000",)),
    ]
    assert refused(items) == [(4, "笔记标题"), (5, "封面点击率")]


def test_channels_recommendations_are_likes_and_hearts_are_favourites():
    items = run("channels-posts", SEEDS / "channels-posts.csv")
    found = numbers(items, 2)
    assert (found["likes"], found["favourites"], found["plays"]) == (21.0, 12.0, 512.0)
    assert (found["completion_rate"], found["watch_seconds"]) == (0.3125, 12.5)
    assert kept(items)[0].node_id == "export/abc"
    assert {row.subject for row in kept(items) if row.source_line == 3} == {"两行的 描述"}
    assert refused(items) == [(5, "完播率")]
    assert kept(items)[0].subject_at == datetime(2024, 5, 17, 16, tzinfo=UTC)


def test_bilibili_reads_the_metrics_that_were_ticked():
    items = run("bilibili-compare", SEEDS / "bilibili-compare.csv")
    assert numbers(items, 2) == {
        "plays": 91_000.0, "guest_play_share": 0.401, "bounce_rate_3s": 0.001, "interaction_rate": 0.063,
        "followers_gained": -30.0, "likes": 4_400.0,
    }  # fmt: skip
    assert numbers(items, 3) == {"plays": 12_000.0}
    bound = next(row for row in kept(items) if row.metric == "bounce_rate_3s")
    assert (bound.censored, bound.raw) == ("below", "<0.1%")
    assert [(notice.kind, notice.values) for notice in notices(items)] == [
        ("unknown_columns", ("没见过的指标",))
    ]
    assert refused(items) == [(4, "播放量")]


def test_toutiao_click_rate_is_a_ratio_and_completion_a_percentage():
    items = run("toutiao-works", SEEDS / "toutiao-works.xlsx")
    found = numbers(items, 2)
    assert (found["click_rate"], found["completion_rate"], found["watch_seconds"]) == (0.13, 0.516, 13.5)
    none = numbers(items, 3)
    assert not {"click_rate", "completion_rate", "watch_seconds"} & set(none)
    assert none["plays"] == 0.0
    assert kept(items)[0].node_id == "7370000000000000123"
    assert refused(items) == [(4, "ID")]


def test_youtube_total_row_is_no_video():
    items = run("youtube-studio", SEEDS / "youtube-studio.csv")
    assert [(notice.kind, notice.values) for notice in notices(items)] == [("summary_row", ("2",))]
    assert numbers(items, 3) == {
        "plays": 1_200.0, "watch_seconds_total": 48_600.0, "followers_gained": 3.0, "impressions": 8_900.0,
        "cover_click_rate": 0.043, "watch_seconds": 72.0, "watched_share": 0.516, "likes": 30.0,
    }  # fmt: skip
    assert numbers(items, 4)["watched_share"] == pytest.approx(1.184)
    assert numbers(items, 4)["followers_gained"] == -1.0
    assert refused(items) == [(5, "*")]


EXPORTS = {
    "douyin-works": ("douyin_作品列表.xlsx", 2, {"plays": 124_000.0, "completion_rate_5s": 0.231}),
    "xiaohongshu-notes": ("xhs_笔记列表明细表.xlsx", 3, {"cover_click_rate": 0.18, "danmaku": 0.0}),
    "channels-posts": ("视频号动态数据明细.csv", 2, {"completion_rate": 0.2864, "watch_seconds": 10.5}),
    "bilibili-compare": ("bilibili_近期稿件对比.csv", 2, {"coins": 410.0, "bounce_rate_3s": 0.001}),
    "youtube-studio": ("youtube_Table data.csv", 3, {"watch_seconds": 62.0, "comments": 4.0}),
}


@pytest.mark.parametrize("reader", EXPORTS)
def test_shared_exports(reader):
    export, line, expected = EXPORTS[reader]
    found = numbers(run(reader, shared(f"exports/{export}")), line)
    assert {metric: found.get(metric) for metric in expected} == expected
