import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Notice, Refused
from longtake.errors import CampaignFileError, UnreadableFileError
from longtake.ingest.identity import pseudonym
from longtake.ingest.mapping import FIELDS, MappedReader, Mapping, dump, guess, header_key, load, propose
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=12).filter(
    str.strip
)


def table(tmp_path, text, name="x.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8-sig")
    return path


def rows_of(path, mapping):
    head = peek(path)
    reader = MappedReader(mapping)
    assert reader.sniff(head, path) == 1.0
    return list(reader.read(path, Context(head, None, pseudonym(b"k" * 32), path.name)))


def test_a_table_of_comments_is_guessed_by_its_header_and_read(tmp_path):
    path = table(
        tmp_path,
        "用户名,评论正文,评论日期,赞数,页码\n甲,走出来还在想,2023-06-07 08:09,1.2万,1\n乙,,2023-06-08,3,1\n",
    )
    mapping = guess(peek(path))
    assert mapping == Mapping(
        "comments", {"at": "评论日期", "author": "用户名", "likes": "赞数", "text": "评论正文"}
    )
    notice, row, refused = rows_of(path, mapping)
    assert notice == Notice("unknown_columns", ("页码",))
    assert isinstance(row, Comment)
    assert (row.text, row.likes, row.source_line, row.platform) == ("走出来还在想", 12000, 2, "other")
    assert row.author not in {None, "甲"}
    assert (refused.line, refused.column) == (3, "评论正文")


def test_columns_without_a_telling_name_are_guessed_by_what_stands_in_them(tmp_path):
    text = "c1,c2,昵称,c3\n7,2023-06-07 08:09,甲,想起了外婆的院子\n8,昨天 12:30,乙,散场以后没有人站\n"
    assert guess(peek(table(tmp_path, text))) == Mapping(
        "comments", {"at": "c2", "author": "昵称", "text": "c3"}
    )


def test_a_wide_table_gives_an_observation_for_each_number(tmp_path):
    text = (
        "微博话题,统计日期,阅读量(万),讨论量,完播率\n#三封信#,2023-06-07,1200.5,3.4万,12.5%\n"
        "#三封信#,2023-06-08,-,--,-\n#灯塔#,2023-06-08,多,1,-\n"
    )
    path = table(tmp_path, text)
    mapping = guess(peek(path))
    assert mapping.columns == {
        "at": "统计日期",
        "subject": "微博话题",
        "value:completion_rate": "完播率",
        "value:discussions": "讨论量",
        "value:reads": "阅读量(万)",
    }
    assert mapping.constants == {"kind": "increment", "platform": "weibo"}
    found = rows_of(path, mapping)
    told = {(row.metric, row.value, row.kind) for row in found if isinstance(row, Observation)}
    assert told == {
        ("reads", 12_005_000.0, "increment"),
        ("discussions", 34_000.0, "increment"),
        ("completion_rate", 0.125, "ratio"),
    }
    assert [(item.line, item.column) for item in found if isinstance(item, Refused)] == [
        (3, "*"),
        (4, "阅读量(万)"),
    ]


@pytest.mark.parametrize(
    ("header", "row", "kind"),
    [
        ("日期,影片,当日票房（万元）,场次", "2023-06-07,山谷来信,512.5,1800", "boxoffice"),
        ("投放类型,投放时间,平台,投放金额,备注", "广告,2023-06-07,抖音,12000,信息流", "events"),
        ("节点编号,物料类型,上线时间,物料名称", "a1,预告,2023-06-07,预告A", "nodes"),
        ("兑换码,推荐人ID,兑换时间", "K7,u1,2023-06-07", "referrals"),
    ],
)
def test_every_kind_is_guessed_and_read(tmp_path, header, row, kind):
    path = table(tmp_path, f"{header}\n{row}\n")
    mapping = guess(peek(path))
    assert mapping.kind == kind
    (made,) = (item for item in rows_of(path, mapping) if not isinstance(item, Notice))
    assert not isinstance(made, Refused)
    if kind == "boxoffice":
        assert made.gross_cny == 5_125_000.0


@pytest.mark.parametrize("text", ["甲,乙\n1,2\n", "x\n1\n", "评论数,页码\n1,2\n"])
def test_a_table_that_says_nothing_is_not_guessed(tmp_path, text):
    assert guess(peek(table(tmp_path, text))) is None


def test_json_records_can_be_mapped_too(tmp_path):
    path = table(tmp_path, '[{"body": "哭了很久很久", "n": 3, "when": 1686096550}, {"body": null}]', "x.json")
    path.write_text(path.read_text(encoding="utf-8-sig"), encoding="utf-8")
    found = rows_of(
        path, Mapping("comments", {"text": "body", "likes": "n", "at": "when"}, {"platform": "知乎"})
    )
    assert (found[0].platform, found[0].likes, found[0].at.year) == ("zhihu", 3, 2023)
    assert found[1].column == "body"


@given(
    st.sampled_from(sorted(FIELDS)),
    st.data(),
)
def test_a_mapping_that_is_written_reads_back(tmp_path_factory, kind, data):
    fields = data.draw(st.dictionaries(st.sampled_from(FIELDS[kind]), TEXT, min_size=1))
    mapping = Mapping(kind, fields, dict.fromkeys(FIELDS[kind], "x"))
    path = tmp_path_factory.mktemp("law") / "map.toml"
    path.write_bytes(dump(mapping).encode())
    assert load(path) == mapping
    assert tomllib.loads(dump(mapping))["kind"] == kind


