from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused
from longtake.domain.timed.moment import Precision

WROTE = datetime(2024, 5, 20, 10, 13, 20, tzinfo=UTC)


def reply(number, above=0, below=None, **more):
    return {
        "rpid": number,
        "oid": 115,
        "type": 1,
        "mid": 3000 + number,
        "parent": above,
        "ctime": 1_716_200_000,
        "like": 7,
        "rcount": len(below or []),
        "member": {
            "mid": str(3000 + number),
            "uname": "某人",
            "sign": "签名",
            "official_verify": {"type": -1},
        },
        "content": {"message": "灯灭了&#33;"},
        "reply_control": {"location": "IP属地：上海"},
        "replies": below,
    } | more


def page(*replies, **more):
    return {"code": 0, "data": {"cursor": {}, "replies": list(replies)} | more}


def test_a_reply_carries_its_region_and_hangs_under_its_video(desk, hide):
    assert desk.document("a.json", page(reply(1))) == [
        Comment(
            "1",
            "bilibili",
            "comment",
            "灯灭了!",
            1,
            at=WROTE,
            at_end=WROTE + timedelta(seconds=1),
            at_precision=Precision.SECOND,
            author=hide("bilibili", "3001"),
            author_kind="audience",
            node_id="115",
            likes=7,
            replies=0,
            region="上海",
        )
    ]


def test_nested_replies_follow_their_parents(desk):
    items = desk.document("a.json", page(reply(1, below=[reply(2, 1), reply(3, 2)]), reply(4)))
    assert [(one.comment_id, one.kind, one.parent_id, one.source_line) for one in items] == [
        ("1", "comment", None, 1),
        ("2", "reply", "1", 2),
        ("3", "reply", "2", 3),
        ("4", "comment", None, 4),
    ]


@pytest.mark.parametrize(
    "more", [{"top_replies": [reply(9)]}, {"hots": [reply(9)]}, {"upper": {"mid": 5, "top": reply(9)}}]
)
def test_pinned_replies_are_replies(desk, more):
    assert {one.comment_id for one in desk.document("a.json", page(reply(1), **more))} == {"1", "9"}


def test_pages_may_stand_in_a_list_or_one_a_line(desk):
    pages = [page(reply(1)), page(reply(2), reply(3))]
    numbers = [("1", 1), ("2", 2), ("3", 3)]
    for items in (desk.document("a.json", pages), desk.lines("a.jsonl", *pages)):
        assert [(one.comment_id, one.source_line) for one in items] == numbers


def test_single_replies_one_a_line(desk):
    assert [one.comment_id for one in desk.lines("a.jsonl", reply(1), reply(2))] == ["1", "2"]


@pytest.mark.parametrize(
    ("change", "column"), [({"like": "若干"}, "like"), ({"rpid": None}, "rpid"), ({"ctime": []}, None)]
)
def test_a_bad_reply_costs_itself_alone(desk, change, column):
    items = desk.document("a.json", page(reply(1, below=[reply(2, 1)]) | change, reply(4)))
    assert [type(item) for item in items][-2:] == [Comment, Comment]
    if column:
        assert (items[0].line, items[0].column) == (1, column)
    else:
        assert items[0].at is None


def test_a_line_that_is_neither_is_refused(desk):
    items = desk.lines("a.jsonl", page(reply(1)), {"message": "-412"})
    assert items[1] == Refused(2, "*", "message", "a reply, or a page of replies")


def test_an_unknown_key_is_named(desk):
    items = desk.document("a.json", page(reply(1) | {"新字段": 1}))
    assert items[-1] == Notice("unknown_columns", ("新字段",))
