"""The many ways in which an export says that it does not say."""

from __future__ import annotations

import re

MARKS = """
- -- --- — —— – / \\ 暂无 无 暂无数据 无数据 未知 不详 未公布 * ** *** ? ？ ... …
n/a na nan null none nil unknown undefined #n/a
"""
NOTHING = frozenset(MARKS.split()) | {""}
GATE = re.compile(
    r"登录|登陆|登入|开通|会员可见|即可查看|仅.*可见|升级.*查看|log ?in|sign ?in", re.IGNORECASE
)
GLYPH = re.compile(r"&#x?[0-9a-fA-F]+;?|[\ue000-\uf8ff\U000f0000-\U0010fffd]")


def unknown(text: str) -> bool:
    """Whether a cell shows no value: a dash, 暂无, a log-in prompt or glyphs of a private font.

    Examples:
        >>> unknown("--"), unknown("登录后查看"), unknown("&#xe8d2;.&#xf0a1;"), unknown("0")
        (True, True, True, False)
    """
    folded = text.strip().lower()
    if folded in NOTHING:
        return True
    if folded.isascii() and "&" not in folded and not ("log" in folded or "sign" in folded):
        return False
    return len(folded) <= 200 and (GATE.search(folded) is not None or GLYPH.search(folded) is not None)
