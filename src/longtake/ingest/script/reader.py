"""Readers of scripts: what a file is, its lines, and its pieces as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from longtake.domain.cue import ScriptLine
from longtake.domain.receipt import Item, Notice, Refused
from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.textfile import lines as lines_of
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.script import chinese, fountain
from longtake.ingest.script.element import Element, Line, Piece
from longtake.ingest.script.paging import places
from longtake.ingest.values.text import clean

SIZE_LIMIT = 8 << 20
TEXT_LIMIT = 4096
FORMS = frozenset({"text", "csv"})
"""A script with commas in every line looks like a table."""
SURE, LIKELY = 0.93, 0.6
Sniff = Callable[[str], float]
Parse = Callable[[Sequence[Line]], Iterator[Piece]]


@dataclass(frozen=True, slots=True)
class ScriptReader:
    """Reads one row a piece of a script; the node is the file's stem.

    Times are estimates: one page, one minute. Lines of more than 4096 characters and a boneyard that
    nobody closes are refused; what was struck out and contacts of the title page are told and left out.

    Attributes:
        name: As in :class:`~longtake.ingest.reader.Reader`.
        about: As in :class:`~longtake.ingest.reader.Reader`.
        sure: How sure a text is of this kind.
        parse: Its pieces.
    """

    name: str
    about: str
    sure: Sniff
    parse: Parse

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is a script of this kind, in [0, 1]."""
        return self.sure(head.text) if head.form in FORMS else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the rows and refusals of a script, in file order.

        Raises:
            HostileFileError: The file is larger than 8 MB, or one line is endless.
            UnreadableFileError: The encoding breaks, or nothing in it is a script.
        """
        if path.stat().st_size > SIZE_LIMIT:
            raise HostileFileError(path, f"a script of more than {SIZE_LIMIT >> 20} MB")
        kept, items = _lines(path, context.head)
        found = list(self.parse(kept))
        refused = {one.line for one in found if isinstance(one, Refused)}
        items += [one for one in found if isinstance(one, Refused)]
        pieces = [one for one in found if isinstance(one, Element) and one.text and one.line not in refused]
        pieces.sort(key=lambda one: one.line)
        if not pieces and not items:
            raise UnreadableFileError(path, "holds no line of a script")
        node = PurePosixPath(context.name.replace("\\", "/")).stem
        yield from (one for one in found if isinstance(one, Notice))
        yield Notice("script_time", (f"{len(pieces)}",))
        rows: list[ScriptLine | Refused] = [*items, *_rows(pieces, node)]
        yield from sorted(rows, key=_line)


def _rows(pieces: Sequence[Element], node: str) -> list[ScriptLine]:
    made, scene = [], 0
    for number, (one, (start, end)) in enumerate(zip(pieces, places(pieces), strict=True), 1):
        scene += one.kind == "scene"
        made.append(
            ScriptLine(
                node, number, one.kind, one.text, scene, start, end, one.line,
                clean(one.speaker) or None if one.speaker else None,
                clean(one.note) or None if one.note else None,
            )
        )  # fmt: skip
    return made


def _lines(path: Path, head: Head) -> tuple[list[Line], list[Refused]]:
    kept: list[Line] = []
    refused: list[Refused] = []
    for number, raw in enumerate(lines_of(path, head.encoding or "utf-8"), 1):
        text = raw.removeprefix("\ufeff") if number == 1 else raw
        text = text.rstrip("\r\n")
        if len(text) > TEXT_LIMIT:
            expected = f"a line of at most {TEXT_LIMIT} characters"
            refused.append(Refused(number, "*", clean(text[:400])[:80], expected))
            continue
        # Two spaces alone keep a speech together, so white space alone is not cleaned away.
        kept.append(Line(number, _safe(text)))
    return kept, refused


def _safe(text: str) -> str:
    left = text[: len(text) - len(text.lstrip(" \t"))]
    return (left + clean(text)) if text.strip() else left


def _line(item: ScriptLine | Refused) -> int:
    return item.line if isinstance(item, Refused) else item.source_line


def fountain_sure(text: str) -> float:
    """Return how sure a text is a Fountain script: scene headings, and names with words below them."""
    lines = [line.strip() for line in text.split("\n")]
    # The last line of a head may be cut.
    pairs = list(zip(["", *lines], lines, [*lines[1:], ""], strict=False))
    scenes = sum(not before and fountain.HEADING.match(line) is not None for before, line, _ in pairs)
    forced = sum(not before and _forced(line) for before, line, _ in pairs)
    speaks = [line for before, line, after in pairs if after and not before]
    names = sum(fountain.name_of(line) is not None for line in speaks)
    if scenes and names:
        return SURE
    if names >= 2 and (forced or text.lower().lstrip("\ufeff").startswith("title:")):
        return SURE
    return LIKELY if scenes >= 3 else 0.0


def _forced(line: str) -> bool:
    return len(line) > 1 and line[0] == "." and line[1] not in ". "


def chinese_sure(text: str) -> float:
    """Return how sure a text is a Chinese script: scene headings, and speeches after a name and a colon."""
    lines = [line.strip(" \t　") for line in text.split("\n")]
    scenes = sum(chinese.heading(line) is not None for line in lines)
    speeches = sum(chinese.SPEECH.fullmatch(line) is not None for line in lines)
    if scenes and speeches >= 2:
        return SURE
    return LIKELY if scenes >= 3 else 0.0


FOUNTAIN = ScriptReader(
    "fountain",
    "A screenplay in Fountain 1.1, or plain text in its manner: INT. PIER - NIGHT, names in capitals.",
    fountain_sure,
    fountain.elements,
)
CHINESE = ScriptReader(
    "screenplay-zh",
    "A Chinese screenplay as plain text: 第一场 日 内 客厅, and below it 人物：台词.",
    chinese_sure,
    chinese.elements,
)
