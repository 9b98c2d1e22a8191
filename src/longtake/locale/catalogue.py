"""All words and number forms of one language."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from functools import cache
from importlib.resources import files
from string import Formatter
from types import MappingProxyType

from longtake.locale.numbers import DECIMALS, chance, compact, decimals_for, exact, fixed

LANGUAGES = ("zh", "en")
NARROW = 0.05
FOLDERS = {"zh": "zh_Hans", "en": "en"}
ALSO = {"plan_metric": "metric"}
"""Groups whose names may stand in another: a stage can be judged by the metric of a trial."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Catalogue:
    """The messages of one language, and the way it writes numbers and dates.

    Attributes:
        lang: zh or en.
        tag: The language tag for HTML.
        messages: Every message by its dotted key.
    """

    def __init__(self, lang: str, messages: Mapping[str, str]) -> None:
        """Keep the messages; :func:`catalogue` reads them."""
        self.lang = lang
        self.tag = {"zh": "zh-Hans", "en": "en"}[lang]
        self.messages = messages

    def say(self, key: str, **slots: object) -> str:
        """Return a message with its slots filled.

        Args:
            key: Dotted key.
            slots: Text goes in as it is; numbers are written the language's way.

        Returns:
            The filled message.

        Raises:
            KeyError: No message has the key, or a slot of the message is not given.

        Examples:
            >>> catalogue("zh").say("page.rows_total", total=214306), catalogue("en").say("event.kol")
            ('共 21.4万 行', 'Creators')
        """
        return "".join(
            text if slot is None else self.word_of(slots, slot, key) for text, slot in self.parts(key)
        )

    def parts(self, key: str) -> Iterator[tuple[str, str | None]]:
        """Yield the pieces of a message in order: ``(text, None)`` or ``("", slot)``.

        Raises:
            KeyError: No message has the key.
        """
        if key not in self.messages:
            raise KeyError(f"{key!r} is missing from the {self.lang} catalogue")
        for text, slot, _, _ in Formatter().parse(self.messages[key]):
            if text:
                yield text, None
            if slot is not None:
                yield "", slot

    def word_of(self, slots: Mapping[str, object], slot: str, key: str) -> str:
        """Return one filled slot as text; numbers are written the language's way.

        Raises:
            KeyError: The slot is not given.
        """
        if slot not in slots:
            raise KeyError(f"message {key!r} needs a word for {{{slot}}}")
        value = slots[slot]
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return self.number(value)
        return str(value)

    def has(self, key: str) -> bool:
        """Whether a message has the key."""
        return key in self.messages

    def word(self, group: str, name: str) -> str:
        """Return the word of a name that data decide, such as a platform; the name itself if none is known.

        Examples:
            >>> catalogue("zh").word("platform", "weibo"), catalogue("zh").word("platform", "newsite")
            ('微博', 'newsite')
        """
        found = self.messages.get(f"{group}.{name}")
        return found or self.messages.get(f"{ALSO.get(group, group)}.{name}", name)

    def number(self, value: float) -> str:
        """Return a number short enough to say.

        Examples:
            >>> catalogue("zh").number(1.24e9), catalogue("en").number(1.24e9)
            ('12.4亿', '1.24 B')
        """
        return compact(value, self.lang) if math.isfinite(value) else "∞"

    def exact(self, value: float) -> str:
        """Return a number in full, thousands grouped."""
        return exact(value) if math.isfinite(value) else "∞"

    def amount(self, value: float, unit: str, *, spread: float | None = None) -> str:
        """Return a number with its unit.

        Args:
            value: The number; shares lie in [0, 1].
            unit: Unit of an estimate.
            spread: Width of its interval, which decides the decimals; None without one.

        Examples:
            >>> catalogue("zh").amount(9.43, "hours", spread=3.7), catalogue("en").amount(0.61, "share")
            ('9.4 小时', '61%')
            >>> catalogue("zh").amount(1.2e8, "CNY"), catalogue("en").amount(1, "comments")
            ('1.2亿元', '1 comment')
        """
        return self._dress(self._digits(value, unit, spread), unit, value)

    def interval(self, low: float, high: float, unit: str) -> str:
        """Return both ends of an interval, the unit said once where it is short.

        Examples:
            >>> catalogue("zh").interval(0.55, 0.66, "share"), catalogue("en").interval(7.9, 11.6, "hours")
            ('55–66%', '7.9–11.6')
            >>> catalogue("en").interval(0.0002, 0.031, "probability")
            '<1–3%'
            >>> catalogue("zh").interval(26.0, math.inf, "hours")
            '不低于 26'
        """
        if unit == "probability":
            ends = dict.fromkeys((chance(low), chance(high)))
            return f"{'–'.join(ends)}%"
        spread = high - low
        first, last = self._digits(low, unit, spread), self._digits(high, unit, spread)
        if unit != "share" and low >= 1000 and 0 < spread < NARROW * low:
            first, last = (compact(end, self.lang, significant=4) for end in (low, high))
        if unit == "share" and ("." in first) != ("." in last):
            first, last = (text if "." in text else f"{text}.0" for text in (first, last))
        if math.isinf(high):
            return self.say("page.at_least", low=first + ("%" if unit == "share" else ""))
        dash = "–" if low >= 0 else " – "
        return f"{first}{dash}{last}{'%' if unit == 'share' else ''}"

    def unit(self, unit: str) -> str:
        """Return the unit alone, as on an axis.

        Raises:
            KeyError: No message has the unit.
        """
        return self.say(f"unit.{unit}").split("|")[-1]

    def level(self, level: float) -> str:
        """Return the coverage of an interval."""
        return f"{fixed(level * 100, 0 if level * 100 == round(level * 100) else 1)}%"

    def moment(self, at: datetime, zone: tzinfo, *, year: bool = False) -> str:
        """Return a date and a time of day.

        Examples:
            >>> from datetime import UTC
            >>> at = datetime(2022, 1, 11, 14, 2, tzinfo=UTC)
            >>> catalogue("zh").moment(at, UTC), catalogue("en").moment(at, UTC)
            ('1 月 11 日 14:02', '11 Jan 14:02')
        """
        local = at.astimezone(zone)
        return f"{self.day(local.date(), year=year)} {local:%H:%M}"

    def day(self, day: date, *, year: bool = False) -> str:
        """Return a date.

        Examples:
            >>> catalogue("zh").day(date(2022, 1, 8), year=True), catalogue("en").day(date(2022, 1, 8))
            ('2022 年 1 月 8 日', '8 Jan')
        """
        if self.lang == "zh":
            return (f"{day.year} 年 " if year else "") + f"{day.month} 月 {day.day} 日"
        return f"{day.day} {MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")

    def joined(self, words: list[str] | tuple[str, ...]) -> str:
        """Return several words as a list within a sentence."""
        return ("、" if self.lang == "zh" else ", ").join(words)

    def _digits(self, value: float, unit: str, spread: float | None) -> str:
        """Return the number without its unit."""
        if math.isinf(value):
            return "∞"
        if unit == "probability":
            return chance(value)
        if unit == "share":
            points = None if spread is None else spread * 100
            small = 1 if 0 < abs(value) < 0.1 else 0
            return fixed(value * 100, max(small, decimals_for(unit, points)))
        decimals = decimals_for(unit, spread)
        if (decimals or unit in DECIMALS) and abs(value) < 1000:
            whole = value == round(value) and (not spread or math.isinf(spread) or spread == round(spread))
            return fixed(value, 0 if whole else decimals)
        return self.number(value)

    def _dress(self, digits: str, unit: str, value: float) -> str:
        """Return the number with its unit where the language puts it."""
        if unit in {"share", "probability"}:
            return f"{digits}%"
        if unit in {"score", "ratio", "polarity"}:
            return digits
        if unit == "rank":
            return f"第 {digits} 名" if self.lang == "zh" else f"no. {digits}"
        if unit == "CNY":
            space = "" if digits[-1] in "万亿" else " "
            return f"{digits}{space}元" if self.lang == "zh" else f"CNY {digits}"
        forms = self.say(f"unit.{unit}").split("|")
        word = forms[0] if value == 1 else forms[-1]
        return f"{digits} {word}"


@cache
def catalogue(lang: str) -> Catalogue:
    """Return the words of a language.

    Args:
        lang: zh or en.

    Returns:
        The catalogue, read once.

    Raises:
        ValueError: There is no such language, or a key stands in two files.
    """
    if lang not in LANGUAGES:
        raise ValueError(f"lang is {lang!r}, expected one of {LANGUAGES}")
    messages: dict[str, str] = {}
    for file in sorted((files(__package__) / FOLDERS[lang]).iterdir(), key=lambda item: item.name):
        if file.name.endswith(".toml"):
            for key, text in _flat(tomllib.loads(file.read_text(encoding="utf-8"))):
                if key in messages:
                    raise ValueError(f"{key!r} stands twice in the {lang} catalogue")
                messages[key] = text
    return Catalogue(lang, MappingProxyType(messages))


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Yield dotted keys and messages in file order."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
