from datetime import UTC, datetime

import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused
from shared_data import shared

NOON = datetime(2022, 1, 12, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "reader", "known"),
    [
        (
            "mc_old_weibo_search_comments_2022-01-12.csv",
            "mediacrawler-weibo-comments",
            {
                "region": "江苏",
                "likes": 3,
                "replies": 0,
                "parent_id": None,
                "kind": "comment",
                "source_line": 2,
            },
        ),
        (
            "mc_new_weibo_search_comments_2022-01-12.csv",
            "mediacrawler-weibo-comments",
            {
                "region": None,
                "likes": 128,
                "replies": 2,
                "parent_id": None,
                "kind": "comment",
                "source_line": 2,
            },
        ),
        (
            "mc_new_douyin_search_comments_2022-01-12.jsonl",
            "mediacrawler-douyin-comments",
            {
                "likes": 328000,
                "replies": 0,
                "parent_id": None,
                "comment_id": "7052000000000000001",
                "source_line": 1,
            },
        ),
        (
            "mc_old_xhs_search_comments_2022-01-12.json",
            "mediacrawler-xiaohongshu-comments",
            {"likes": 12000, "replies": 1, "region": "江苏", "platform": "xiaohongshu", "source_line": 1},
        ),
        (
            "weibo_search_16.csv",
            "weibo-search",
            {"likes": 45, "replies": 3, "shares": 12, "comment_id": "4725"},
        ),
        (
            "weibo_search_21_tabid.csv",
            "weibo-search",
            {
                "comment_id": "4725000000000001",
                "shares": 10000,
                "author_kind": "kol",
                "region": "江苏",
                "likes": 45,
            },
        ),
    ],
)
def test_a_file_shaped_like_a_real_export_gives_its_one_record(desk, name, reader, known):
    path = shared(f"exports/{name}")
    assert desk.reader(path).name == reader
    (item,) = desk.read(path)
    assert isinstance(item, Comment)
    assert {field: getattr(item, field) for field in known} == known
    assert item.at == NOON


def test_the_drifted_file_keeps_its_first_record_and_refuses_the_second(desk):
    items = desk.read(shared("exports/mc_drift_bilibili_comments.csv"))
    assert (items[0].comment_id, items[0].source_line, items[0].likes) == ("1", 2, 5)
    assert items[1:] == [
        Refused(
            3,
            "*",
            "10 columns",
            "13 columns as in the header; the file changed shape here, split it at this line",
        ),
        Notice("drift", ("3",)),
    ]
