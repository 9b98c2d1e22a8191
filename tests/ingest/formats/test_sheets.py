import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from longtake.errors import HostileFileError, LongtakeError, UnreadableFileError
from longtake.ingest.formats import sheets
from longtake.ingest.formats.table import dicts, table
from longtake.ingest.peek import peek

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(path, rows, *, banner=None, extra=()):
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    page = book.add_worksheet("数据")
    top = 0
    if banner:
        page.merge_range(0, 0, 0, len(rows[0]) - 1, banner)
        top = 1
    for number, row in enumerate(rows, top):
        for column, cell in enumerate(row):
            page.write(number, column, cell)
    for name in extra:
        book.add_worksheet(name).write(0, 0, "x")
    book.close()
    return path


def with_sheet(tmp_path, xml, name="x.xlsx"):
    """A workbook whose first sheet holds the given XML."""
    plain = workbook(tmp_path / "plain.xlsx", [["a", "b"], [1, 2]])
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.namelist():
            changed = (
                f"<worksheet {MAIN}>{xml}</worksheet>"
                if member.endswith("sheet1.xml")
                else source.read(member)
            )
            target.writestr(member, changed)
    path = tmp_path / name
    path.write_bytes(out.getvalue())
    return path


def test_cells_come_as_a_person_sees_them(tmp_path):
    rows = [
        ["标题", "播放", "完播率", "日期", "时刻", "长号", "真"],
        ["甲\n#话题", 12, 0.231, date(2023, 6, 7), datetime(2023, 6, 7, 8, 9, 10), 5012000000000009, True],
        ["乙", 12.5, 0.00001, "2023年06月07日", "-", 123456789012345, False],
    ]
    path = workbook(tmp_path / "x.xlsx", rows)
    head = peek(path)
    assert (head.form, head.columns, head.sheets) == ("xlsx", tuple(rows[0]), ("数据",))
    assert list(table(path, head)) == [
        (
            2,
            [
                "甲\n#话题",
                "12",
                "0.231",
                "2023-06-07",
                "2023-06-07 08:09:10",
                "5.012000000000009E+15",
                "TRUE",
            ],
        ),
        (3, ["乙", "12.5", "0.00001", "2023年06月07日", "-", "123456789012345", "FALSE"]),
    ]


def test_a_merged_banner_stands_above_the_header(tmp_path):
    path = workbook(
        tmp_path / "x.xlsx",
        [["标题", "曝光", "点赞"], ["甲", 1, 2], ["", "", ""], ["乙", 3, ""]],
        banner="最多导出1000条",
    )
    head = peek(path)
    assert (head.header_row, head.columns) == (1, ("标题", "曝光", "点赞"))
    assert list(dicts(path, head)) == [
        (3, {"标题": "甲", "曝光": "1", "点赞": "2"}),
        (5, {"标题": "乙", "曝光": "3", "点赞": ""}),
    ]


def test_a_sheet_is_read_by_its_name(tmp_path):
    path = workbook(tmp_path / "x.xlsx", [["a", "b"], [1, 2]], extra=("Comments",))
    assert sheets.names(path) == ("数据", "Comments")
    assert list(sheets.cell_rows(path, "Comments")) == [(1, ["x"])]
    with pytest.raises(UnreadableFileError, match="no sheet"):
        list(sheets.sheet(path, peek(path), "nothing"))


@pytest.mark.parametrize("corner", ["XFD1048576", "A1048576000", "ZZZ9999999"])
def test_a_workbook_of_two_corner_cells_is_refused(tmp_path, corner):
    cells = "".join(f'<row><c r="{place}"><v>1</v></c></row>' for place in ("A1", corner))
    path = with_sheet(tmp_path, f"<sheetData>{cells}</sheetData>")
    with pytest.raises(LongtakeError):
        peek(path)


@pytest.mark.parametrize("count", ["1641956400", "18446744073709551615", "&#57;99999999", "x", "-1"])
def test_a_workbook_that_promises_more_strings_than_it_can_hold_is_refused(tmp_path, count):
    plain = workbook(tmp_path / "plain.xlsx", [["标题", "播放"], ["甲", "乙"]])
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for member in source.namelist():
            data = source.read(member)
            if member.endswith("sharedStrings.xml"):
                data = data.replace(b'uniqueCount="4"', f'uniqueCount="{count}"'.encode())
                assert count.encode() in data
            target.writestr(member, data)
    with pytest.raises(HostileFileError, match="more strings"):
        peek(path)


def test_a_workbook_with_entities_is_refused(tmp_path):
    path = with_sheet(tmp_path, "<sheetData><row><c t='str'><v>&boom;</v></c></row></sheetData>")
    with pytest.raises(UnreadableFileError):
        peek(path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_cut_off_workbook_is_refused(tmp_path, share):
    data = workbook(tmp_path / "x.xlsx", [["a", "b"]] + [[n, n] for n in range(2000)]).read_bytes()
    path = tmp_path / "cut.xlsx"
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(UnreadableFileError):
        peek(path)


def test_a_binary_workbook_is_refused_with_what_would_do(tmp_path):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.bin", b"\x00" * 100)
    with pytest.raises(UnreadableFileError, match=r"Save it as \.xlsx"):
        peek(path)
