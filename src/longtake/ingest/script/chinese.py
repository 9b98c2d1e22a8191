"""Chinese screenplays as people type them: 第一场 日 内 客厅, and below it 人物：台词."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from longtake.domain.receipt import Notice
from longtake.ingest.script.element import Element, Line, Piece

_NUMBER = r"[〇零一二两三四五六七八九十百\d]{1,6}"
_WHERE = r"(?:内景|外景|内外景|内/外|外/内|内|外)"
_WHEN = r"(?:日|夜|晨|清晨|早|早晨|晚|傍晚|黄昏|午后|黎明|凌晨|白天|夜晚|深夜|雨夜)"
_SEPARATOR = r"[\s,，、·.。:：\-—–/／|｜]"
SCENE = re.compile(
    rf"【?\s*(?:第\s*({_NUMBER})\s*[场場](?:戏)?|[场場](?:景|次)?\s*({_NUMBER})(?!\d)|[Ss]c?(?:ene)?\s*(\d{{1,4}})(?=\s))"
    rf"\s*】?(.{{0,120}})"
)
PLACED = re.compile(
    rf"(?:(\d{{1,3}}(?:\s*[-－—]\s*\d{{1,3}})?)\s*[.、．：:\s]\s*)(?=.{{0,60}}$)"
    rf"((?:.{{0,40}}{_SEPARATOR})?(?:{_WHEN}{_SEPARATOR}*{_WHERE}|{_WHERE}{_SEPARATOR}*{_WHEN}|{_WHERE}{_SEPARATOR}.{{0,30}}{_WHEN})"
    rf"(?:{_SEPARATOR}.{{0,40}})?)"
)
BARE = re.compile(r"(?:内景|外景)[\s.。:：、·-].{1,60}")
ACT = re.compile(rf"【?\s*第\s*{_NUMBER}\s*[幕集章回部]\s*】?[\s：:]?.{{0,40}}|(?:序幕|尾声|楔子|序场)")
SETTING = re.compile(r"(?:时间|地点|场景|时|地|景|季节|气候|环境)\s*[：:]\s*(.{1,200})")
CAST = re.compile(r"(?:出场)?(?:人物|角色)(?:表)?|登场人物|出场|演员表")
TITLES = {
    "title": ("剧名", "片名", "剧本名", "名称"),
    "author": ("编剧", "作者", "原著", "原作", "改编", "故事"),
    "credit": ("导演", "出品", "制片", "监制", "出品方"),
    "draft date": ("日期", "稿次", "版本", "完稿"),
}
PERSONAL = frozenset({"联系方式", "联系人", "电话", "手机", "邮箱", "微信", "QQ", "qq", "地址", "身份证"})
TURN = re.compile(
    r"【?(?:切至?|切入|切回|切换|跳切|闪回|闪回结束|闪出|闪入|淡入|淡出|渐隐|渐显|化入|化出|叠化|黑场|转场|溶入|溶出)"
    r"(?:[：:至入]?.{0,16})?】?[：:。]?"
)
SPEECH = re.compile(
    r"([^\s：:，,。！!？?；;“”\"'‘’…—【】\[\]（）()]{1,14})\s*((?:[（(][^（）()]{0,60}[)）]\s*){0,3})"
    r"[：:]\s*(.*)"
)
Said = tuple[str, str | None, list[str], str]
"""Speaker, extension, asides and words."""
VERBS = tuple("说道问喊叫答念唱写着是有为曰")
"""A name before a colon that ends in one of these is a sentence: 他对她说：."""
ASIDE = re.compile(r"[（(]([^（）()]{0,200})[)）]\s*")
WHOLE_ASIDE = re.compile(r"[（(]([^（）()]{1,400})[)）]")
DOES = ("△", "▲", "▵", "☆", "■")
OFF = re.compile(r"(?:\s*[（(]?(?:OS|O\.S\.|VO|V\.O\.|画外音|画外|内心|旁白)[)）]?)$", re.IGNORECASE)


def heading(text: str) -> tuple[str | None, str] | None:
    """Return number and words of a scene heading; None where a line is none.

    Examples:
        >>> heading("第一场 日 内 客厅"), heading("3、码头 夜 外"), heading("他在第一场戏里哭了")
        (('一', '日 内 客厅'), ('3', '码头 夜 外'), None)
    """
    if len(text) > 160:
        return None
    if found := SCENE.fullmatch(text):
        number = next(part for part in found.groups()[:3] if part)
        rest = found[4].strip(" 　\t:：.。、-—【】")
        return number, rest or text
    if found := PLACED.fullmatch(text):
        return found[1], found[2].strip()
    return (None, text) if BARE.fullmatch(text) else None


def elements(lines: Sequence[Line]) -> Iterator[Piece]:
    """Yield the pieces of a Chinese script, in order.

    A name and a colon open a speech; before the first scene they name the cast. A name alone on its line,
    with a colon, speaks until the next blank line.

    Examples:
        >>> text = ("第一场 夜 外 码头", "△老秦擦灯。", "老秦（低声）：灯亮着，人就没走远。")
        >>> found = list(elements([Line(i, one) for i, one in enumerate(text, 1)]))
        >>> [(one.kind, one.speaker, one.text) for one in found][2:]
        [('parenthetical', '老秦', '低声'), ('dialogue', '老秦', '灯亮着，人就没走远。')]
    """
    reading = _Reading()
    for line in lines:
        text = line.text.strip(" \t　\r\n")
        if text:
            yield from reading.of(text, line.number)
        else:
            reading.speaker = ""
    if reading.left:
        yield Notice("personal_left_out", tuple(reading.left))


@dataclass(slots=True)
class _Reading:
    """Where a reading stands.

    Attributes:
        scenes: Headings so far.
        speaker: Who speaks the lines to come; empty for nobody.
        note: Extension of the speaker.
        opens: Whether the next line is the first under a name.
        left: Keys of personal data that was left out.
    """

    scenes: int = 0
    speaker: str = ""
    note: str | None = None
    opens: bool = False
    left: dict[str, None] = field(default_factory=dict)

    def of(self, text: str, number: int) -> list[Element]:
        """Return the pieces of one line."""
        if (found := heading(text)) is not None:
            self.scenes, self.speaker = self.scenes + 1, ""
            return [Element("scene", found[1], number, note=found[0])]
        if (one := _set(text, number)) is not None:
            self.speaker = ""
            return [one]
        said = _said(text)
        if said is None:
            return [self._unsaid(text, number)]
        if not self.scenes:
            if said[0] in PERSONAL:
                self.left[said[0]] = None
                return []
            return [_before(said[0], text, said[3], number)]
        return self._speech(said, number)

    def _unsaid(self, text: str, number: int) -> Element:
        if self.speaker:
            opens, self.opens = self.opens, False
            return Element("dialogue", text, number, self.speaker, self.note, opens)
        if not self.scenes:
            return Element("title", text, number, note="front")
        whole = WHOLE_ASIDE.fullmatch(text)
        return Element("action", (whole[1].strip() if whole else text) or text, number)

    def _speech(self, said: Said, number: int) -> list[Element]:
        name, self.note, asides, words = said
        self.speaker, self.opens = "", True
        made = []
        for aside in asides:
            made.append(Element("parenthetical", aside, number, name, self.note, self.opens))
            self.opens = False
        if words:
            made.append(Element("dialogue", words, number, name, self.note, self.opens))
        else:
            # The words stand on the lines below; the name alone is still a piece of the script.
            self.speaker = name
            made += [] if asides else [Element("cast", name, number)]
        return made


def _set(text: str, number: int) -> Element | None:
    """Return the piece that is neither spoken nor a scene: acts, settings, cast, transitions, doings."""
    if text.startswith(DOES):
        return Element("action", text.lstrip("".join(DOES)).strip() or text, number)
    if TURN.fullmatch(text):
        return Element("transition", text.strip("【】 "), number)
    if ACT.fullmatch(text):
        return Element("section", text.strip("【】 "), number)
    if found := SETTING.fullmatch(text):
        return Element("setting", found[1].strip(), number)
    name, colon, rest = _halves(text)
    if colon and CAST.fullmatch(name) and rest:
        return Element("cast", rest, number)
    return None


def _halves(text: str) -> tuple[str, str, str]:
    place = min((i for i in (text.find("："), text.find(":")) if i >= 0), default=-1)
    return (text, "", "") if place < 0 else (text[:place].strip(), text[place], text[place + 1 :].strip())


def _said(text: str) -> Said | None:
    """Return speaker, extension, asides and words; None where nobody speaks."""
    found = SPEECH.fullmatch(text)
    if found is None or found[1].endswith(VERBS) or found[1].isdecimal():
        return None
    name, asides = found[1], [one.strip() for one in ASIDE.findall(found[2])]
    notes = [one for one in asides if OFF.fullmatch(one)]
    tail = OFF.search(name)
    if tail is not None and tail.start() > 0:
        notes.append(tail.group().strip("（）() "))
        name = name[: tail.start()].strip()
    asides = [one for one in asides if one and not OFF.fullmatch(one)]
    words = found[3].strip()
    while (aside := ASIDE.match(words)) is not None:
        asides += [aside[1].strip()] if aside[1].strip() else []
        words = words[aside.end() :]
    return name, ", ".join(notes) or None, asides, words.strip('“”"').strip() if _quoted(words) else words


def _quoted(words: str) -> bool:
    return len(words) > 1 and words[0] in '“"' and words[-1] in '”"'


def _before(name: str, text: str, words: str, number: int) -> Element:
    """Return what a line with a colon says before the first scene."""
    for key, names in TITLES.items():
        if name in names:
            return Element("title", words or text, number, note=key)
    return Element("cast", text, number)
