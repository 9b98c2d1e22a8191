"""Lines of a Fountain script without what was struck out, and its notes apart."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from longtake.domain.receipt import Notice, Refused
from longtake.ingest.script.element import Element, Line, Piece

Span = tuple[int, int]


def without_boneyard(lines: Sequence[Line]) -> tuple[list[Line], list[Piece]]:
    """Return lines without ``/* ... */``, and what is to be told of them.

    A boneyard that nobody closes is refused with its line; what follows is read.

    Examples:
        >>> kept, told = without_boneyard([Line(1, "a /* b"), Line(2, "c */ d"), Line(3, "e")])
        >>> [line.text for line in kept], told[0].values
        (['a ', ' d', 'e'], ('1-2',))
        >>> kept, told = without_boneyard([Line(1, "/* a"), Line(2, "b")])
        >>> [line.text for line in kept], told[0].column
        (['b'], 'boneyard')
    """
    text, starts = _joined(lines)
    spans: list[Span] = []
    told: list[Piece] = []
    cut = []
    at = text.find("/*")
    while at >= 0:
        close = text.find("*/", at + 2)
        first = bisect_right(starts, at) - 1
        if close < 0:
            end = starts[first] + len(lines[first].text)
            spans.append((starts[first] if not spans else max(starts[first], spans[-1][1]), end))
            told.append(Refused(lines[first].number, "boneyard", text[at:end][:80], "a closing */"))
            break
        spans.append((at, close + 2))
        last = bisect_right(starts, close) - 1
        ends = (lines[first].number, lines[last].number)
        cut.append(f"{ends[0]}" if first == last else f"{ends[0]}-{ends[1]}")
        at = text.find("/*", close + 2)
    if cut:
        told.append(Notice("script_cut", tuple(cut)))
    refused = {one.line for one in told if isinstance(one, Refused)}
    return [line for line in _outside(lines, starts, spans) if line.number not in refused], told


def without_notes(lines: Sequence[Line]) -> tuple[list[Line], list[Element]]:
    r"""Return lines without ``[[ ... ]]``, and the notes; a note does not go on beyond a blank line.

    Examples:
        >>> kept, notes = without_notes([Line(1, "He waits. [[too"), Line(2, "long?]] Rain.")])
        >>> [line.text for line in kept], notes[0].text, notes[0].line
        (['He waits. ', ' Rain.'], 'too\nlong?', 1)
    """
    text, starts = _joined(lines)
    spans: list[Span] = []
    notes: list[Element] = []
    at = text.find("[[")
    while at >= 0:
        close, blank = text.find("]]", at + 2), text.find("\n\n", at + 2)
        if close < 0:
            break
        if 0 <= blank < close:
            at = text.find("[[", blank)
            continue
        spans.append((at, close + 2))
        words = text[at + 2 : close].strip()
        if words:
            notes.append(Element("note", words, lines[bisect_right(starts, at) - 1].number))
        at = text.find("[[", close + 2)
    return _outside(lines, starts, spans), notes


def _joined(lines: Sequence[Line]) -> tuple[str, list[int]]:
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    return "\n".join(line.text for line in lines), starts


def _outside(lines: Sequence[Line], starts: Sequence[int], spans: Sequence[Span]) -> list[Line]:
    """Return what is left of lines outside spans; a line of which nothing is left is no blank line."""
    kept = []
    first = 0
    for line, start in zip(lines, starts, strict=True):
        end = start + len(line.text)
        while first < len(spans) and spans[first][1] <= start:
            first += 1
        rest, at, i = "", start, first
        while i < len(spans) and spans[i][0] < end:
            rest += line.text[at - start : max(spans[i][0], at) - start]
            at = max(at, min(spans[i][1], end))
            i += 1
        rest += line.text[at - start :]
        inside = first < len(spans) and spans[first][0] < start + 1 and spans[first][1] > end
        if rest == line.text and not inside:
            kept.append(line)
        elif rest.strip():
            kept.append(Line(line.number, rest))
    return kept
