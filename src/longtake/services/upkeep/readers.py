"""What can be read, and Longtake's own tables to fill in."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from longtake.errors import LongtakeError, NotFoundError
from longtake.ingest.reader import Reader
from longtake.ingest.registry import READERS
from longtake.ingest.templates.blank import KINDS, blank
from longtake.services.workspace import write_whole


def known() -> tuple[Reader, ...]:
    """Return every reader, by name."""
    return tuple(sorted(READERS, key=lambda reader: reader.name))


def template(kind: str, file: Path | None) -> str:
    """Return a template as CSV text, and write it as .csv or .xlsx when a file is named.

    Raises:
        NotFoundError: There is no template of that kind.
        LongtakeError: The file exists, or ends otherwise.
    """
    if kind not in KINDS:
        raise NotFoundError("template", kind, known=tuple(KINDS))
    text = blank(kind)
    if file is None:
        return text
    if file.exists():
        raise LongtakeError(f"{file} exists.", fix="Choose another name; nothing was changed.")
    if file.suffix == ".csv":
        write_whole(file, text.encode("utf-8-sig"))
    elif file.suffix == ".xlsx":
        write_whole(file, _workbook(kind, text))
    else:
        raise LongtakeError(f"{file}: a template is .csv or .xlsx.", fix="Name it so.")
    return text


def _workbook(kind: str, text: str) -> bytes:
    import xlsxwriter  # noqa: PLC0415 -- slow import

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(kind)
        for number, cells in enumerate(csv.reader(io.StringIO(text))):
            for column, cell in enumerate(cells):
                sheet.write_string(number, column, cell)
    return buffer.getvalue()
