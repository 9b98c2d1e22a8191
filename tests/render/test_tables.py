import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.answers.report import Column, Table
from longtake.render import csv_table

TEXT = (Column("text"),)


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1+cmd", "@SUM(A1)", "\t=1", " =1", "＝1", "\r=1", "%0A=1", "\ufeff=1", "|calc"]
)
def test_a_text_that_a_spreadsheet_could_run_is_made_harmless(cell):
    assert read(csv_table(Table(TEXT, ((cell,),))))[1][0].startswith("'")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (-3, "-3"),
        (0.1, "0.1"),
        (float("inf"), ""),
        (True, "true"),
        (datetime(2031, 1, 8, tzinfo=UTC), "2031-01-08T00:00:00Z"),
        ('a"b,c', 'a"b,c'),
    ],
)
def test_other_cells_stay_what_they_are(cell, text):
    assert read(csv_table(Table(TEXT, ((cell,), ("x",)))))[1:] == [[text], ["x"]]


@given(st.lists(st.text(st.characters(exclude_characters="\x00\r", codec="utf-8"), min_size=1), min_size=1))
def test_every_text_comes_back_but_for_the_apostrophe(texts):
    back = read(csv_table(Table(TEXT, tuple((text,) for text in texts))))[1:]
    assert [row[0] for row in back] in (texts, [row[0] for row in back])
    assert [row[0].removeprefix("'") for row in back] == [text.removeprefix("'") for text in texts]
