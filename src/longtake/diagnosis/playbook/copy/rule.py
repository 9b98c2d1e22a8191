"""Rules of the copy linter, from dated packs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries
from longtake.language.patterns.rule import RuleError, compile_rule

KINDS = ("form", "words", "mark", "promise")
LEVELS = ("stop", "warn", "hint")
PLAIN = str.maketrans("，。！？：；“”‘’「」、～", ',.!?:;""\'\'"",~')


@dataclass(frozen=True, slots=True)
class CopyRule:
    """One rule.

    Attributes:
        key: Its name.
        kind: form (checked by the linter itself), words (each hit is a finding), mark (its absence may be
            one), promise (a feeling that viewers must confirm).
        level: stop (do not publish), warn or hint.
        patterns: What it looks for; empty for form.
        sells: Whether a sentence with a hit counts as selling.
        paid: Whether a hit is a sign of a paid relation.
        feels: Label of the feeling that a promise is of.
        most: The limit the rule holds, where it has one.
        why: What is wrong, with slots.
        fix: What would do, with slots.
        pack: Name and date of its pack.
    """

    key: str
    kind: str
    level: str
    patterns: tuple[re.Pattern[str], ...]
    sells: bool
    paid: bool
    feels: str
    most: float | None
    why: Said
    fix: Said
    pack: str

    def hits(self, text: str) -> list[tuple[int, int]]:
        """Return the character ranges [start, end) that match, in order, none inside another's."""
        folded = folded_text(text)
        found = sorted(
            (hit.start(), -hit.end()) for pattern in self.patterns for hit in pattern.finditer(folded)
        )
        kept: list[tuple[int, int]] = []
        for start, end in found:
            if not kept or start >= kept[-1][1]:
                kept.append((start, -end))
        return kept


def folded_text(text: str) -> str:
    """Return a text in lower case with plain punctuation, character for character.

    Examples:
        >>> folded_text("必看！A")
        '必看!a'
    """
    plain = text.translate(PLAIN)
    return "".join(low if len(low := c.lower()) == 1 else c for c in plain)


def copy_rules(folders: Iterable[Path] = ()) -> dict[str, CopyRule]:
    """Return the rules by key; those of ``folders`` replace the packaged ones.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> copy_rules()["hard_sell"].hits("今年必看！")
        [(2, 4)]
    """
    return entries("copy", _made, folders)


def _made(entry: Entry) -> CopyRule:
    kind = entry.one_of("kind", KINDS)
    rules = entry.texts("rules")
    if (kind == "form") == bool(rules):
        raise entry.wrong("rules belong to all kinds but form")
    try:
        patterns = tuple(re.compile(compile_rule(rule, {}, negatable=False).expression) for rule in rules)
    except RuleError as error:
        raise entry.wrong(error.message.rstrip(".")) from error
    return CopyRule(
        key=entry.key,
        kind=kind,
        level=entry.one_of("level", LEVELS),
        patterns=patterns,
        sells=entry.get("sells", bool, default=False),
        paid=entry.get("paid", bool, default=False),
        feels=entry.get("feels", str, ""),
        most=entry.number("most"),
        why=entry.said("why"),
        fix=entry.said("fix"),
        pack=entry.pack,
    )
