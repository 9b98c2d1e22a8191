from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from longtake.errors import UnreadableFileError
from longtake.services.training.labelled import read

TEXTS = ["好看极了", "太难看了", "还可以吧"]


def csv_of(path, header, rows):
    path.write_text("\n".join([header, *rows]) + "\n", "utf-8")
    return path


@pytest.mark.parametrize(
    ("header", "labels", "values"),
    [
        ("文本,标签", ("1", "0", "1"), [1.0, 0.0, 1.0]),
        ("内容,标签", ("正面", "负面", "中性"), [1.0, 0.0, 0.5]),
        ("评论,标签", ("好评", "差评", "好评"), [1.0, 0.0, 1.0]),
        ("text,label", ("pos", "NEG", "neutral"), [1.0, 0.0, 0.5]),
        ("content,polarity", ("1", "-1", "0"), [1.0, 0.0, 0.5]),
        ("评论内容,评分", ("5", "1", "3"), [1.0, 0.0, 0.5]),
        ("评论,星级(1-5)", ("五星", "2星", "★★★☆☆"), [1.0, 0.25, 0.5]),
        ("text,stars", ("4.0", "1", "3"), [0.75, 0.0, 0.5]),
        ("text,rating", ("10", "2", "6"), [1.0, 0.0, 0.5]),
    ],
)
def test_names_and_labels_are_understood_in_both_languages(tmp_path, header, labels, values):
    rows = [f"{text},{label}" for text, label in zip(TEXTS, labels, strict=True)]
    held = read(csv_of(tmp_path / "own.csv", header, rows))
    assert held.texts == TEXTS
    assert held.values == values
    assert held.refused == []
    assert (held.text_column, held.label_column) == tuple(header.split(","))


def test_the_same_rows_come_from_every_form(tmp_path):
    rows = [{"文本": text, "评分": stars} for text, stars in zip(TEXTS, (5, 1, 3), strict=True)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet")
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    (tmp_path / "a.json").write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    csv_of(tmp_path / "a.csv", "文本,评分", [f"{row['文本']},{row['评分']}" for row in rows])
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        sheet = book.add_worksheet()
        for line, row in enumerate((("文本", "评分"), *((row["文本"], row["评分"]) for row in rows))):
            sheet.write_row(line, 0, row)
    read_all = [read(path) for path in sorted(tmp_path.iterdir())]
    assert len(read_all) == 5
    assert all(held == read_all[0] for held in read_all)
    assert read_all[0].values == [1.0, 0.0, 0.5]


def test_every_row_is_taken_or_refused_with_its_place(tmp_path):
    rows = ["好看,5", ",4", "难看,未评", "一般,3", "很好,0", "极差,99", *["不错,4"] * 30, "多一格,1,2"]
    held = read(csv_of(tmp_path / "own.csv", "评论,评分", rows))
    assert len(held.texts) + len(held.refused) == len(rows)
    assert [(row.line, row.column, row.value) for row in held.refused] == [
        (3, "评论", ""),
        (4, "评分", "未评"),
        (6, "评分", "0"),
        (7, "评分", "99"),
        (38, "*", "多一格,1,2"),
    ]
    assert held.refused[1].expected.startswith("1 to 5 stars")


@pytest.mark.parametrize(
    ("header", "missing"), [("时间,评分", "no column of the text"), ("评论,时间", "no column of the label")]
)
def test_a_table_without_one_of_the_columns_says_which_and_what_it_has(tmp_path, header, missing):
    with pytest.raises(UnreadableFileError, match=missing) as caught:
        read(csv_of(tmp_path / "own.csv", header, ["a,1", "b,0"]))
    assert "时间" in str(caught.value)


def test_a_damaged_parquet_file_is_named(tmp_path):
    (tmp_path / "own.parquet").write_bytes(b"PAR1 nothing")
    with pytest.raises(UnreadableFileError, match="own"):
        read(tmp_path / "own.parquet")
