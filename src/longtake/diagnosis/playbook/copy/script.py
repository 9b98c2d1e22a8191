"""A draft as people write it: a post, a script with times, or subtitles."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADS = {
    "标题": "title",
    "title": "title",
    "时长": "duration",
    "片长": "duration",
    "duration": "duration",
    "画幅": "ratio",
    "比例": "ratio",
    "ratio": "ratio",
    "合作": "paid",
    "广告": "paid",
    "sponsored": "paid",
    "标签": "tags",
    "话题": "tags",
    "tags": "tags",
}
HEAD = re.compile(r"^\s*([\w\u4e00-\u9fff]{2,9})\s*[:：]\s*(.+?)\s*$")
SRT = re.compile(r"^\s*(\d{1,2}):(\d{2}):(\d{2})[,.](\d{1,3})\s*-->\s*(\d{1,2}):(\d{2}):(\d{2})[,.](\d{1,3})")
CLOCK = re.compile(
    r"^\s*[\[【(（]?\s*(\d{1,2}):(\d{2})(?:\s*[-–—~至]\s*(\d{1,2}):(\d{2}))?\s*[\]】)）]?\s*[:：]?\s*(.*)$"
)
SECONDS = re.compile(
    r"^\s*[\[【(（]?\s*(\d{1,4})(?:\s*[-–—~至]\s*(\d{1,4}))?\s*(?:秒|s|sec)\s*[\]】)）]?\s*[:：]?\s*(.*)$"
)
LENGTH = re.compile(r"(?:(\d+)\s*(?:分钟?|min|m|['′]))?\s*(\d+)?\s*(?:秒|s|sec|[\"″])?\s*$")
RATIO = re.compile(r"(\d+(?:\.\d+)?)\s*[:：x×]\s*(\d+(?:\.\d+)?)")
NO = frozenset({"否", "无", "没有", "no", "none", "false"})
TAG = re.compile(r"#[^#\s][^#\n]{0,40}#|#[\w·]{1,40}")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is said or shown.

    Attributes:
        number: 1-based line of the draft.
        text: Its words, without a time in front.
        start: Character of the draft's line at which the words begin.
        at: Seconds from the start; None where the draft gives no time.
        until: Seconds at which it ends; None where it does not tell.
    """

    number: int
    text: str
    start: int
    at: float | None = None
    until: float | None = None


@dataclass(frozen=True, slots=True)
class Script:
    """A draft read.

    Attributes:
        lines: What is said or shown, in order; empty lines are left out.
        paragraphs: First line's number and characters of each paragraph.
        head: title, duration, ratio, paid and tags where the draft states them, as written.
        places: Line of the draft on which each head stands, and the character at which it begins.
        seconds: Length of the video; None for a text.
        tags: Topics, in order, each once.
        ratio: Width over height as written; empty where it does not tell.
        paid: Whether the draft says that it is a partnership; None where it does not tell.
    """

    lines: tuple[Line, ...]
    paragraphs: tuple[tuple[int, int], ...]
    head: dict[str, str]
    places: dict[str, tuple[int, int]]
    seconds: float | None
    tags: tuple[str, ...]
    ratio: str
    paid: bool | None

    @property
    def timed(self) -> bool:
        """Whether it is a video."""
        return self.seconds is not None or any(line.at is not None for line in self.lines)

    @property
    def chars(self) -> int:
        """Characters of what is said, topics and white space left out."""
        return sum(_weight(line.text) for line in self.lines)


