"""Where each piece of a script stands by the page: one page is about one minute."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from longtake.ingest.script.element import Element

LINES = 55
"""Lines of a page: 12-point type on letter paper with an inch above and below."""
COLUMNS = {"scene": 60, "action": 60, "dialogue": 35, "lyric": 35, "parenthetical": 25, "transition": 60}
"""Characters of a line, ten to the inch; a Chinese character takes two. Other kinds are not printed."""
MINUTE = 60_000


def places(elements: Iterable[Element]) -> list[tuple[int, int]]:
    """Return start and end of each piece in milliseconds, if a page of 55 lines is a minute.

    The rule holds on average and not for a given film: 761 shooting scripts against the films' running times.
    A speech beside another begins with it.

    Args:
        elements: In order.

    Examples:
        >>> said = Element("dialogue", "灯" * 18, 3, "老秦", None, True)
        >>> places([Element("scene", "INT. PIER - NIGHT", 1), said])
        [(0, 1091), (3273, 5455)]

    References:
        Riley, 2009, The Hollywood Standard, ISBN 978-1-932907-63-6 (margins and lines of a page); Follows,
        2020, Is the page-per-minute rule correct?, stephenfollows.com (how well it holds).
    """
    at, began, until = 0, 0, 0
    found = []
    for one in elements:
        if one.kind not in COLUMNS:
            found.append((_ms(at), _ms(at)))
            continue
        if one.opens or one.speaker is None:
            if one.dual and one.opens:
                until, at = max(until, at), began
            else:
                at = max(at, until)
                began, until = at, 0
            # A blank line before every block but the first, and the line with the speaker's name.
            at += (1 if at or found else 0) + (1 if one.speaker is not None else 0)
        start = at
        at += rows(one.text, COLUMNS[one.kind])
        found.append((_ms(start), _ms(at)))
    return found


def rows(text: str, columns: int) -> int:
    """Return the lines a text takes.

    Examples:
        >>> rows("灯亮着", 4), rows("", 4)
        (2, 1)
    """
    return sum(max(1, math.ceil(width(line) / columns)) for line in text.split("\n"))


def width(text: str) -> int:
    """Return the columns a text takes; characters of East Asian width take two."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _ms(lines: int) -> int:
    return round(lines / LINES * MINUTE)
