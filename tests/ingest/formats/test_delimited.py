import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.delimited import records
from longtake.ingest.formats.table import dicts
from longtake.ingest.peek import peek

CELL = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12)


def written(tmp_path, text, encoding="utf-8", name="x.csv"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def cells_of(path):
    return list(records(path, peek(path)))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_reads_the_same_in_every_encoding_and_dialect(tmp_path, encoding, delimiter, end):
    rows = ["标题 时间 点赞", "三封信 2023-06-07 12", "灯塔 2023-06-08 13", ""]
    path = written(tmp_path, end.join(rows).replace(" ", delimiter), encoding)
    head = peek(path)
    assert (head.form, head.columns, head.delimiter) == ("csv", ("标题", "时间", "点赞"), delimiter)
    assert head.samples[0] == {"标题": "三封信", "时间": "2023-06-07", "点赞": "12"}
    assert list(records(path, head)) == [
        (2, ["三封信", "2023-06-07", "12"]),
        (3, ["灯塔", "2023-06-08", "13"]),
    ]


def test_traditional_chinese_exports_read(tmp_path):
    path = written(tmp_path, "標題,觀看次數\n燈塔與三封信的故事,12\n這部電影真的讓我哭了很久,3\n", "big5")
    assert cells_of(path)[1] == (3, ["這部電影真的讓我哭了很久", "3"])


def test_a_quoted_line_break_belongs_to_its_record(tmp_path):
    path = written(
        tmp_path, 'text,at,likes,id\n"one\ntwo, three",2023,1,a\n\n"a ""b""",2024,2,b\nx,2025,3,"tail\nend"\n'
    )
    assert cells_of(path) == [
        (2, ["one\ntwo, three", "2023", "1", "a"]),
        (5, ['a "b"', "2024", "2", "b"]),
        (6, ["x", "2025", "3", "tail\nend"]),
    ]


def test_a_stray_quote_costs_its_own_record(tmp_path):
    good = [f"{number},2023,text {number},9" for number in range(2, 5000)]
    path = written(tmp_path, "id,at,text,likes\n" + '1,2023,"never closed,9\n' + "\n".join(good) + "\n")
    found = cells_of(path)
    assert len(found) == 4999
    assert len(found[0][1]) != 4
    assert found[1] == (3, ["2", "2023", "text 2", "9"])
    assert found[-1] == (5000, ["4999", "2023", "text 4999", "9"])


def test_two_stray_quotes_do_not_swallow_what_lies_between(tmp_path):
    lines = ['1,2023,"open,9', "2,2023,b,9", "3,2023,c,9", '4,2023,close",9', "5,2023,e,9"]
    found = cells_of(written(tmp_path, "\n".join(["id,at,text,likes", *lines]) + "\n"))
    assert [(line, cells[0]) for line, cells in found if len(cells) == 4] == [
        (3, "2"),
        (4, "3"),
        (5, "4"),
        (6, "5"),
    ]


def test_banners_blank_rows_and_repeated_headers_are_no_records(tmp_path):
    text = "导出于 2023-06-07\n\n标题,播放,点赞\n甲,1,2\n,,\n\n\ufeff标题,播放,点赞\n乙,3,4\n"
    path = written(tmp_path, text)
    assert peek(path).columns == ("标题", "播放", "点赞")
    assert cells_of(path) == [(4, ["甲", "1", "2"]), (8, ["乙", "3", "4"])]


def test_a_row_of_another_width_comes_as_a_refusal(tmp_path):
    path = written(tmp_path, "a,b,c\n1,2,3\n1,2\n")
    (first, second) = (item for _, item in dicts(path, peek(path)))
    assert first == {"a": "1", "b": "2", "c": "3"}
    assert (second.line, second.column, second.expected) == (3, "*", "3 columns as in the header, not 2")


def test_text_that_breaks_its_encoding_names_the_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes("标题,点赞\n".encode() + "甲,1\n".encode() * 100_000 + b"\xd6\xd0,2\n")
    with pytest.raises(UnreadableFileError, match="line 100002 is not utf-8"):
        cells_of(path)


def test_chinese_far_behind_an_english_beginning_is_found(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"id,text\n" + b"1,plain\n" * 20_000 + "2,后来才是中文\n".encode("gb18030"))
    assert cells_of(path)[-1] == (20_002, ["2", "后来才是中文"])


def test_a_zero_byte_is_refused_with_its_line(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n" * 30_000 + b"1,\x002\n")
    with pytest.raises(UnreadableFileError, match="line 30001 holds a zero byte"):
        cells_of(path)
    path.write_bytes(b"a,b\n1,\x002\n" + b"3,4\n" * 10)
    with pytest.raises(UnreadableFileError, match="line 2 holds a zero byte"):
        peek(path)


def test_a_line_longer_than_any_real_one_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"a,b\n1,2\n" + b"x" * (9 << 20))
    with pytest.raises(HostileFileError, match="line 3 is longer"):
        cells_of(path)


@given(rows=st.lists(st.lists(CELL, min_size=5, max_size=5), min_size=1, max_size=8))
def test_what_the_csv_module_writes_reads_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("law") / "x.csv"
    header = ["id", "text", "at", "likes", "region"]
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([header, *rows])
    expected = [row for row in rows if any(cell.strip() for cell in row) and row != header]
    head = peek(path)
    if head.delimiter == "," and head.columns == tuple(header):
        assert [cells for _, cells in records(path, head)] == expected
