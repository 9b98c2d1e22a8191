"""Subtitles of a film or trailer: SubRip, WebVTT, SSA and ASS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pysubs2 import SSAEvent
from pysubs2.time import timestamp_to_ms

from longtake.domain.cue import Cue
from longtake.domain.receipt import Item, Refused
from longtake.errors import HostileFileError
from longtake.ingest.cells import Unfit
from longtake.ingest.formats.textfile import lines
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.timeline.cuts import Cut, arrows, dialogues
from longtake.ingest.values.markup import plain
from longtake.ingest.values.text import clean

SIZE_LIMIT = 32 << 20
TEXT_LIMIT = 4096
TAG_LIMIT = 128
"""Override tags a line may hold: pysubs2 takes time with the square of their number."""
_TIME = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,3}))?", re.ASCII)
_ARROW = re.compile(r"^[^\n]{0,40}\d:\d[^\n]{0,20}-->", re.MULTILINE)
_DIALOGUE = re.compile(r"^Dialogue:|^\[(?:Script Info|Events)\]", re.MULTILINE | re.IGNORECASE)
_EXPECTED = "a time such as 0:00:04.200"


@dataclass(frozen=True, slots=True)
class SubtitlesReader:
    r"""Reads one cue a record; the node is the file's stem.

    Times with a dot or a comma, tags such as ``<i>`` or ``{\an8}``, and any encoding are taken;
    drawings and cues that end before they start are refused.
    """

    name: str = "subtitles"
    about: str = "Subtitles of a film or trailer: SRT, WebVTT, SSA or ASS."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is a subtitle file, in [0, 1]."""
        if head.form != "subtitle":
            return 0.0
        return 0.95 if _ARROW.search(head.text) or _DIALOGUE.search(head.text) else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield one Cue or one refusal a record, in file order, numbered by their place in time.

        Raises:
            HostileFileError: The file is larger than 32 MB, or one line is endless.
            UnreadableFileError: The encoding breaks.
        """
        if path.stat().st_size > SIZE_LIMIT:
            raise HostileFileError(path, f"subtitles of more than {SIZE_LIMIT >> 20} MB")
        node = PurePosixPath(context.name.replace("\\", "/")).stem
        read = [_cue(cut, node) for cut in _cuts(path, context.head)]
        cues = [cue for cue in read if isinstance(cue, Cue)]
        timeline = sorted(cues, key=lambda cue: (cue.start_ms, cue.end_ms, cue.source_line))
        numbers = {cue.source_line: number for number, cue in enumerate(timeline, 1)}
        for cue in read:
            if isinstance(cue, Refused):
                yield cue
            else:
                number = numbers[cue.source_line]
                yield Cue(node, number, cue.start_ms, cue.end_ms, cue.text, cue.source_line, cue.speaker)


def _cuts(path: Path, head: Head) -> Iterator[Cut]:
    source = lines(path, head.encoding or "utf-8")
    if _DIALOGUE.search(head.text):
        return dialogues(source)
    return arrows(source, web=head.text.lstrip("\ufeff \r\n").startswith("WEBVTT"))


def _cue(cut: Cut, node: str) -> Cue | Refused:
    try:
        start, end = _milliseconds(cut.start, "start"), _milliseconds(cut.end, "end")
        if end < start:
            return Refused(cut.line, "end", cut.end[:80], f"a time not before the start, {cut.start}"[:200])
        return Cue(node, 0, start, end, _words(cut.text), cut.line, clean(cut.speaker) or None)
    except Unfit as unfit:
        return unfit.refused(cut.line)


def _milliseconds(raw: str, column: str) -> int:
    found = _TIME.fullmatch(raw)
    if found is None:
        raise Unfit(column, raw, _EXPECTED)
    hours, minutes, seconds, part = found.groups()
    if int(minutes) > 59 or int(seconds) > 59:
        raise Unfit(column, raw, _EXPECTED)
    return timestamp_to_ms((hours or "0", minutes, seconds, part or "0"))


def _words(raw: str) -> str:
    if len(raw) > TEXT_LIMIT or raw.count("{") > TAG_LIMIT:
        raise Unfit("text", raw, f"at most {TEXT_LIMIT} characters and {TAG_LIMIT} tags")
    event = SSAEvent(text=raw)
    if event.is_drawing:
        raise Unfit("text", raw, "words, not a drawing")
    text = clean(plain(event.plaintext))
    if not text:
        raise Unfit("text", raw, "words")
    return text


READER = SubtitlesReader()
