import csv
import io

import pytest
import xlsxwriter

from longtake.errors import NotFoundError
from longtake.ingest.templates.blank import KINDS, blank
from reader_runs import kept, notices, refused, run


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_blank_is_a_valid_file_of_its_kind(kind, tmp_path):
    path = tmp_path / "blank.csv"
    path.write_text(blank(kind), encoding="utf-8")
    items = run(f"longtake-{kind}", path)
    assert (len(kept(items)), refused(items), notices(items)) == (2, [], [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_blank_filled_in_a_spreadsheet_gives_the_same_rows(kind, tmp_path):
    plain, book = tmp_path / "blank.csv", tmp_path / "blank.xlsx"
    plain.write_text(blank(kind), encoding="utf-8")
    with xlsxwriter.Workbook(str(book)) as workbook:
        sheet = workbook.add_worksheet()
        for place, cells in enumerate(csv.reader(io.StringIO(blank(kind)))):
            sheet.write_row(place, 0, cells)
    assert kept(run(f"longtake-{kind}", book)) == kept(run(f"longtake-{kind}", plain))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_header_alias_is_taken(kind, tmp_path):
    columns = KINDS[kind]
    lines = blank(kind).splitlines()
    for number in range(max(len(column.aliases) for column in columns)):
        header = [
            (column.aliases[number] if number < len(column.aliases) else column.name) for column in columns
        ]
        if len(set(header)) < len(header):
            continue
        path = tmp_path / f"{number}.csv"
        path.write_text("\n".join([",".join(header), *lines[1:]]), encoding="utf-8")
        assert len(kept(run(f"longtake-{kind}", path))) == 2


def test_unknown_columns_are_told_once(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(
        "at,subject,metric,value,kind,谁填的\n2024-05-20,预告A,plays,5,累计,甲\n", encoding="utf-8"
    )
    items = run("longtake-counts", path)
    assert [(notice.kind, notice.values) for notice in notices(items)] == [("unknown_columns", ("谁填的",))]
    assert len(kept(items)) == 1


def test_a_row_of_another_width_is_refused(tmp_path):
    path = tmp_path / "counts.csv"
    path.write_text(
        "at,subject,metric,value,kind\n2024-05-20,预告A,plays,5\n2024-05-20,预告A,plays,5,累计\n",
        encoding="utf-8",
    )
    items = run("longtake-counts", path)
    assert refused(items) == [(2, "*")]
    assert len(kept(items)) == 1


def test_no_such_template():
    with pytest.raises(NotFoundError, match="boxoffice"):
        blank("tickets")
