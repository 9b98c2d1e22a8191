from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused
from longtake.domain.timed.moment import Precision
from longtake.errors import UnreadableFileError

WROTE = datetime(2024, 5, 20, 10, 13, 20, tzinfo=UTC)
OWNER = {
    "id": "19",
    "screen_name": "剧组",
    "gender": "f",
    "verified_type": 3,
    "avatar_hd": "https://tva.example/h.jpg",
}
POST = {
    "user_id": 19,
    "screen_name": "剧组",
    "id": 501,
    "bid": "Oa",
    "text": "杀青 #长灯#",
    "created_at": "2024-05-18",
    "attitudes_count": 1,
    "comments_count": 2,
    "reposts_count": 3,
    "topics": "长灯",
}
MBLOG = {
    "created_at": "Mon May 20 18:13:20 +0800 2024",
    "id": "601",
    "mid": "601",
    "text": '<a href="/n/x">@剧组</a> 哭了<img alt="[泪]" src="l.png"/> A&amp;B',
    "user": {"id": 77, "screen_name": "阿雨", "gender": "f", "verified_type": -1, "description": "海边的人"},
    "attitudes_count": "100万+",
    "comments_count": 12,
    "reposts_count": 3,
    "region_name": "发布于 江苏",
}


def test_a_timeline_knows_days_and_its_owner(desk, hide):
    day = datetime(2024, 5, 17, 16, tzinfo=UTC)
    assert desk.document("19.json", {"user": OWNER, "weibo": [POST]}) == [
        Comment(
            "501",
            "weibo",
            "post",
            "杀青 #长灯#",
            1,
            at=day,
            at_end=day + timedelta(days=1),
            at_precision=Precision.DAY,
            author=hide("weibo", "19"),
            author_kind="official",
            likes=1,
            replies=2,
            shares=3,
            topics="#长灯#",
        )
    ]


def test_a_passed_on_post_is_kept_when_it_has_an_id(desk):
    passed = POST | {"id": 400, "user_id": 20, "text": "原文"}
    items = desk.document(
        "a.json",
        {
            "user": OWNER,
            "weibo": [POST | {"retweet": passed}, POST | {"id": 502, "retweet": {"text": "已删除"}}],
        },
    )
    assert [(one.comment_id, one.parent_id, one.source_line, one.author_kind) for one in items] == [
        ("501", "400", 1, "official"),
        ("400", None, 1, None),
        ("502", None, 2, "official"),
    ]


def test_a_count_at_the_cap_is_kept_and_said(desk):
    items = desk.document("a.json", {"user": OWNER, "weibo": [POST | {"reposts_count": 1000000}]})
    assert items[0].shares == 1000000
    assert items[1] == Notice("sample", ("reposts_count=1000000",))


def test_a_bad_post_is_refused_with_what_it_passes_on(desk):
    passed = POST | {"id": 400, "attitudes_count": "很多"}
    items = desk.document("a.json", {"user": OWNER, "weibo": [POST | {"retweet": passed}, 7, POST]})
    assert [type(item) for item in items] == [Refused, Refused, Comment]
    assert [item.line for item in items[:2]] == [1, 2]


def test_a_timeline_without_its_list_is_unreadable(desk):
    path = desk.path("a.json", '{"user": {}, "weibo": {"bid": 1, "attitudes_count": 2}}')
    assert desk.reader(path).name == "weibo-crawler"
    with pytest.raises(UnreadableFileError):
        desk.read(path)


def said(line, **more):
    base = {"author_kind": "audience", "likes": 1000000, "replies": 12, "shares": 3, "region": "江苏"}
    return Comment(
        "601",
        "weibo",
        "post",
        "@剧组 哭了[泪] A&B",
        line,
        at=WROTE,
        at_end=WROTE + timedelta(seconds=1),
        at_precision=Precision.SECOND,
        **(base | more),
    )


@pytest.mark.parametrize(
    "wrapped",
    [
        {"ok": 1, "data": {"cards": [{"card_type": 9, "mblog": MBLOG}]}},
        {"data": {"cards": [{"card_type": 11, "card_group": [{"mblog": MBLOG}, {"desc": "更多"}]}]}},
        {"ok": 1, "data": {"list": [MBLOG]}},
        {"statuses": [MBLOG]},
        [MBLOG],
        [{"mblog": MBLOG}],
        MBLOG,
    ],
)
def test_a_status_is_found_wherever_the_interface_puts_it(desk, hide, wrapped):
    path = "a.json"
    assert desk.document(path, wrapped) == [said(1, author=hide("weibo", "77"))]


def test_lines_keep_their_numbers_and_pages_count_on(desk, hide):
    page = {"data": {"cards": [{"mblog": MBLOG}, {"mblog": MBLOG}]}}
    assert [item.source_line for item in desk.lines("a.jsonl", MBLOG, MBLOG)] == [1, 2]
    assert [item.source_line for item in desk.lines("b.jsonl", page, page)] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("kind", "author"), [(-1, "audience"), (0, "kol"), (1, "official"), (7, "official"), (220, None)]
)
def test_verified_types_tell_who_speaks(desk, kind, author):
    (item,) = desk.lines("a.jsonl", MBLOG | {"user": {"id": 7, "verified_type": kind}})
    assert item.author_kind == author


def test_a_long_text_replaces_its_beginning_and_a_reposted_status_stands_beside(desk):
    original = MBLOG | {"id": "600", "longText": {"longTextContent": "全文<br/>第二行"}}
    items = desk.lines("a.jsonl", MBLOG | {"retweeted_status": original})
    assert [(one.comment_id, one.parent_id, one.source_line) for one in items] == [
        ("601", "600", 1),
        ("600", None, 1),
    ]
    assert items[1].text == "全文\n第二行"


def test_what_is_no_status_is_refused_and_an_empty_page_is_not(desk):
    items = desk.lines(
        "a.jsonl", MBLOG, {"ok": 0, "msg": "请登录"}, {"data": {"cards": []}}, MBLOG | {"id": None, "mid": ""}
    )
    assert [type(item) for item in items] == [Comment, Refused, Refused]
    assert [(item.line, item.column) for item in items[1:]] == [(2, "*"), (4, "id")]


def test_an_unknown_key_is_named_once(desk):
    items = desk.lines("a.jsonl", MBLOG | {"新字段": 1}, MBLOG | {"新字段": 2})
    assert [item for item in items if isinstance(item, Notice)] == [Notice("unknown_columns", ("新字段",))]
