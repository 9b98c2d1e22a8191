"""What a file is, from its first bytes."""

from __future__ import annotations

import re
from pathlib import Path

from longtake.errors import UnreadableFileError
from longtake.ingest.formats import deflate, outline, sheets, sqlitefile, tabular
from longtake.ingest.formats.textfile import encoding, later_encoding
from longtake.ingest.head import Head

SIZE = 1 << 16
TEXT = frozenset({"utf-8", "utf-8-sig", "gb18030", "big5hkscs"})
JSON_SIZE = 1 << 20
XML_ROOT = re.compile(
    r"\A\s*(?:<\?xml[^>]*>|<!--.*?-->|<!doctype[^>]*>|\s)*<([a-z][\w:.-]*)", re.IGNORECASE | re.DOTALL
)
PAGE_TAGS = frozenset(
    {
        "html",
        "head",
        "body",
        "div",
        "span",
        "p",
        "ul",
        "ol",
        "li",
        "table",
        "section",
        "article",
        "main",
        "meta",
        "script",
    }
)
SUBTITLES = re.compile(
    r"\A\s*(?:WEBVTT\b|\[Script Info\]|<SAMI\b|<tt\b|(?:<\?xml[^>]*>\s*)<tt\b|\{\d+\}\{\d*\}|\[\d+\]\[\d*\])"
    r"|^\s*\d{1,3}:\d\d:\d\d[,.:]\d{1,3}\s*-->"
    r"|^Dialogue:\s*(?:Marked=)?\d+\s*,\s*\d+:\d\d:\d\d",
    re.IGNORECASE | re.MULTILINE,
)
JSON = re.compile(
    # Two brackets and a word are a note of a script, not a list in a list.
    r"""\A\s*(?!\[\[\s*(?!true|false|null)[^\W\d_])"""
    r"""(?:\{\s*(?:["}]|\Z)|\[\s*(?:[\[{"\]\d-]|true|false|null|\Z))"""
)


def peek(path: Path) -> Head:
    """Return the head of a file: its form, encoding, header and first records.

    Reads the first 64 kB (1 MB of JSON; a workbook is opened, since its bytes tell nothing).

    Raises:
        UnreadableFileError: The file is empty, or is damaged in a way that hides what it is.
        HostileFileError: Opening it would cost more than any real export does.
        OSError: The file cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(SIZE)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise UnreadableFileError(path, "there is nothing in it")
    return _binary(path, data) or _textual(path, data)


def _binary(path: Path, data: bytes) -> Head | None:
    if data.startswith(sqlitefile.MAGIC):
        columns = sqlitefile.tables(path)
        names = tuple(f"{table}.{column}" for table in columns for column in columns[table])
        return Head("sqlite", sheets=tuple(columns), columns=names)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        workbook = b"xl/" in data or b"[Content_Types].xml" in data
        return _workbook(path, "xlsx") if workbook else Head("zip")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _workbook(path, "xls")
    return _compressed(path, data)


def _compressed(path: Path, data: bytes) -> Head | None:
    name = encoding(data)
    if name in {None, "gb18030", "big5hkscs"} or data[0] == 0x78:
        inflated = deflate.beginning(data)
        inner = encoding(inflated) if inflated else None
        if inflated and inner:
            return Head("deflate", encoding=inner, text=_decoded(inflated, inner))
    if name is None and b"\x00" in data and encoding(data.replace(b"\x00", b"")) in TEXT:
        line = data[: data.index(b"\x00")].count(b"\n") + 1
        raise UnreadableFileError(path, f"line {line} holds a zero byte, which no text does")
    return Head("binary") if name is None else None


def _decoded(data: bytes, name: str) -> str:
    text = data.decode(name, "ignore")
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _workbook(path: Path, form: str) -> Head:
    names, rows = sheets.opening(path)
    place = tabular.header_row(rows)
    columns = tabular.columns(rows[place]) if rows else ()
    while columns and not columns[-1]:
        columns = columns[:-1]
    return Head(
        form,
        columns=columns,
        header_row=place,
        samples=tabular.samples(columns, rows[place + 1 :]),
        sheets=names,
    )


def _textual(path: Path, data: bytes) -> Head:
    name = encoding(data) or "utf-8"
    if name == "utf-8" and data.isascii() and len(data) == SIZE:
        name = later_encoding(path) or name
    text = _decoded(data, name)
    if SUBTITLES.search(text):
        return Head("subtitle", encoding=name, text=text)
    if JSON.match(text):
        return _json(path, name, text)
    if text.lstrip().startswith("<"):
        root = XML_ROOT.match(text)
        page = root is not None and root[1].lower() in PAGE_TAGS
        return Head("html" if page else "xml", encoding=name, text=text)
    return _delimited(path, name, text)


def _json(path: Path, name: str, text: str) -> Head:
    if path.stat().st_size > SIZE:
        with path.open("rb") as file:
            text = _decoded(file.read(JSON_SIZE), name)
    form, record, records = outline.outline(path, text)
    columns = tuple(records[0]) if records else tuple(record)
    rows = tuple({key: outline.as_text(value) for key, value in one.items()} for one in records[:5])
    return Head(form, encoding=name, text=text[:SIZE], columns=columns, samples=rows, record=record)


def _delimited(path: Path, name: str, text: str) -> Head:
    whole_lines = text[: text.rfind("\n") + 1] if path.stat().st_size > SIZE else text
    delimiter, rows = tabular.cut(whole_lines or text, single=path.suffix.lower() in {".csv", ".tsv"})
    if not any(rows):
        return Head("text", encoding=name, text=text)
    place = tabular.header_row(rows)
    columns = tabular.columns(rows[place])
    return Head(
        "csv",
        encoding=name,
        text=text,
        columns=columns,
        header_row=place,
        delimiter=delimiter,
        samples=tabular.samples(columns, rows[place + 1 :]),
    )
