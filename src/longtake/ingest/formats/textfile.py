"""Text files: their encoding, and their lines, one at a time and of bounded length."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

from longtake.errors import HostileFileError, UnreadableFileError

CHUNK = 1 << 18
LINE_LIMIT = 8 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")


def encoding(head: bytes) -> str | None:
    """Return the name of the encoding of a text's first bytes, or None for bytes that are no text.

    A byte-order mark decides; then UTF-8, GB18030 (which holds GBK and GB2312) and Big5 by strict
    decoding, and last the statistics of ``charset-normalizer``.

    Examples:
        >>> encoding("破防了".encode()), encoding("破防了".encode("gbk")), encoding("破防了".encode("utf-16"))
        ('utf-8', 'gb18030', 'utf-16')
    """
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if b"\x00" in head:
        return _utf16(head)
    if _decodes(head, "utf-8"):
        return "utf-8"
    if _decodes(head, "gb18030") and not _western(head):
        return "big5hkscs" if _traditional(head) else "gb18030"
    best = from_bytes(head).best()
    return best.encoding if best else None


def _decodes(head: bytes, name: str) -> bool:
    try:
        codecs.getincrementaldecoder(name)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _utf16(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > len(head) // 20 and others == 0 and _decodes(head[: len(head) // 2 * 2], name):
            return name
    return None


def _traditional(head: bytes) -> bool:
    pairs = PAIR.findall(head)
    low = sum(pair[1] < 0xA1 for pair in pairs)
    common = sum(0xA4 <= pair[0] <= 0xC6 for pair in pairs)
    return low > len(pairs) * 0.2 and common > len(pairs) * 0.7 and _decodes(head, "big5hkscs")


def _western(head: bytes) -> bool:
    pairs = PAIR.findall(head)
    mixed = sum(0x41 <= pair[1] <= 0x7A for pair in pairs)
    high = sum(byte >= 0x80 for byte in head)
    return high < len(head) * 0.05 and mixed > len(pairs) * 0.5


def chunks(path: Path, name: str) -> Iterator[str]:
    """Yield a file's text in pieces, decoded strictly.

    Raises:
        UnreadableFileError: A byte does not belong to the encoding, or is zero; the line is named.
    """
    decoder = codecs.getincrementaldecoder(name)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(CHUNK)
            try:
                text = decoder.decode(piece, final=not piece)
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise UnreadableFileError(path, f"line {line} is not {name} text") from error
            if "\x00" in text:
                line += text[: text.index("\x00")].count("\n")
                raise UnreadableFileError(path, f"line {line} holds a zero byte, which no text does")
            if text:
                yield text
            if not piece:
                return
            line += text.count("\n")


def lines(path: Path, name: str) -> Iterator[str]:
    r"""Yield a file's lines, each ending in ``\n``, without ever holding more than one long line.

    Raises:
        HostileFileError: A line is longer than 8 M characters.
        UnreadableFileError: As in :func:`chunks`.
    """
    tail, end = "", ""
    number = 0
    for text in chunks(path, name):
        if not end:
            end = "\r" if "\r" in text and "\n" not in text else "\n"
        pieces = (tail + text).split(end) if tail else text.split(end)
        tail = pieces.pop()
        for piece in pieces:
            yield piece + "\n"
        number += len(pieces)
        if len(tail) > LINE_LIMIT:
            raise HostileFileError(path, f"line {number + 1} is longer than {LINE_LIMIT} characters")
    if tail:
        yield tail + "\n"


def later_encoding(path: Path, limit: int = 64 << 20) -> str | None:
    """Return the encoding of the first piece of a file that is more than ASCII, or None."""
    with path.open("rb") as file:
        while (piece := file.read(CHUNK)) and file.tell() <= limit:
            if not piece.isascii():
                start = next(place for place, byte in enumerate(piece) if byte >= 0x80)
                return encoding(piece[start:])
    return None
