import io
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from longtake.render import workbook
from render.sample_report import FIGURES, HOSTILE, sample_report


@pytest.fixture(scope="module")
def book():
    return workbook(sample_report(), "zh")


def sheets(book):
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def test_figures_rows_receipts_and_one_sheet_a_chart(book):
    names = list(sheets(book))
    assert names[0] == "Figures"
    assert names[-3:] == ["Rows", "Receipts", "Refused"]
    charts = sum(len(section.charts) for section in sample_report().sections)
    tables = sum(len(section.tables) for section in sample_report().sections)
    assert len(names) == 4 + charts + tables


def test_numbers_are_numbers_and_text_is_text(book):
    figures = {row[-1]: row for row in sheets(book)["Figures"][1:]}
    half = figures["houtai:heat.comments_half_life"]
    assert half[1:4] == [9.43, 7.9, 11.6]
    assert figures[FIGURES["listhalf"].id][1] == ""
    texts = [row[4] for row in sheets(book)["Rows"][1:]]
    assert set(HOSTILE[6:7]) <= set(texts)


def test_nothing_in_it_can_run_or_link(book):
    archive = zipfile.ZipFile(io.BytesIO(book))
    parts = b"".join(archive.read(name) for name in archive.namelist())
    assert b"<f>" not in parts
    assert b"<hyperlink" not in parts
    assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]


def test_the_same_report_gives_the_same_bytes(book):
    assert workbook(sample_report(), "zh") == book
