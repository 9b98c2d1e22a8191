"""Cells of social exports, parsed fast in the common case and with the shared values in the rest."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from unicodedata import is_normalized

from longtake.domain.timed.moment import Precision
from longtake.ingest.values import BadValue, clean, count, hashtags, ident, moment, region

BLANK = frozenset({"", "None", "none", "null", "NULL", "nan", "NaN", "undefined"})
"""What an absent value looks like once a collector has turned it into text."""

When = tuple[datetime | None, datetime | None, Precision]
"""First possible instant, first instant too late, precision."""

_NOBODY = frozenset({"0", "匿名", "匿名用户", "知乎用户", "贴吧用户", "用户已注销", "账号已注销", "已重置"})
_ID = re.compile(r"[A-Za-z0-9_\-:=]+")
_UNKNOWN: When = (None, None, Precision.UNKNOWN)
_FIRST, _LAST = "0315532800", "4102444800"  # the years 1980 to 2100, as text of ten digits
_SECOND = timedelta(seconds=1)
_MOST = 11


def identifier(raw: str) -> str | None:
    r"""Return a platform's id as text, None when the cell is blank.

    Raises:
        BadValue: The cell is no id, or a spreadsheet has rounded it.

    Examples:
        >>> identifier("\t4725000000000001"), identifier("None")
        ('4725000000000001', None)
    """
    if raw in BLANK:
        return None
    if raw.isalnum() and raw.isascii():
        return raw
    text = ident(raw)
    if text is None:
        return None
    if not _ID.fullmatch(text):
        raise BadValue("an id of letters and digits, such as 4725000000000001")
    return text


def parent(raw: str, own: str) -> str | None:
    """Return the id of the comment this one answers; platforms write 0 or the comment's own id for none.

    Raises:
        BadValue: The cell is no id.

    Examples:
        >>> parent("0", "9"), parent("9", "9"), parent("7", "9")
        (None, None, '7')
    """
    if raw in {"", "0", own}:
        return None
    found = identifier(raw)
    return None if found in {"0", own} else found


def tally(raw: str) -> int | None:
    """Return a count, None when the cell is blank or the platform hides it.

    Raises:
        BadValue: The cell is no count, or larger than any platform's.

    Examples:
        >>> tally("12"), tally("1.2万"), tally("")
        (12, 12000, None)
    """
    if raw.isdecimal() and raw.isascii():
        if len(raw) > _MOST:
            raise BadValue("a count below 100 billion")
        return int(raw)
    if raw in BLANK:
        return None
    found = count(raw)
    return None if found is None or found < 0 else found


def when(raw: str, seen: datetime | None) -> When:
    """Return when something was written, from a unix time (s or ms) or any text form.

    Args:
        raw: The cell; blank and 0 mean unknown.
        seen: When the row was fetched, for relative forms such as 3小时前.

    Raises:
        BadValue: The cell is no time.

    Examples:
        >>> when("1641956400000", None)[0].isoformat()
        '2022-01-12T03:00:00+00:00'
    """
    low = _unix(raw)
    if low is not None:
        return low, low + _SECOND, Precision.SECOND
    if raw in BLANK or raw == "0":
        return _UNKNOWN
    told = moment(raw, observed_at=seen)
    return told.low, told.high, told.precision


def stamp(raw: str) -> datetime | None:
    """Return the second a row was fetched, None when the cell is blank.

    Raises:
        BadValue: The cell is no time.
    """
    return _unix(raw) or when(raw, None)[0]


def _unix(raw: str) -> datetime | None:
    """Return the second of a unix time in 10 digits (s) or 13 (ms); None for anything else."""
    if len(raw) not in {10, 13} or not (raw.isdecimal() and raw.isascii()):
        return None
    second = raw[:10]
    return datetime.fromtimestamp(int(second), UTC) if _FIRST <= second <= _LAST else None


@lru_cache(maxsize=4096)
def place(raw: str) -> str | None:
    """Return a city, province or country; None when blank or hidden.

    Examples:
        >>> place("IP属地：上海"), place("")
        ('上海', None)
    """
    return None if raw in BLANK else region(raw)


def words(raw: str, *, escaped: bool = False) -> str:
    """Return what was written, NFC and without control characters.

    Args:
        raw: The cell.
        escaped: Whether HTML entities stand for characters in it.

    Examples:
        >>> words("A&amp;B", escaped=True), words("A&amp;B")
        ('A&B', 'A&amp;B')
    """
    if raw in BLANK:
        return ""
    if escaped and "&" in raw:
        raw = html.unescape(raw)
    if raw.isprintable() and is_normalized("NFC", raw):
        return raw.strip()
    return clean(raw)


def topics(text: str) -> str | None:
    """Return the hashtags of a text as ``#a##b#``, None without any."""
    return hashtags(text) if "#" in text else None


def named(raw: str) -> str | None:
    """Return the topics a collector lists with commas, as ``#a##b#``.

    Examples:
        >>> named("首映,长镜头")
        '#首映##长镜头#'
    """
    parts = (
        [part.strip().strip("#") for part in raw.replace("，", ",").split(",")] if raw not in BLANK else []
    )
    return "".join(f"#{part}#" for part in parts if part) or None


def person(raw: str) -> str:
    """Return an author's id or name when it can tell people apart, else the empty string.

    A masked name such as ``张***三``, or the name of everyone who hides, is shared by many, so it
    counts as unknown.

    Examples:
        >>> person("a1b2"), person("张***三"), person("匿名用户"), person("None")
        ('a1b2', '', '', '')
    """
    text = raw.strip()
    return "" if text in BLANK or text in _NOBODY or "*" in text else text