def test_a_header_is_remembered_whatever_its_order(tmp_path):
    assert header_key(("甲", "乙", "")) == header_key((" 乙", "甲"))
    assert header_key(("甲", "乙")) != header_key(("甲乙",))


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('kind = "songs"\n', "kind"),
        ('kind = "comments"\n[columns]\ntext = 3\n', "columns.text"),
        ('kind = "comments"\n[columns]\ncolour = "a"\n', "columns.colour"),
        ('kind = "comments"\n[columns]\nlikes = "a"\n', "columns.text"),
        ('kind = "comments"\n[columns]\n', "columns"),
        ('kind = "comments"\ncolumns = 3\n', "columns"),
        ('kind = "comments"\nother = 1\n[columns]\ntext = "a"\n', "other"),
        ('kind = "counts"\n[columns]\n"value:" = "a"\n', "columns.value:"),
        ('[columns]\ntext = "a"\n', "kind"),
    ],
)
def test_a_mapping_that_cannot_be_used_names_its_key(tmp_path, text, key):
    path = tmp_path / "map.toml"
    path.write_text(text)
    with pytest.raises(CampaignFileError) as caught:
        load(path)
    assert caught.value.key == key


@pytest.mark.parametrize("data", [b"kind = ", b"\xff\xfe\x00", b"kind = 'a'\n" * 10_000])
def test_a_file_that_is_no_toml_is_refused(tmp_path, data):
    path = tmp_path / "map.toml"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError):
        load(path)
    with pytest.raises(UnreadableFileError):
        load(tmp_path / "nothing.toml")


def test_a_mapping_without_its_columns_does_not_fit():
    assert not Mapping("comments", {"text": "a"}).fits(("b",))
    assert not Mapping("comments", {}).fits(("b",))
    assert Mapping("counts", {"value:plays": "p", "subject": "s", "at": "t"}).missing == ()
    assert Mapping("counts", {"value": "p"}).missing == ("at", "subject", "metric")


OPAQUE = {
    "comments": (
        "A,B,C,D,E,F,G,H\n"
        "1,2026-01-08 10:00,微博,看完走了很久的路,小李,江苏,12,https://weibo.com/1/a\n"
        "2,2026-01-08 11:30,抖音,散场以后没有人站起来,老王,IP属地：北京,0,https://weibo.com/1/b\n"
        "3,昨天 12:30,微博,预告里可不是这么说的啊,阿珍,上海,431,https://weibo.com/1/c\n",
        {"at": "B", "author": "E", "likes": "G", "platform": "C", "region": "F", "text": "D"},
        {"at": "times", "author": "names", "likes": "numbers", "platform": "platforms", "region": "places"},
    ),
    "counts": (
        "列1,列2,列3,列4\n2026-01-08,#灯下的人#,阅读量,1.2亿\n2026-01-09,#灯下的人#,讨论量,3.4万\n",
        {"at": "列1", "metric": "列3", "subject": "列2", "value": "列4"},
        {"metric": "metrics", "value": "numbers"},
    ),
    "boxoffice": (
        "f1,f2,f3\n2026-01-09,重庆,512.5万\n2026-01-09,合肥,88.1万\n",
        {"city": "f2", "date": "f1", "gross_cny": "f3"},
        {"city": "places", "date": "times"},
    ),
    "events": (
        "x1,x2,x3\n点映,2026-01-05 19:30,合肥\n路演,2026-01-06,重庆\n",
        {"city": "x3", "kind": "x1", "start": "x2"},
        {"kind": "acts", "start": "times"},
    ),
}


@pytest.mark.parametrize("kind", OPAQUE)
def test_headings_that_say_nothing_leave_the_cells_to_speak_and_each_guess_says_why(tmp_path, kind):
    text, columns, why = OPAQUE[kind]
    head = peek(table(tmp_path, text))
    found = propose(head)
    assert (found.mapping.kind, found.mapping.columns, found.named) == (kind, columns, False)
    assert why.items() <= {name: trait.name for name, trait in found.why.items()}.items()
    assert all(trait.example in text for trait in found.why.values())
    assert guess(head) is None, "nothing is mapped unasked when no heading says anything"


def test_a_table_whose_cells_could_be_anything_is_left_to_a_person(tmp_path):
    assert propose(peek(table(tmp_path, "a,b\n1,2\n5,9\n"))) is None
    two = propose(peek(table(tmp_path, "c1,c2,c3\n2026-01-08,7,3\n2026-01-09,9,8\n", "y.csv")))
    assert two is None or {"value", "gross_cny"}.isdisjoint(two.mapping.columns)


def test_seconds_since_1970_are_a_time_and_a_long_number_is_an_id(tmp_path):
    rows = "4900000000000001,1767862800,看完走了很久的路\n4900000000000002,1767866400,散场以后没有人说话\n"
    text = f"c1,c2,c3\n{rows}"
    found = propose(peek(table(tmp_path, text)))
    assert found.mapping.columns == {"at": "c2", "id": "c1", "text": "c3"}
    assert found.why["at"].name == "epochs"


def test_a_heading_that_says_something_else_is_not_taken_for_what_its_numbers_look_like(tmp_path):
    text = "评论正文,评论日期,页码\n走出来还在想,2023-06-07,1\n散场没人起身,2023-06-08,4\n"
    assert propose(peek(table(tmp_path, text))).mapping.columns == {"at": "评论日期", "text": "评论正文"}
