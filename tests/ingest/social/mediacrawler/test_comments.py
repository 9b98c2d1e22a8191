from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused
from longtake.domain.timed.moment import Precision

AT = 1_716_200_000
SEEN = 1_716_206_400_123
WROTE = datetime.fromtimestamp(AT, UTC)
FETCHED = datetime.fromtimestamp(SEEN // 1000, UTC)
WEIBO_OLD = (
    "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,"
    "last_modify_ts,ip_location,parent_comment_id,user_id,nickname,gender,profile_url,avatar"
)
WEIBO_NEW = (
    "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,"
    "last_modify_ts,parent_comment_id,creator_hash,nickname"
)
DOUYIN_OLD = (
    "comment_id,create_time,ip_location,aweme_id,content,user_id,sec_uid,short_user_id,user_unique_id,"
    "user_signature,nickname,avatar,sub_comment_count,like_count,last_modify_ts,parent_comment_id,pictures"
)
XHS_NEW = (
    "comment_id,create_time,note_id,content,creator_hash,nickname,sub_comment_count,pictures,"
    "parent_comment_id,last_modify_ts,like_count"
)
KUAISHOU_NEW = (
    "comment_id,create_time,video_id,content,creator_hash,nickname,sub_comment_count,last_modify_ts"
)
ZHIHU_OLD = (
    "comment_id,parent_comment_id,content,publish_time,ip_location,sub_comment_count,like_count,dislike_count,"
    "content_id,content_type,user_id,user_link,user_nickname,user_avatar,last_modify_ts"
)
TIEBA_OLD = (
    "comment_id,parent_comment_id,content,user_link,user_nickname,user_avatar,publish_time,ip_location,"
    "sub_comment_count,note_id,note_url,tieba_id,tieba_name,tieba_link,last_modify_ts"
)


def said(platform, comment_id, text, line, **more):
    base = {
        "at": WROTE,
        "at_end": WROTE + timedelta(seconds=1),
        "at_precision": Precision.SECOND,
        "observed_at": FETCHED,
    }
    kind = "reply" if more.get("parent_id") else "comment"
    return Comment(comment_id, platform, kind, text, line, **(base | more))


def test_weibo_older_generation_with_region_and_own_id_as_parent(desk, hide):
    items = desk.table(
        "a.csv",
        WEIBO_OLD,
        [501, AT, "", 400, "雨停了才散场", 2, "1.2万", SEEN, "来自江苏", 501, 77, "阿雨", "f", "u", "a"],
        [502, AT, "", 400, "同感", "", "", SEEN, "", 501, 78, "阿云", "m", "u", "a"],
    )
    assert items == [
        said(
            "weibo",
            "501",
            "雨停了才散场",
            2,
            author=hide("weibo", "77"),
            node_id="400",
            likes=12000,
            replies=2,
            region="江苏",
        ),
        said("weibo", "502", "同感", 3, author=hide("weibo", "78"), node_id="400", parent_id="501"),
    ]


def test_weibo_newer_generation_prefers_the_hash_to_the_masked_name(desk, hide):
    items = desk.table(
        "a.csv",
        WEIBO_NEW,
        [501, AT, "", 400, "R&amp;B 的片尾曲 #长灯#", 0, 3, SEEN, "", "0123456789abcdef", "阿***雨"],
        [502, AT, "", 400, "没有作者", 0, 3, SEEN, 0, "", "阿***雨"],
    )
    assert items == [
        said(
            "weibo",
            "501",
            "R&B 的片尾曲 #长灯#",
            2,
            author=hide("weibo", "0123456789abcdef"),
            node_id="400",
            likes=3,
            replies=0,
            topics="#长灯#",
        ),
        said("weibo", "502", "没有作者", 3, node_id="400", likes=3, replies=0),
    ]


def test_weibo_falls_back_to_the_written_time(desk):
    row = [501, "", "2024-05-20 18:13:20+08:00", 400, "晚", 0, 0, SEEN, "", "", ""]
    assert desk.table("a.csv", WEIBO_NEW, row) == [
        said("weibo", "501", "晚", 2, node_id="400", likes=0, replies=0)
    ]


def test_douyin_older_generation(desk, hide):
    row = [
        9001,
        AT,
        "IP属地：福建",
        8001,
        "",
        55,
        "MS4x",
        0,
        "uid",
        "签名",
        "海边",
        "a.jpg",
        1,
        5,
        SEEN,
        "0",
        "",
    ]
    assert desk.table("a.csv", DOUYIN_OLD, row) == [
        said(
            "douyin",
            "9001",
            "",
            2,
            author=hide("douyin", "55"),
            node_id="8001",
            likes=5,
            replies=1,
            region="福建",
        )
    ]


@pytest.mark.parametrize("at", [AT, AT * 1000, AT * 1000 + 999])
def test_xiaohongshu_takes_seconds_and_milliseconds(desk, hide, at):
    row = ["664b0a", at, "664a01", "后劲大", "0123456789abcdef", "阿*", "1", "", "664b09", SEEN, "1.2万"]
    assert desk.table("a.csv", XHS_NEW, row) == [
        said(
            "xiaohongshu",
            "664b0a",
            "后劲大",
            2,
            author=hide("xiaohongshu", "0123456789abcdef"),
            node_id="664a01",
            likes=12000,
            replies=1,
            parent_id="664b09",
        )
    ]


def test_kuaishou_has_neither_likes_nor_parents_and_may_lack_ids(desk, hide):
    items = desk.table(
        "a.csv",
        KUAISHOU_NEW,
        [81, AT * 1000, "3xa", "看一回哭一回", "0123456789abcdef", "小*", 4, SEEN],
        ["", AT * 1000, "3xa", "没有编号", "", "", "None", SEEN],
    )
    assert items[0] == said(
        "kuaishou",
        "81",
        "看一回哭一回",
        2,
        author=hide("kuaishou", "0123456789abcdef"),
        node_id="3xa",
        replies=4,
    )
    assert items[1].comment_id.startswith("h:")
    assert (items[1].text, items[1].author, items[1].likes, items[1].replies) == (
        "没有编号",
        None,
        None,
        None,
    )


def test_a_record_without_id_and_text_is_refused(desk):
    items = desk.table("a.csv", KUAISHOU_NEW, ["", AT, "3xa", "", "", "", 0, SEEN])
    assert items == [Refused(2, "*", "", "an id, or at least a text")]


def test_zhihu_zero_time_is_unknown_and_hidden_people_are_nobody(desk, hide):
    items = desk.table(
        "a.csv",
        ZHIHU_OLD,
        [109, "", "灯是&quot;主角&quot;", AT, "四川", 1, 45, 2, 35, "answer", "zu1", "l", "山间", "p", SEEN],
        [110, 109, "何时发的", 0, "", 0, 0, 0, 35, "answer", "", "", "匿名用户", "", SEEN],
    )
    nothing = {"at": None, "at_end": None, "at_precision": Precision.UNKNOWN}
    assert items == [
        said(
            "zhihu",
            "109",
            '灯是"主角"',
            2,
            author=hide("zhihu", "zu1"),
            node_id="35",
            likes=45,
            replies=1,
            region="四川",
        ),
        said("zhihu", "110", "何时发的", 3, node_id="35", likes=0, replies=0, parent_id="109", **nothing),
    ]


@pytest.mark.parametrize(
    ("told", "span"),
    [
        ("2024-5-2", (datetime(2024, 5, 1, 16, tzinfo=UTC), timedelta(days=1), Precision.DAY)),
        ("2024-05-20 18:13:20", (WROTE, timedelta(seconds=1), Precision.SECOND)),
        ("2024-05-20 18:13", (WROTE - timedelta(seconds=20), timedelta(minutes=1), Precision.MINUTE)),
    ],
)
def test_tieba_times_are_text_and_dates_unpadded(desk, hide, told, span):
    low, width, precision = span
    link = "https://tieba.example/home?id=tb.1"
    row = [15, "", "前排", link, "吧友", "p", told, "山东", 1, 902, "u", 88, "长灯吧", "l", SEEN]
    assert desk.table("a.csv", TIEBA_OLD, row) == [
        said(
            "tieba",
            "15",
            "前排",
            2,
            author=hide("tieba", link),
            node_id="902",
            replies=1,
            region="山东",
            at=low,
            at_end=low + width,
            at_precision=precision,
        )
    ]


def test_relative_times_count_from_the_fetch(desk):
    row = [15, "", "前排", "", "", "", "2小时前", "", 1, 902, "u", 88, "长灯吧", "l", SEEN]
    (item,) = desk.table("a.csv", TIEBA_OLD, row)
    assert item.at <= FETCHED - timedelta(hours=2) < item.at_end


@pytest.mark.parametrize("column", ["comment_id", "note_id", "parent_comment_id"])
def test_ids_a_spreadsheet_rounded_are_refused(desk, column):
    record = dict(zip(WEIBO_NEW.split(","), [501, AT, "", 400, "x", 0, 0, SEEN, 7, "", ""], strict=True))
    record[column] = "4.725E+15"
    items = desk.table("a.csv", WEIBO_NEW, list(record.values()))
    assert items == [Refused(2, column, "4.725E+15", "an id with all its digits, not 4.7E+15")]


def test_ids_rounded_all_at_once_are_no_drift(desk):
    row = ["4.725E+15", AT, "", "4.7E+15", "x", 0, 0, SEEN, "4.7E+15", "", ""]
    (item,) = desk.table("a.csv", WEIBO_NEW, row)
    assert (item.column, item.value) == ("comment_id", "4.725E+15")


@pytest.mark.parametrize(
    ("column", "value"), [("comment_like_count", "很多"), ("create_time", "昨晚吧"), ("last_modify_ts", "x")]
)
def test_one_bad_cell_refuses_its_record_and_no_other(desk, column, value):
    names = WEIBO_NEW.split(",")
    good = [501, AT, "", 400, "好", 0, 0, SEEN, "", "", ""]
    bad = [value if name == column else cell for name, cell in zip(names, good, strict=True)]
    items = desk.table("a.csv", WEIBO_NEW, good, bad, [502, *good[1:]])
    assert [type(item) for item in items] == [Comment, Refused, Comment]
    assert (items[1].line, items[1].column, items[1].value) == (3, column, value)


def test_unknown_columns_are_named_once_and_personal_ones_never(desk):
    items = desk.table(
        "a.csv",
        f"{WEIBO_OLD},mood,aside",
        [501, AT, "", 400, "好", 0, 0, SEEN, "", "", 7, "n", "f", "u", "a", 1, 2],
        [502, AT, "", 400, "好", 0, 0, SEEN, "", "", 7, "n", "f", "u", "a", 1, 2],
    )
    assert [item for item in items if isinstance(item, Notice)] == [
        Notice("unknown_columns", ("aside", "mood"))
    ]


def test_the_day_in_the_name_stands_in_for_a_missing_fetch_time(desk):
    items = desk.table(
        "search_comments_2024-05-21.csv", WEIBO_NEW, [501, AT, "", 400, "好", 0, 0, "", "", "", ""]
    )
    assert items[0].observed_at == datetime(2024, 5, 21, 15, 59, 59, tzinfo=UTC)
