import io
import json
from dataclasses import replace

import pytest
import xlsxwriter

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Notice, Refused

AT = 1_716_200_000
SEEN = 1_716_206_400_000
COMMENTS = [
    {
        "comment_id": f"50{number}",
        "create_time": AT + number,
        "create_date_time": "",
        "note_id": "400",
        "content": f'第{number}条,带\n换行和"引号"',
        "sub_comment_count": number,
        "comment_like_count": "1.2万",
        "last_modify_ts": SEEN,
        "parent_comment_id": "501",
        "creator_hash": f"{number:016x}",
        "nickname": "甲***乙",
    }
    for number in range(1, 4)
]
CONTENTS = [
    {
        "note_id": "400",
        "content": "今晚见",
        "create_time": AT,
        "create_date_time": "",
        "liked_count": "8",
        "comments_count": "9",
        "shared_count": "10",
        "last_modify_ts": SEEN,
        "creator_hash": "0123456789abcdef",
        "nickname": "丙*",
    }
]
CREATORS = [{"user_id": "77", "nickname": "丁", "fans": 5}]


def workbook(**sheets):
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name, records in sheets.items():
            sheet = book.add_worksheet(name)
            for column, key in enumerate(records[0]):
                sheet.write_string(0, column, key)
                for row, record in enumerate(records, 1):
                    value = record.get(key, "")
                    (sheet.write_number if isinstance(value, int) else sheet.write_string)(row, column, value)
    return out.getvalue()


@pytest.fixture
def wanted(desk):
    return [replace(row, source_line=0) for row in desk.lines("a.jsonl", *COMMENTS)]


def test_every_form_gives_the_same_rows(desk, wanted):
    table = desk.table("a.csv", ",".join(COMMENTS[0]), *(list(one.values()) for one in COMMENTS))
    array = desk.document("a.json", COMMENTS)
    book = desk.read(desk.path("a.xlsx", workbook(Comments=COMMENTS)))
    for items in (table, array, book):
        assert [replace(row, source_line=0) for row in items] == wanted


def test_a_single_object_is_an_array_of_one(desk, wanted):
    (row,) = desk.read(desk.path("a.json", json.dumps(COMMENTS[0], ensure_ascii=False)))
    assert replace(row, source_line=0) == wanted[0]


def test_a_workbook_is_read_as_its_sheets_under_one_another(desk):
    path = desk.path("a.xlsx", workbook(Contents=CONTENTS, Comments=COMMENTS, Creators=CREATORS))
    assert desk.reader(path).name == "mediacrawler-weibo-contents"
    items = desk.read(path)
    assert [(type(item), getattr(item, "kind", ""), getattr(item, "source_line", 0)) for item in items] == [
        (Comment, "post", 2),
        (Observation, "cumulative", 2),
        (Observation, "cumulative", 2),
        (Observation, "cumulative", 2),
        (Comment, "comment", 4),
        (Comment, "reply", 5),
        (Comment, "reply", 6),
        (Notice, "summary_row", 0),
    ]
    assert items[-1] == Notice("summary_row", ("Creators",))


def test_a_workbook_with_comments_alone_goes_to_the_reader_of_comments(desk):
    path = desk.path("a.xlsx", workbook(Comments=COMMENTS, Creators=CREATORS))
    assert desk.reader(path).name == "mediacrawler-weibo-comments"


def test_ids_that_a_sheet_keeps_as_numbers_are_refused_when_they_lost_digits(desk):
    long = [one | {"comment_id": 5036000000000001} for one in COMMENTS]
    items = desk.read(desk.path("a.xlsx", workbook(Comments=long)))
    assert {(type(item), item.column) for item in items} == {(Refused, "comment_id")}


def test_both_generations_may_stand_in_one_jsonl(desk, hide):
    older = {key: value for key, value in COMMENTS[0].items() if key != "creator_hash"}
    older |= {"comment_id": "777", "user_id": "9", "ip_location": "江苏", "avatar": "a.jpg", "gender": "f"}
    new, old = desk.lines("a.jsonl", COMMENTS[0], older)
    assert (new.author, new.region) == (hide("weibo", f"{1:016x}"), None)
    assert (old.author, old.region) == (hide("weibo", "9"), "江苏")


def test_a_broken_line_costs_itself_alone(desk):
    text = "\n".join([json.dumps(COMMENTS[0]), '{"comment_id": "9", "cont', json.dumps(COMMENTS[1])])
    items = desk.read(desk.path("a.jsonl", text))
    assert [type(item) for item in items] == [Comment, Refused, Comment]
    assert items[1].line == 2
