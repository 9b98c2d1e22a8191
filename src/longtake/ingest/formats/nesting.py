"""How deep JSON text is nested, found without parsing it."""

from __future__ import annotations

import re

DEPTH_LIMIT = 200
STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
BRACKET = re.compile(r"[\[\]{}]")


def too_deep(text: str, limit: int = DEPTH_LIMIT) -> bool:
    """Whether brackets outside strings open more than ``limit`` levels; linear in the text.

    Examples:
        >>> too_deep('[{"a": "[[[["}]', 2), too_deep("[[[1]]]", 2)
        (False, True)
    """
    if text.count("[") + text.count("{") <= limit:
        return False
    depth = 0
    for mark in BRACKET.findall(STRING.sub("", text)):
        depth += 1 if mark in "[{" else -1
        if depth > limit:
            return True
    return False
