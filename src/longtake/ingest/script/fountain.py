"""Fountain 1.1: a screenplay as plain text.

The syntax: Fountain 1.1, https://fountain.io/syntax.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence

from longtake.domain.receipt import Notice
from longtake.ingest.script.element import Element, Line, Piece
from longtake.ingest.script.source import without_boneyard, without_notes

HEADING = re.compile(r"(?:INT|EXT|EST|INT\.?/EXT|EXT\.?/INT|I\.?/E|E\.?/I)[. ]", re.IGNORECASE)
NUMBERED = re.compile(r"\s*#([\w.\-]{1,12})#\s*$")
EXTENSION = re.compile(r"\s*[(（]([^()（）]{0,40})[)）]\s*$")
CONTINUED = re.compile(r"cont(?:'|’)?d?\.?|续|继续", re.IGNORECASE)
EMPHASIS = re.compile(r"(\*{1,3}|_)(?=\S)([^*_\n]{1,2000}?)(?<=\S)\1")
KEY = re.compile(r"([A-Za-z][A-Za-z ]{0,24}):(.*)")
TITLES = frozenset(
    {
        *("title", "credit", "author", "authors", "source", "notes", "draft date", "date", "contact"),
        *("copyright", "revision", "font", "language", "format", "studio", "episode"),
    }
)
PERSONAL = frozenset({"contact", "phone", "email", "address"})
LONGEST_NAME = 64
FORCED = {
    "#": "section",
    "=": "synopsis",
    ".": "scene",
    "!": "action",
    "~": "lyric",
    ">": "transition",
}
"""What a first character makes of a line."""


def elements(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the pieces of a Fountain script, with what is refused and told, roughly in order.

    Args:
        lines: Every line of the file.

    Examples:
        >>> text = ("INT. PIER - NIGHT #4#", "", "OLD QIN (O.S.)", "(low)", "The light is on.")
        >>> found = elements([Line(i, one) for i, one in enumerate(text, 1)])
        >>> [(one.kind, one.speaker, one.note, one.text) for one in found][::2]
        [('scene', None, '4', 'INT. PIER - NIGHT'), ('dialogue', 'OLD QIN', 'O.S.', 'The light is on.')]
    """
    kept, told = without_boneyard(lines)
    yield from told
    kept, notes = without_notes(kept)
    yield from notes
    start, page = _title_page(kept)
    yield from page
    yield from _body(kept[start:])


def _title_page(lines: Sequence[Line]) -> tuple[int, list[Piece]]:
    """Return where the script begins, and what its title page says; contacts are left out and told."""
    first = next((i for i, line in enumerate(lines) if line.text.strip()), len(lines))
    found = KEY.fullmatch(lines[first].text.strip()) if first < len(lines) else None
    if found is None or found[1].strip().lower() not in TITLES:
        return 0, []
    pieces: list[Piece] = []
    left: dict[str, None] = {}
    at, key = first, ""
    while at < len(lines) and lines[at].text.strip():
        text = lines[at].text
        found = None if text[:1] in " \t" and key else KEY.fullmatch(text.strip())
        if found is not None:
            key, text = found[1].strip(), found[2]
        if key.lower() in PERSONAL:
            left[key] = None
        elif text.strip():
            pieces.append(Element("title", plain(text), lines[at].number, note=key.lower()))
        at += 1
    if left:
        pieces.append(Notice("personal_left_out", tuple(left)))
    return at, pieces


def _body(lines: Sequence[Line]) -> Iterator[Element]:
    at, blank = 0, True
    while at < len(lines):
        text = lines[at].text.strip()
        if not text:
            at, blank = at + 1, True
            continue
        if (one := marked(text, lines[at].number)) is not None:
            yield from one
            at, blank = at + 1, True
            continue
        follows = at + 1 < len(lines) and bool(lines[at + 1].text.strip())
        forced = text.startswith("@")
        if HEADING.match(text) and blank:
            yield _heading(text, lines[at].number)
        elif blank and not follows and text == text.upper() and text.endswith("TO:"):
            yield Element("transition", text, lines[at].number)
        elif follows and (forced or (blank and name_of(text) is not None)):
            at = yield from _speech(lines, at)
            blank = False
            continue
        else:
            at = yield from _action(lines, at)
            blank = False
            continue
        at, blank = at + 1, True


