"""Fields of a JSON record whose types nobody promises."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from longtake.ingest.cells import Unfit
from longtake.ingest.values.text import clean


def text_of(record: Mapping[str, object], key: str) -> str:
    """Return a field as text made safe to store; empty when it is absent or null.

    Examples:
        >>> text_of({"id": 12}, "id"), text_of({"id": None}, "id")
        ('12', '')
    """
    value = record.get(key)
    if value is None or isinstance(value, (dict, list)):
        return ""
    return clean(value if isinstance(value, str) else str(value))


def number_of(record: Mapping[str, object], key: str) -> str | int | float | None:
    """Return a field that should hold a number.

    Raises:
        Unfit: It holds an object, a list or a truth value.
    """
    value = record.get(key)
    if value is None or (isinstance(value, (str, int, float)) and not isinstance(value, bool)):
        return value
    raise Unfit(key, value, "a number")


def inner(record: Mapping[str, object], key: str) -> Mapping[str, object]:
    """Return a field that is an object; an empty one otherwise."""
    value = record.get(key)
    return cast("Mapping[str, object]", value) if isinstance(value, dict) else {}


def many(record: Mapping[str, object], key: str) -> list[object]:
    """Return a field that is a list; an empty one otherwise."""
    value = record.get(key)
    return value if isinstance(value, list) else []


def language(tag: str) -> str | None:
    """Return the ISO 639-1 code of a language tag, or None when it has none.

    Examples:
        >>> language("zh-Hans"), language("EN"), language("yue"), language("")
        ('zh', 'en', None, None)
    """
    code = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None
