import json
from datetime import UTC, datetime

import pytest

from longtake.errors import UnreadableFileError
from reader_runs import NAMED, SEEDS, kept, notices, refused, run
from shared_data import shared


def test_plain_and_hot_reviews():
    rows = kept(run("maoyan-comments", SEEDS / "maoyan-comments.json"))
    assert [(row.comment_id, row.rating, row.region, row.likes, row.replies) for row in rows] == [
        ("1001", 3.5, "苏州", 3, 1),
        ("1002", None, None, 0, 0),
        ("999", 5.0, "上海", 1208, 33),
    ]
    assert rows[0].at == datetime(2024, 5, 20, 15, 59, 59, tzinfo=UTC)
    assert rows[0].author == NAMED("maoyan", "501")
    assert {row.verified_viewer for row in rows} == {None}
    assert {row.node_id for row in rows} == {"90001"}


def test_empty_words_and_a_score_of_another_scale_are_refused():
    assert refused(run("maoyan-comments", SEEDS / "maoyan-comments.json")) == [(3, "content"), (4, "score")]


def newer(scores):
    reviews = [
        {"id": 7000 + n, "nick": "甲", "userId": 5, "content": f"第{n}条", "score": score, "upCount": n}
        for n, score in enumerate(scores)
    ]
    return {
        "data": {"comments": [{**one, "time": 1716220799000, "replyCount": 0} for one in reviews]},
        "ts": 1,
    }


def test_the_newer_answer_counts_to_ten(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(newer([10, 9, 4, 0]), ensure_ascii=False), encoding="utf-8")
    rows = kept(run("maoyan-comments", path))
    assert [row.rating for row in rows] == [5.0, 4.5, 2.0, None]
    assert [row.likes for row in rows] == [0, 1, 2, 3]
    assert rows[0].at == datetime(2024, 5, 20, 15, 59, 59, tzinfo=UTC)


def test_a_scale_that_no_score_shows_is_unknown(tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps(newer([5, 4]), ensure_ascii=False), encoding="utf-8")
    items = run("maoyan-comments", path)
    assert [row.rating for row in kept(items)] == [None, None]
    assert [(notice.kind, notice.values) for notice in notices(items)] == [("drift", ("score",))]


def test_an_answer_without_reviews_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"data": {"comments": "gone", "nick": "", "score": 1, "upCount": 2}}', encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="cmts"):
        run("maoyan-comments", path)


def test_shared_export():
    (row,) = kept(run("maoyan-comments", shared("exports/maoyan_comments.json")))
    assert (row.rating, row.region, row.likes, row.replies) == (4.5, row.region, 3, 1)
    assert row.at == datetime(2019, 10, 15, 15, 59, 59, tzinfo=UTC)
