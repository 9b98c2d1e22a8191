"""One rule of a pack: what a person writes, and the expression it stands for.

A rule is written as parts between spaces::

    以为/本来以为 … 结果/没想到      one of these, up to 16 characters of the same sentence, one of those
    想起 ~ @father                 up to 6 characters of the same clause; a list of the pack
    ?我 爸/妈 也                    a part after ? may be missing
    must_see                       an underscore is a space inside a part

There are no other operators, so no rule can take longer than its text is long times a small number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longtake.errors import LongtakeError

GAPS = {"…": r"[^.!?\n]{0,16}?", "~": r"[^,.!?;:\n]{0,6}?"}
"""What may stand between two parts: up to 16 characters of a sentence, or up to 6 of a clause."""

NEGATORS = (
    "不",
    "没",
    "别",
    "勿",
    "非",
    "没有",
    "不太",
    "不怎么",
    "并不",
    "不是",
    "毫不",
    "谈不上",
    "not ",
    "n't ",
)
"""What in front of a rule turns it over, so that it does not hold."""

_MOST_PARTS = 12


class RuleError(LongtakeError):
    """A rule of a pack cannot be read."""

    code = "pack_rule"

    def __init__(self, rule: str, reason: str) -> None:
        super().__init__(f"rule {rule!r}: {reason}.", fix="See docs/en/packs.md for how rules are written.")
        self.rule, self.reason = rule, reason


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule ready to run.

    Attributes:
        source: As written.
        expression: Regular expression over normalised text.
        slots: For each part that must be there, the words of which one must.
    """

    source: str
    expression: str
    slots: tuple[tuple[str, ...], ...]


def compile_rule(source: str, lists: Mapping[str, Sequence[str]], *, negatable: bool = True) -> Rule:
    """Return a rule.

    Args:
        source: As written in a pack.
        lists: Named word lists of the pack.
        negatable: Whether a negator right in front makes the rule not hold.

    Raises:
        RuleError: A part is empty, a list unknown, or no part must be there.

    Examples:
        >>> rule = compile_rule("以为 ~ 结果", {})
        >>> bool(re.search(rule.expression, "我以为是喜剧结果哭了")), rule.slots
        (True, (('以为',), ('结果',)))
        >>> bool(re.search(compile_rule("好看", {}).expression, "不好看"))
        False
    """
    parts = source.split()
    if not 0 < len(parts) <= _MOST_PARTS:
        raise RuleError(source, f"it has {len(parts)} parts, expected 1 to {_MOST_PARTS}")
    pieces: list[str] = []
    slots: list[tuple[str, ...]] = []
    for part in parts:
        if part in GAPS:
            pieces.append(GAPS[part])
            continue
        optional = part.startswith("?") and len(part) > 1
        words = _words(part.removeprefix("?") if optional else part, source, lists)
        # The longest first: an alternative must not hide a longer one that begins with it.
        chosen = "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))
        pieces.append(f"(?:{chosen})?" if optional else f"(?:{chosen})")
        if not optional:
            slots.append(tuple(dict.fromkeys(words)))
    if not slots:
        raise RuleError(source, "no part must be there")
    before = "".join(f"(?<!{re.escape(word)})" for word in NEGATORS) if negatable else ""
    return Rule(source, before + "".join(pieces), tuple(slots))


def _words(part: str, source: str, lists: Mapping[str, Sequence[str]]) -> list[str]:
    words: list[str] = []
    for name in part.split("/"):
        if name.startswith("@") and len(name) > 1:
            if name[1:] not in lists:
                raise RuleError(source, f"no list is named {name[1:]!r}")
            words += lists[name[1:]]
        else:
            words.append(name.replace("_", " "))
    if not all(words):
        raise RuleError(source, "a part holds an empty word")
    return words