def marked(text: str, number: int) -> list[Element] | None:
    """Return the piece a first character forces, none for a page break; None where nothing is forced."""
    first, rest = text[0], text[1:].strip()
    if re.fullmatch(r"={3,}|#+", text):
        return []
    if not rest or first not in FORCED or (first == "." and rest[0] == "."):
        return None
    if first == ".":
        return [_heading(rest, number)]
    if first == ">" and rest.endswith("<"):
        return [Element("action", plain(rest.rstrip("<")), number)]
    return [Element(FORCED[first], plain(rest.lstrip("#") if first == "#" else rest), number)]


def name_of(text: str) -> str | None:
    """Return the name of a speaker's line without extensions; None where the line is no such line.

    Examples:
        >>> name_of("OLD QIN (V.O.) (CONT'D) ^"), name_of("He waits."), name_of("@McCLANE"), name_of("23")
        ('OLD QIN', None, 'McCLANE', None)
    """
    forced = text.startswith("@")
    name = text.lstrip("@").rstrip("^ ")
    while (found := EXTENSION.search(name)) is not None:
        name = name[: found.start()].rstrip()
    if not name or len(name) > LONGEST_NAME:
        return None
    if forced:
        return name
    cased = any(c.isupper() for c in name) and name == name.upper()
    return name if cased and not HEADING.match(name) and name[-1] not in ".!?:;,…" else None


def _speech(lines: Sequence[Line], at: int) -> Generator[Element, None, int]:
    """Yield a speech and return where to go on."""
    text, number = lines[at].text.strip(), lines[at].number
    name, note, dual = name_of(text) or text.lstrip("@"), _extension(text), text.endswith("^")
    at += 1
    said: list[str] = []
    began, opens = at, True
    while at < len(lines) and (lines[at].text.strip() or (len(lines[at].text) >= 2 and said)):
        line = lines[at].text.strip()
        aside = line[:1] in "(（" and line[-1:] in ")）" if line else False
        if aside or line.startswith("~"):
            if said:
                yield Element(
                    "dialogue", plain("\n".join(said)), lines[began].number, name, note, opens, dual
                )
                opens = False
            kind = "parenthetical" if aside else "lyric"
            words = line.strip("()（）").strip() if aside else line[1:].strip()
            if words:
                yield Element(kind, plain(words), lines[at].number, name, note, opens, dual)
                opens = False
            said, began = [], at + 1
        else:
            said.append(line)
        at += 1
    if any(said):
        yield Element(
            "dialogue", plain("\n".join(said).strip()), lines[began].number, name, note, opens, dual
        )
    elif opens:
        yield Element("action", plain(text), number)
    return at


def _action(lines: Sequence[Line], at: int) -> Generator[Element, None, int]:
    """Yield a paragraph of description and return where to go on."""
    first, said = at, [lines[at].text.strip()]
    at += 1
    while at < len(lines) and (text := lines[at].text.strip()):
        if text[0] in ".@!>~#=" and (text[0] == "@" or marked(text, 0) is not None):
            break
        said.append(text)
        at += 1
    yield Element("action", plain("\n".join(said)), lines[first].number)
    return at


def _heading(text: str, number: int) -> Element:
    found = NUMBERED.search(text)
    name = text[: found.start()] if found else text
    return Element("scene", plain(name), number, note=found[1] if found else None)


def _extension(text: str) -> str | None:
    name, parts = text.rstrip("^ "), []
    while (found := EXTENSION.search(name)) is not None:
        name = name[: found.start()].rstrip()
        if found[1].strip() and not CONTINUED.fullmatch(found[1].strip()):
            parts.append(found[1].strip())
    return ", ".join(reversed(parts)) or None


def plain(text: str) -> str:
    r"""Return text without emphasis; an escaped mark stays.

    Examples:
        >>> plain(r"**Run** _now_, 3 \* 4")
        'Run now, 3 * 4'
    """
    held = text.replace(r"\*", "\ue000").replace(r"\_", "\ue001")
    for _ in range(3):
        held, count = EMPHASIS.subn(r"\2", held)
        if not count:
            break
    return held.replace("\ue000", "*").replace("\ue001", "_").strip()
