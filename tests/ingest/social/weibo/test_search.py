from datetime import UTC, datetime, timedelta

import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused
from longtake.domain.timed.moment import Precision

SIXTEEN = (
    "id,bid,user_id,用户昵称,微博正文,发布位置,艾特用户,话题,转发数,评论数,点赞数,发布时间,发布工具,微博图片url,"
    "微博视频url,retweet_id"
)
FORK = f"{SIXTEEN},ip,user_authentication,会员类型,会员等级"
AT = datetime(2024, 5, 20, 4, tzinfo=UTC)
SEEN = datetime(2024, 5, 21, tzinfo=UTC)


def row(**cells):
    base = {"id": "501", "bid": "Oa", "user_id": "77", "用户昵称": "阿雨", "微博正文": "今晚见"}
    base |= {"转发数": 1, "评论数": 2, "点赞数": 3, "发布时间": "2024-05-20 12:00"}
    return [(base | cells).get(name, "") for name in FORK.split(",")]


def test_sixteen_columns(desk, hide):
    items = desk.read(
        desk.path(
            "长灯.csv",
            "\ufeff" + SIXTEEN + "\n501,Oa,77,阿雨,#长灯# 今晚见,,,长灯,1,2,3,2024-05-20 12:00,,,,\n",
        ),
        SEEN,
    )
    assert items == [
        Comment(
            "501",
            "weibo",
            "post",
            "#长灯# 今晚见",
            2,
            at=AT,
            at_end=AT + timedelta(minutes=1),
            at_precision=Precision.MINUTE,
            author=hide("weibo", "77"),
            likes=3,
            replies=2,
            shares=1,
            topics="#长灯#",
            observed_at=SEEN,
        )
    ]


def test_ids_behind_tabs_are_the_same_ids(desk, hide):
    (item,) = desk.table("a.csv", FORK, row(id="\t5036100000000001", user_id="\t77", retweet_id="\t500"))
    assert (item.comment_id, item.author, item.parent_id) == ("5036100000000001", hide("weibo", "77"), "500")


@pytest.mark.parametrize(
    ("badge", "kind"),
    [
        ("黄V", "kol"),
        ("红V", "kol"),
        ("金V", "kol"),
        ("蓝V", "official"),
        ("普通用户", "audience"),
        ("", None),
    ],
)
def test_badges_tell_who_speaks(desk, badge, kind):
    (item,) = desk.table("a.csv", FORK, row(user_authentication=badge))
    assert item.author_kind == kind


def test_a_fork_adds_the_region_and_a_bound_counts_as_what_it_states(desk):
    (item,) = desk.table("a.csv", FORK, row(ip="发布于 江苏", 转发数="1万+", 评论数="", 点赞数="2.5万"))
    assert (item.region, item.shares, item.replies, item.likes) == ("江苏", 10000, None, 25000)


@pytest.mark.parametrize("column", ["id", "user_id", "retweet_id"])
def test_rounded_ids_are_refused(desk, column):
    (item,) = desk.table("a.csv", FORK, row(**{column: "4.7E+15"}))
    assert isinstance(item, Refused)
    assert (item.line, item.column) == (2, column)


def test_a_fork_with_columns_in_another_order_reads_the_same(desk):
    names, cells = FORK.split(","), row(ip="江苏", 话题="长灯,短片")
    turned = list(zip(names, cells, strict=True))[::-1]
    assert desk.table("a.csv", ",".join(n for n, _ in turned), [c for _, c in turned]) == desk.table(
        "b.csv", FORK, cells
    )


def test_a_file_appended_by_an_older_version_drifts(desk):
    items = desk.table("a.csv", FORK, row(), row()[:16])
    assert items[1].value == "16 columns"
    assert items[2] == Notice("drift", ("3",))


def test_a_column_nobody_knows_is_named(desk):
    items = desk.table("a.csv", f"{FORK},情绪", [*row(), "喜"])
    assert items[0] == Notice("unknown_columns", ("情绪",))
