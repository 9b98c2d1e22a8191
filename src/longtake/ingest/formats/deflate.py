"""Compressed bytes that stand alone: raw deflate, zlib and gzip, with bounded output."""

from __future__ import annotations

import zlib
from pathlib import Path

from longtake.errors import HostileFileError, UnreadableFileError

OUTPUT_LIMIT = 256 << 20
RATIO_LIMIT = 200
RATIO_FLOOR = 10 << 20
STEP = 1 << 20
WINDOWS = (zlib.MAX_WBITS | 32, -zlib.MAX_WBITS)
"""zlib or gzip by their own headers, then raw deflate."""


def beginning(data: bytes, size: int = 1 << 16) -> bytes | None:
    """Return the first inflated bytes of compressed data, or None when it is not compressed.

    Examples:
        >>> beginning(zlib.compress(b"<i></i>")), beginning(b"plain text")
        (b'<i></i>', None)
    """
    for window in WINDOWS:
        machine = zlib.decompressobj(window)
        try:
            found = machine.decompress(data, size)
        except zlib.error:
            continue
        if found and (len(found) >= min(32, size) or machine.eof):
            return found
    return None


def inflated(path: Path) -> bytes:
    """Return the inflated bytes of a file.

    Raises:
        HostileFileError: They are more than 256 MB, or more than 200 times the file's size.
        UnreadableFileError: The data are damaged.
    """
    size = path.stat().st_size
    if size > OUTPUT_LIMIT:
        raise HostileFileError(path, "compressed data of more than 256 MB")
    data = path.read_bytes()
    limit = min(OUTPUT_LIMIT, max(RATIO_FLOOR, size * RATIO_LIMIT))
    for window in WINDOWS:
        machine = zlib.decompressobj(window)
        parts: list[bytes] = []
        total, rest = 0, data
        try:
            while not machine.eof and (rest or total == 0):
                part = machine.decompress(rest, STEP)
                rest = machine.unconsumed_tail
                if not part and not rest:
                    break
                parts.append(part)
                total += len(part)
                if total > limit:
                    raise HostileFileError(path, f"inflates to more than {limit >> 20} MB")
        except zlib.error:
            if total:
                break
            continue
        if machine.eof:
            return b"".join(parts)
    raise UnreadableFileError(path, "the compressed data are damaged or cut off")