def read_script(text: str) -> Script:
    r"""Return a draft as its lines, times and heads.

    Heads stand in the first lines: ``标题：…``, ``时长：45秒``, ``画幅：9:16``, ``合作：是``,
    ``标签：#a# #b#``.
    Times stand in front of a line: ``0:03 …``, ``[00:03-00:08] …``, ``0-3秒：…``, or as in an SRT file.

    Examples:
        >>> script = read_script("标题：灯\n时长：30秒\n0-3秒：灯灭了\n3-30秒：“你会等吗？” #灯下的人#")
        >>> script.seconds, script.tags, [(line.at, line.text) for line in script.lines][0]
        (30.0, ('灯下的人',), (0.0, '灯灭了'))
        >>> read_script("谁给你留过灯？").timed
        False
    """
    head: dict[str, str] = {}
    places: dict[str, tuple[int, int]] = {}
    lines: list[Line] = []
    paragraphs: list[tuple[int, int]] = []
    open_paragraph = False
    pending: tuple[float, float | None] | None = None
    for number, raw in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if not raw.strip():
            open_paragraph, pending = False, None
            continue
        found = HEAD.match(raw) if not lines else None
        if found and found[1].lower() in HEADS:
            name = HEADS[found[1].lower()]
            head[name], places[name] = found[2], (number, found.start(2))
            continue
        if times := SRT.match(raw):
            pending = (_clock(times.groups()[:4]), _clock(times.groups()[4:]))
            continue
        if raw.strip().isdigit() and not open_paragraph:
            continue
        line = _line(number, raw)
        if line.at is None and pending is not None:
            line = Line(number, line.text, line.start, *pending)
        if not line.text:
            continue
        lines.append(line)
        if open_paragraph:
            first, chars = paragraphs[-1]
            paragraphs[-1] = (first, chars + _weight(line.text))
        else:
            paragraphs.append((number, _weight(line.text)))
        open_paragraph = True
    tags = dict.fromkeys(
        hit.strip("#")
        for part in (head.get("tags", ""), *(li.text for li in lines))
        for hit in TAG.findall(part)
    )
    said = [line.until if line.until is not None else line.at for line in lines if line.at is not None]
    seconds = _length(head.get("duration", "")) or max((s for s in said if s is not None), default=None)
    ratio = RATIO.search(head.get("ratio", ""))
    paid = None if "paid" not in head else head["paid"].strip().lower() not in NO
    return Script(
        tuple(lines),
        tuple(paragraphs),
        head,
        places,
        seconds,
        tuple(tags),
        f"{ratio[1]}:{ratio[2]}" if ratio else "",
        paid,
    )


def _line(number: int, raw: str) -> Line:
    for pattern, parts in ((CLOCK, 2), (SECONDS, 1)):
        if found := pattern.match(raw):
            groups = found.groups()
            at = _seconds(groups[:parts])
            until = _seconds(groups[parts : 2 * parts]) if groups[parts] is not None else None
            return Line(number, found[2 * parts + 1].rstrip(), found.start(2 * parts + 1), at, until)
    text = raw.strip()
    return Line(number, text, len(raw) - len(raw.lstrip()))


def _seconds(groups: tuple[str | None, ...]) -> float:
    if len(groups) == 1:
        return float(groups[0] or 0)
    return 60.0 * float(groups[0] or 0) + float(groups[1] or 0)


def _clock(groups: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, thousandths = (part or "0" for part in groups)
    return 3600.0 * float(hours) + 60.0 * float(minutes) + float(seconds) + float(f"0.{thousandths}")


def _length(text: str) -> float | None:
    """Return a length in seconds: ``45秒``, ``1分20秒``, ``1:20``.

    Examples:
        >>> _length("1分20秒"), _length("1:20"), _length("45"), _length("长")
        (80.0, 80.0, 45.0, None)
    """
    clock = re.fullmatch(r"\s*(\d{1,2}):(\d{2})\s*", text)
    if clock:
        return 60.0 * float(clock[1]) + float(clock[2])
    found = LENGTH.fullmatch(text.strip())
    if not found or not (found[1] or found[2]):
        return None
    return 60.0 * float(found[1] or 0) + float(found[2] or 0)


def _weight(text: str) -> int:
    return len(re.sub(r"\s", "", TAG.sub("", text)))
