"""Subtitle files cut into records, in time linear in their length whatever stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pysubs2.formats.substation import EVENT_FIELDS

_SECTION = re.compile(r"\[[^\]]{1,60}\]\s*$")
_VOICE = re.compile(r"<v(?:\.[^\s>]{1,60})?\s+([^>]{1,120})>")


@dataclass(frozen=True, slots=True)
class Cut:
    """One record of a subtitle file, nothing in it parsed yet.

    Attributes:
        line: 1-based line on which it starts.
        start: Start as it stands.
        end: End as it stands.
        text: Words with their markup, lines joined by a newline.
        speaker: Name where the file has a place for it.
    """

    line: int
    start: str
    end: str
    text: str
    speaker: str = ""


def arrows(lines: Iterable[str], *, web: bool) -> Iterator[Cut]:
    r"""Yield the records of SubRip, or of WebVTT, where a blank line always ends a record.

    A number on its own line before the next time is the next record's counter, not text.

    Examples:
        >>> list(arrows(["1", "00:00:01,000 --> 00:00:02,000", "山谷", "", "2", "0:3,0 --> 4"], web=False))
        [Cut(line=2, start='00:00:01,000', end='00:00:02,000', text='山谷', speaker=''),
         Cut(line=6, start='0:3,0', end='4', text='', speaker='')]
    """
    open_at, times, closed = 0, ("", ""), True
    words: list[str] = []
    for number, raw in enumerate(lines, 1):
        line = raw.strip("\ufeff\r\n")
        if "-->" in line:
            if open_at:
                yield _arrow(open_at, times, words)
            start, _, rest = line.partition("-->")
            end = rest.split(maxsplit=1)
            open_at, times, words, closed = number, (start.strip(), end[0] if end else ""), [], False
        elif not line.strip():
            closed = closed or web
            if not closed:
                words.append("")
        elif open_at and not closed:
            words.append(line)
    if open_at:
        yield _arrow(open_at, times, words, last=True)


def _arrow(line: int, times: tuple[str, str], words: Sequence[str], *, last: bool = False) -> Cut:
    kept = list(words)
    while kept and not kept[-1]:
        kept.pop()
    counter = bool(kept) and kept[-1].strip().isdecimal() and (len(kept) == 1 or not kept[-2])
    if counter and not (last or (len(kept) == 1 and len(words) > 1)):
        kept.pop()
    text = "\n".join(word for word in kept if word)
    voice = _VOICE.match(text)
    return Cut(line, *times, text, voice[1].strip() if voice else "")


def dialogues(lines: Iterable[str]) -> Iterator[Cut]:
    r"""Yield the dialogue lines of SubStation Alpha (SSA or ASS); its comment lines are no records.

    Examples:
        >>> list(dialogues(["[Events]", "Dialogue: 0,0:00:01.00,0:00:02.00,Default,阿遥,0,0,0,,走,不走"]))
        [Cut(line=2, start='0:00:01.00', end='0:00:02.00', text='走,不走', speaker='阿遥')]
    """
    fields: Sequence[str] = EVENT_FIELDS["ass"]
    events = False
    for number, raw in enumerate(lines, 1):
        line = raw.strip("\ufeff \t\r\n")
        if _SECTION.match(line):
            events = line.casefold().startswith("[events]")
        elif events and line.casefold().startswith("format:"):
            named = [name.strip().casefold() for name in line.partition(":")[2].split(",")]
            fields = named if {"start", "end", "text"} <= set(named) and named[-1] == "text" else fields
        elif line.startswith("Dialogue:"):
            cells = line.partition(":")[2].split(",", len(fields) - 1)
            found = dict(zip(fields, cells, strict=False))
            yield Cut(
                number, found.get("start", "").strip(), found.get("end", "").strip(), found.get("text", ""),
                (found.get("name") or found.get("actor") or "").strip(),
            )  # fmt: skip
