"""Where the Chinese fonts lie, and which letters they can draw."""

from __future__ import annotations

import os
import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

from longtake.errors import LongtakeError

VARIABLE = "LONGTAKE_FONTS"
WHEEL = "pylopdf_fonts_zh_cn"
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts"))
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
WANTED = ("NotoSansSC", "NotoSerifSC", "NotoSansCJK", "NotoSerifCJK", "SourceHanSans", "SourceHanSerif")
BRACKETS = {"⟨": "〈", "⟩": "〉"}
ENDS = (".otf", ".ttf", ".ttc")


class FontsError(LongtakeError):
    """No font with Chinese letters is there, so that a page would be set in empty boxes."""

    code = "fonts"

    def __init__(self) -> None:
        super().__init__(
            "No Chinese font was found for the PDF.",
            fix=f"Install pylopdf-fonts-zh-cn, or set {VARIABLE} to a folder with Noto Sans SC.",
        )


@cache
def folder() -> Path:
    """Return the folder of the fonts: ``$LONGTAKE_FONTS``, else the wheel's, else the system's.

    Raises:
        FontsError: None of them holds a Chinese font.
    """
    spec = find_spec(WHEEL)
    wheel = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    named = [Path(os.environ[VARIABLE])] if os.environ.get(VARIABLE) else []
    for place in (*named, *wheel, *SYSTEM):
        if files(place):
            return place
    raise FontsError


def files(place: Path) -> tuple[Path, ...]:
    """Return the Chinese fonts of a folder and those below it, by name; every font of ``$LONGTAKE_FONTS``."""
    if not place.is_dir():
        return ()
    named = os.environ.get(VARIABLE) == str(place)
    found = (path for path in place.rglob("*") if path.suffix.lower() in ENDS)
    return tuple(sorted(path for path in found if named or path.name.startswith(WANTED)))


def legible(text: str) -> str:
    """Return text in letters the fonts have; one that they lack, such as an emoji, is named in words.

    Examples:
        >>> legible("看哭了😭")
        '看哭了〈loudly crying face〉'
    """
    if text.isascii():
        return text
    starts, ends = _covered()
    out: list[str] = []
    for letter, run in groupby(text):
        code = ord(letter)
        at = bisect_right(starts, code) - 1
        if letter.isspace() or (at >= 0 and code <= ends[at]):
            out += run
        elif unicodedata.category(letter) not in {"Mn", "Me", "Cf"}:
            out += [BRACKETS.get(letter) or f"〈{_named(letter)}〉" for _ in run]
    return "".join(out)


def _named(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return f"U+{ord(letter):04X}" if not name or name.startswith("CJK") else name.lower()


@cache
def _covered() -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the first and the last letter of each stretch that one of the fonts can draw."""
    letters = sorted(frozenset().union(*(_letters(path) for path in files(folder()))))
    starts: list[int] = []
    ends: list[int] = []
    for code in letters:
        if ends and ends[-1] == code - 1:
            ends[-1] = code
        else:
            starts.append(code)
            ends.append(code)
    return tuple(starts), tuple(ends)


def _letters(path: Path) -> frozenset[int]:
    """Return the letters of a font: format 12 of its cmap table, OpenType 1.9, section cmap."""
    raw = path.read_bytes()
    base = struct.unpack(">I", raw[12:16])[0] if raw[:4] == b"ttcf" else 0
    tables = struct.unpack(">H", raw[base + 4 : base + 6])[0]
    for index in range(tables):
        tag, _, offset, _ = struct.unpack(">4sIII", raw[base + 12 + 16 * index : base + 28 + 16 * index])
        if tag == b"cmap":
            return _cmap(raw, offset)
    return frozenset()


def _cmap(raw: bytes, offset: int) -> frozenset[int]:
    count = struct.unpack(">H", raw[offset + 2 : offset + 4])[0]
    found: set[int] = set()
    for index in range(count):
        at = offset + struct.unpack(">I", raw[offset + 8 + 8 * index : offset + 12 + 8 * index])[0]
        if struct.unpack(">H", raw[at : at + 2])[0] != 12:
            continue
        for group in range(struct.unpack(">I", raw[at + 12 : at + 16])[0]):
            first, last, _ = struct.unpack(">III", raw[at + 16 + 12 * group : at + 28 + 12 * group])
            found.update(range(first, last + 1))
    return frozenset(found)
