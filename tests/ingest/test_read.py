from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from longtake.domain.receipt import Notice
from longtake.errors import HostileFileError, UnknownFormatError, UnreadableFileError
from longtake.ingest import read, readers, recognise
from longtake.ingest.peek import peek

HEADER = (
    "comment_id,create_time,create_date_time,note_id,content,sub_comment_count,comment_like_count,"
    "last_modify_ts,parent_comment_id,creator_hash,nickname"
)
ROW = (
    "5012000000000009,1686096550,2023-06-07 08:09:10+08:00,77,哭了三次,2,128,1686096550000,,"
    "a1b2c3d4e5f60718,甲***乙"
)
XHS = (
    "笔记标题,首次发布时间,体裁,曝光,观看量,封面点击率,点赞,评论,收藏,涨粉,分享,人均观看时长,弹幕\n"
    "山谷,昨天 12:30,视频,1,2,0.1,3,4,5,6,7,8,9\n"
)


@pytest.fixture
def comments(tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text(f"{HEADER}\n{ROW}\n", encoding="utf-8-sig")
    return path


def test_rows_come_without_notices_and_name_their_line(comments):
    (row,) = read(str(comments))
    assert (row.platform, row.comment_id, row.source_line, row.likes) == ("weibo", "5012000000000009", 2, 128)
    assert not any(isinstance(item, Notice) for item in read(comments))


def test_the_same_key_gives_the_same_author_and_another_key_another(comments, tmp_path, monkeypatch):
    authors = [next(read(comments, key=key * 32)).author for key in (b"a", b"a", b"b")]
    assert authors[0] == authors[1] != authors[2]
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(tmp_path))
    (tmp_path / "key").write_bytes(b"b" * 32)
    assert next(read(comments)).author == authors[2]
    (tmp_path / "key").unlink()
    fleeting = [next(read(comments)).author for _ in range(2)]
    assert fleeting[0] == fleeting[1]
    assert fleeting[0] not in authors


@pytest.mark.parametrize(
    "seen",
    [
        "2023-07-09 18:30",
        "2023-07-09T10:30:00+00:00",
        datetime(2023, 7, 9, 18, 30),
        datetime(2023, 7, 9, 10, 30, tzinfo=UTC),
        datetime(2023, 7, 9, 12, 30, tzinfo=timezone(timedelta(hours=2))),
    ],
)
def test_a_time_of_observation_without_a_zone_is_beijing_time(tmp_path, seen):
    path = tmp_path / "x.csv"
    path.write_text(XHS, encoding="utf-8")
    row = next(read(path, seen))
    assert row.observed_at.astimezone(UTC) == datetime(2023, 7, 9, 10, 30, tzinfo=UTC)


def test_a_time_of_observation_that_is_none_is_a_mistake(comments):
    with pytest.raises(ValueError, match="isoformat"):
        read(comments, "last week")


def test_a_table_that_nobody_knows_is_refused_with_its_columns(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("甲列,乙列\n1,2\n", encoding="utf-8")
    with pytest.raises(UnknownFormatError, match="甲列, 乙列") as caught:
        recognise(path)
    assert caught.value.columns == ("甲列", "乙列")


@pytest.mark.parametrize("data", [b"", b"   \n\n", b"\xef\xbb\xbf", bytes(4096)])
def test_an_empty_file_is_refused(tmp_path, data):
    path = tmp_path / "x.csv"
    path.write_bytes(data)
    with pytest.raises(UnreadableFileError, match="nothing in it"):
        recognise(path)


@pytest.mark.parametrize(
    ("data", "form"),
    [(b"just words\nand more", "text"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "binary")],
)
def test_a_file_of_no_known_form_is_refused(tmp_path, data, form):
    path = tmp_path / "x.dat"
    path.write_bytes(data)
    assert peek(path).form == form
    with pytest.raises(UnknownFormatError):
        recognise(path)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\n哭了\n", "subtitle"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n哭了\n", "subtitle"),
        ("[Script Info]\nTitle: x\n", "subtitle"),
        ("{10}{20}哭了\n", "subtitle"),
        ("[10][20]哭了\n", "subtitle"),
        ("<SAMI><BODY></BODY></SAMI>", "subtitle"),
        ("<?xml version='1.0'?>\n<tt xmlns='http://www.w3.org/ns/ttml'></tt>", "subtitle"),
        ("<?xml version='1.0'?>\n<i><d p='1'>x</d></i>", "xml"),
        ("<!DOCTYPE html><html></html>", "html"),
        ("  <div class='x'>y</div>", "html"),
        ("[]", "json"),
        ("[1, 2]", "json"),
        ("{}", "json"),
    ],
)
def test_the_form_of_a_text_shows_in_its_beginning(tmp_path, text, form):
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    assert peek(path).form == form


def test_the_name_of_a_file_does_not_decide(comments, tmp_path):
    for name in ("x.txt", "x.xlsx", "x.json", "danmaku.xml", "x"):
        path = tmp_path / name
        path.write_bytes(comments.read_bytes())
        assert recognise(path)[0].name == "mediacrawler-weibo-comments"


def test_a_deep_document_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[" * 200_000)
    with pytest.raises(HostileFileError):
        recognise(path)


def test_every_family_is_registered():
    packages = {type(reader).__module__.split(".")[2] for reader in readers()}
    folders = {
        path.name for path in (Path(__file__).parents[2] / "src/longtake/ingest").iterdir() if path.is_dir()
    }
    assert packages <= folders
    assert len({reader.name for reader in readers()}) == len(readers())
