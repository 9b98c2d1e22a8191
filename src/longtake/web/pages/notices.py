"""What is worth knowing about a file, in words."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.receipt import Notice
from longtake.locale import catalogue
from longtake.render.wording import visible

MOST = 12


def notices(lang: str, found: Sequence[Notice]) -> list[str]:
    """Return notices in a language.

    Examples:
        >>> notices("en", [Notice("brand_new", ("a", "b"))])
        ['brand_new: a, b']
    """
    words = catalogue(lang)
    out = []
    for notice in found:
        values = words.joined([visible(value) for value in notice.values[:MOST]])
        shown = values + (" …" if len(notice.values) > MOST else "")
        key = f"notice.{notice.kind}"
        out.append(words.say(key, values=shown) if words.has(key) else f"{notice.kind}: {shown}")
    return out
