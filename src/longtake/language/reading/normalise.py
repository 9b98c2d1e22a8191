"""One canonical spelling of a text, as code points, for scoring only: the raw string is never changed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

LONGEST = 1 << 20
"""Code points of one text that are read; what follows is not scored."""

BREAK = 10
"""Stands before the first text and after every text; occurs nowhere else."""

URL, MENTION, TOPIC = 0xE000, 0xE001, 0xE002
"""Private code points that stand for a link, a mentioned account and a topic mark."""

STOCK = frozenset({"转发微博", "轉發微博", "转发", "轉發", "Repost", "分享图片", "分享视频"})
"""Whole texts that an application writes when a person wrote nothing; they count as empty."""

_TABLE = 0x20000
_SPACE = 32
_OUTER = " 。.　"
_MARKS = re.compile(
    r"(?P<chain>//@[^\n]*)"
    r"|(?P<url>https?://[!-~]+)"
    r"|(?P<mention>@[\w\-·]{1,30})"
    r"|(?P<topic>#[^#\n]{1,40}#)"
)
_MARK_OF = {"chain": 0, "url": URL, "mention": MENTION, "topic": TOPIC}
_FOLDED = {"、": ",", "。": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"', "～": "~"}
_INVISIBLE = ((0x200B, 0x200F), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0x1F3FB, 0x1F3FF))


@dataclass(frozen=True, slots=True)
class Codes:
    """Texts as one run of normalised code points.

    Attributes:
        codes: Code points, shape (m,), ``BREAK`` first and after every text.
        breaks: Positions of the breaks, shape (n + 1,); text i lies between breaks i and i + 1.
        origin: For each code point its position in the joined raw texts, shape (m,).
    """

    codes: NDArray[np.uint32]
    breaks: NDArray[np.int64]
    origin: NDArray[np.int64] | None


@cache
def simplified_pairs() -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """Return traditional code points and their simplified forms, by OpenCC's ``t2s``, one to one."""
    import opencc  # noqa: PLC0415 -- slow import

    plane = [chr(code) for code in range(0x3400, 0xA000)]
    turned = opencc.OpenCC("t2s").convert("\n".join(plane)).split("\n")
    pairs = [(ord(a), ord(b)) for a, b in zip(plane, turned, strict=True) if a != b and len(b) == 1]
    table = np.array(pairs, dtype=np.uint32)
    return table[:, 0], table[:, 1]


def fold_table(pairs: tuple[NDArray[np.uint32], NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """Return the canonical code point of each code point below 0x20000; 0 means invisible.

    Args:
        pairs: Traditional code points and their simplified forms, two arrays of shape (p,).
    """
    table = np.arange(_TABLE, dtype=np.uint32)
    table[pairs[0]] = pairs[1]
    table[0xFF01:0xFF5F] = np.arange(0x21, 0x7F, dtype=np.uint32)
    for code in (*range(0x41, 0x250), *range(0x370, 0x530)):
        lower = chr(code).lower()
        table[code] = ord(lower) if len(lower) == 1 else code
    table[0xFF21:0xFF3B] = np.arange(0x61, 0x7B, dtype=np.uint32)
    for first, last in _INVISIBLE:
        table[first : last + 1] = 0
    table[:_SPACE] = _SPACE
    for code in (0x7F, 0xA0, 0x3000, 0x2028, 0x2029, *range(0x2000, 0x200B)):
        table[code] = _SPACE
    for raw, folded in _FOLDED.items():
        table[ord(raw)] = ord(folded)
    return table


def as_read(text: str | None) -> str:
    """Return the part of a raw text that is read at all: nothing of a stock text, else its first `LONGEST`.

    Examples:
        >>> as_read("转发微博。"), as_read(None), as_read("好看")
        ('', '', '好看')
    """
    return "" if not text or text.strip(_OUTER) in STOCK else text[:LONGEST]


def normalise(texts: Sequence[str | None], table: NDArray[np.uint32], *, with_origin: bool = False) -> Codes:
    """Return the canonical code points of texts.

    Full-width ASCII becomes half-width, Latin letters lower-case, traditional characters simplified one by
    one; white space runs shrink to one space, other runs to three; links, mentions and ``#topics#`` become
    one mark each, and a forwarded chain ``//@…`` is left out, since other people wrote it. A text that is
    one of `STOCK` counts as empty.

    Args:
        texts: Raw texts; None counts as empty.
        table: The table of `fold_table`.
        with_origin: Whether to say where each code point came from.
    """
    whole = [as_read(text) for text in texts]
    joined = "\n".join(("", *whole, ""))
    raw = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.fromiter(map(len, whole), dtype=np.int64, count=len(whole))
    ends = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(lengths + 1)))
    codes = np.take(table, np.minimum(raw, _TABLE - 1))
    if "@" in joined or "://" in joined or "#" in joined:
        _mark(codes, joined)
    codes[ends] = BREAK
    same = codes[1:] == codes[:-1]
    keep = codes != 0
    keep[1:] &= ~(same & (codes[1:] == _SPACE))
    keep[3:] &= ~(same[2:] & same[1:-1] & same[:-2])
    keep[ends] = True
    kept = codes[keep]
    breaks = np.flatnonzero(kept == BREAK)
    return Codes(kept, breaks, np.flatnonzero(keep) if with_origin else None)


def _mark(codes: NDArray[np.uint32], joined: str) -> None:
    for found in _MARKS.finditer(joined):
        start, end = found.span()
        codes[start:end] = 0
        codes[start] = _MARK_OF[str(found.lastgroup)]
