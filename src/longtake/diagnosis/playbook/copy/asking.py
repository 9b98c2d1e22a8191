"""Whether a text asks its readers for an answer."""

from __future__ import annotations

import re
from functools import cache

from longtake.diagnosis.playbook.copy.rule import CopyRule, copy_rules, folded_text

ADDRESSED = re.compile(r"[^.!?\n]*(?:你|谁|哪|who|which|you)[^.!?\n]*\?", re.IGNORECASE)


@cache
def _rule() -> CopyRule:
    return copy_rules()["ask"]


def asks(text: str, rule: CopyRule | None = None) -> bool:
    """Return whether a text calls for an answer or an act, or puts a question to its reader.

    Examples:
        >>> asks("说给我们听。"), asks("谁给你留过灯？"), asks("灯亮着，人就没走远。")
        (True, True, False)
    """
    found = rule or _rule()
    return bool(found.hits(text)) or bool(ADDRESSED.search(folded_text(text)))
