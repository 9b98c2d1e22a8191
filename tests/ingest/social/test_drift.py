import pytest

from longtake.domain.comment import Comment
from longtake.domain.receipt import Notice, Refused

OLD = (
    "comment_id,parent_comment_id,create_time,video_id,content,user_id,nickname,sex,sign,avatar,"
    "sub_comment_count,like_count,last_modify_ts"
)
AT = 1_716_200_000
SEEN = 1_716_206_400_000
ROW_OLD = [1, 0, AT, 9, "一", 55, "甲", "男", "签名", "a.jpg", 0, 5, SEEN]
ROW_NEW = [2, 0, AT, 9, "二", "0123456789abcdef", "乙***丙", 0, 7, SEEN]
EXPECTED = "13 columns as in the header; the file changed shape here, split it at this line"


def test_rows_of_a_newer_shape_are_refused_and_never_shifted(desk):
    items = desk.table("a.csv", OLD, ROW_OLD, ROW_NEW, ROW_NEW)
    assert isinstance(items[0], Comment)
    assert items[1:] == [
        Refused(3, "*", "10 columns", EXPECTED),
        Refused(4, "*", "10 columns", EXPECTED),
        Notice("drift", ("3",)),
    ]


def test_each_run_of_drift_is_named_by_its_first_line(desk):
    items = desk.table("a.csv", OLD, ROW_NEW, ROW_OLD, ROW_NEW, ROW_NEW, ROW_OLD, ROW_NEW)
    assert items[-1] == Notice("drift", ("2", "4", "7"))
    assert [item.comment_id for item in items if isinstance(item, Comment)] == ["1", "1"]


def test_a_row_of_the_right_length_and_the_wrong_types_is_drift_too(desk):
    moved = [3, 0, AT, 9, "三", "男", "签名", "a.jpg", 0, 5, "丁", "戊", "己"]
    items = desk.table("a.csv", OLD, ROW_OLD, moved)
    assert items[1:] == [
        Refused(3, "*", "another type in sub_comment_count, like_count, last_modify_ts", EXPECTED),
        Notice("drift", ("3",)),
    ]


def test_a_number_too_large_for_a_count_betrays_a_shifted_row(desk):
    moved = [3, 0, AT, 9, "三", 55, "甲", "男", "签名", "a.jpg", 0, SEEN, "x"]
    items = desk.table("a.csv", OLD, moved)
    assert items == [
        Refused(2, "*", "another type in like_count, last_modify_ts", EXPECTED),
        Notice("drift", ("2",)),
    ]


@pytest.mark.parametrize("cells", [ROW_OLD[:-1], [*ROW_OLD, ""], [1]])
def test_any_other_length_is_drift(desk, cells):
    items = desk.table("a.csv", OLD, ROW_OLD, cells)
    assert items[1] == Refused(3, "*", f"{len(cells)} columns", EXPECTED)


def test_a_file_without_drift_says_nothing_of_it(desk):
    assert [type(item) for item in desk.table("a.csv", OLD, ROW_OLD, ROW_OLD)] == [Comment, Comment]


def test_the_refusal_of_a_drifted_row_names_nobody(desk):
    items = desk.table("a.csv", OLD, ROW_OLD, ROW_NEW)
    assert not any(secret in repr(items) for secret in ("0123456789abcdef", "乙", "甲", "签名"))
