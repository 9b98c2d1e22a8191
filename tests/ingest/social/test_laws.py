import json
import string
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused

WEIBO = [
    "comment_id",
    "create_time",
    "create_date_time",
    "note_id",
    "content",
    "sub_comment_count",
    "comment_like_count",
    "last_modify_ts",
    "ip_location",
    "parent_comment_id",
    "user_id",
    "nickname",
    "gender",
    "profile_url",
    "avatar",
]
SEARCH = [
    "id",
    "bid",
    "user_id",
    "用户昵称",
    "微博正文",
    "发布位置",
    "艾特用户",
    "话题",
    "转发数",
    "评论数",
    "点赞数",
    "发布时间",
    "发布工具",
    "微博图片url",
    "微博视频url",
    "retweet_id",
]
WORKS = [
    "video_id",
    "title",
    "desc",
    "create_time",
    "creator_hash",
    "liked_count",
    "viewd_count",
    "last_modify_ts",
]
TRAPS = [
    "",
    "0",
    "-1",
    "5",
    "1.2万",
    "1万+",
    "--",
    "None",
    "4.7E+15",
    "4725000000000001",
    "\t4725000000000001",
    "1716200000",
    "1716200000123",
    "9999999999999",
    "2024-5-2",
    "2024-05-20 18:13:20+08:00",
    "刚刚",
    "3小时前",
    "IP属地：上海",
    "江苏",
    "f",
    "乙***丙",
    "0123456789abcdef",
    "#长灯# 哭了",
    "A&amp;B",
    "<b>粗</b>",
    "多 行",
    '带"引号',
    "逗,号",
    "😭",
    "\u200b",
    "e\u0301",
    "９８",
    "1e400",
    "٣",
]
LETTERS = string.digits + string.ascii_letters + string.punctuation + " \t灯塔：，"
CELLS = st.one_of(st.sampled_from(TRAPS), st.text(LETTERS, max_size=12))
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def records(columns):
    return st.lists(st.lists(CELLS, min_size=len(columns), max_size=len(columns)), min_size=1, max_size=6)


def by_line(items):
    """Return what each source line gave: the rows, or the one refusal."""
    found = {}
    for item in items:
        if not isinstance(item, Notice):
            line = item.line if isinstance(item, Refused) else item.source_line
            found.setdefault(line, []).append(item)
    return found


def check(items, expected):
    lines = by_line(items)
    assert len(lines) == expected
    for made in lines.values():
        refusals = [item for item in made if isinstance(item, Refused)]
        assert not refusals or made == refusals == refusals[:1]
        assert sum(isinstance(item, Comment) for item in made) <= 1
    order = [
        item.line if isinstance(item, Refused) else item.source_line
        for item in items
        if not isinstance(item, Notice)
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("columns", [WEIBO, SEARCH, WORKS], ids=["comments", "search", "works"])
def test_each_record_of_a_table_gives_rows_or_one_refusal(desk, columns):
    @QUIET
    @given(records(columns))
    def law(rows):
        kept = [row for row in rows if any(map(str.strip, row))]
        check(desk.under(columns, kept), len(kept))

    law()


@pytest.mark.parametrize("columns", [WEIBO, WORKS], ids=["comments", "works"])
def test_each_line_gives_rows_or_one_refusal(desk, columns):
    values = st.one_of(
        CELLS,
        st.integers(-5, 10**19),
        st.floats(allow_nan=False, allow_infinity=False),
        st.none(),
        st.booleans(),
        st.lists(CELLS, max_size=2),
        st.dictionaries(CELLS, CELLS, max_size=1),
    )

    @QUIET
    @given(st.lists(st.fixed_dictionaries(dict.fromkeys(columns, values)), min_size=1, max_size=6))
    def law(objects):
        first = dict.fromkeys(columns, "") | {columns[0]: "1"}
        check(desk.lines("a.jsonl", first, *objects), len(objects) + 1)

    law()


def test_the_order_of_the_records_changes_nothing_but_their_lines(desk):
    def rows(items):
        return sorted(repr(replace(item, source_line=0)) for item in items if isinstance(item, Comment))

    @QUIET
    @given(st.data())
    def law(data):
        lines = data.draw(records(WEIBO))
        turned = data.draw(st.permutations(lines))
        assert rows(desk.under(WEIBO, lines)) == rows(desk.under(WEIBO, turned))

    law()


def test_a_second_reading_says_the_same(desk):
    @QUIET
    @given(records(WEIBO))
    def law(lines):
        assert desk.under(WEIBO, lines) == desk.under(WEIBO, lines)

    law()


@pytest.mark.parametrize(
    "wrap", [lambda one: one, lambda one: {"data": {"cards": [{"mblog": one}]}}], ids=["bare", "page"]
)
def test_a_status_of_any_values_gives_rows_or_one_refusal(desk, wrap):
    keys = ["id", "created_at", "text", "attitudes_count", "reposts_count", "region_name"]
    values = st.one_of(CELLS, st.integers(-5, 10**19), st.none(), st.lists(CELLS, max_size=1))
    users = st.one_of(st.none(), CELLS, st.fixed_dictionaries({"id": values, "verified_type": values}))

    @QUIET
    @given(st.fixed_dictionaries(dict.fromkeys(keys, values) | {"user": users, "retweeted_status": users}))
    def law(status):
        path = desk.path(
            "a.jsonl",
            json.dumps(
                {
                    "created_at": "",
                    "text": "",
                    "id": "1",
                    "user": {},
                    "attitudes_count": 0,
                    "reposts_count": 0,
                }
            )
            + "\n"
            + json.dumps(wrap(status))
            + "\n",
        )
        lines = by_line(desk.read(path))
        assert set(lines) == {1, 2}
        assert all(
            len([item for item in made if isinstance(item, Refused)]) in {0, len(made)}
            for made in lines.values()
        )

    law()
