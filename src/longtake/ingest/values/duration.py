"""Lengths of time as platforms write them."""

from __future__ import annotations

import re
from functools import lru_cache

from longtake.ingest.values.number import FULL_WIDTH, number
from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.unknown import unknown

EXPECTED = "a length of time like 10.5秒, 0:01:02 or 62"
CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2}(?:\.\d+)?)", re.ASCII)
WORDS = re.compile(
    r"(?:(\d+(?:\.\d+)?)\s*(?:小时|时|hours?|hrs?|h)\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:分钟|分|minutes?|mins?|m)\s*)?"
    r"(?:(\d+(?:\.\d+)?)\s*(?:秒钟|秒|seconds?|secs?|s)\s*)?",
    re.IGNORECASE | re.ASCII,
)
LIMIT = 10**9


def seconds(raw: str | int | float | None) -> float | None:
    """Return a length of time in seconds, or None when the source shows none.

    Args:
        raw: ``10.5秒``, ``1分20秒``, ``0:01:02``, ``01:23`` or a plain number of seconds.

    Raises:
        BadValue: The text is no length of time.

    Examples:
        >>> seconds("10.5秒"), seconds("0:01:02"), seconds("1分20秒"), seconds("-")
        (10.5, 62.0, 80.0, None)
    """
    if isinstance(raw, str):
        return _parsed(raw)
    try:
        value = number(raw).value
    except BadValue as error:
        raise BadValue(EXPECTED) from error
    if value is not None and not 0 <= value < LIMIT:
        raise BadValue(EXPECTED)
    return value


@lru_cache(maxsize=8192)
def _parsed(raw: str) -> float | None:
    text = raw.translate(FULL_WIDTH).replace("：", ":").strip()
    if unknown(text):
        return None
    if len(text) > 40:
        raise BadValue(EXPECTED)
    found = CLOCK.fullmatch(text) or WORDS.fullmatch(text)
    if found is not None:
        hours, minutes, rest = (float(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + rest
    try:
        value = number(text).value
    except BadValue as error:
        raise BadValue(EXPECTED) from error
    if value is not None and not 0 <= value < LIMIT:
        raise BadValue(EXPECTED)
    return value
