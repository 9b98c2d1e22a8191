"""Numbers, shares and ids as platforms write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from longtake.ingest.values.refusal import BadValue
from longtake.ingest.values.unknown import unknown

NUMBER = "a number like 1234, 1,234 or 1.2万"
COUNT = "a count like 1234 or 1.2万"
SHARE = "a share like 36.0% or 0.36"
ID = "an id with all its digits, not 4.7E+15"
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％＋－＜＞", "0123456789.,%+-<>")
SCALES = {
    "": 1,
    "k": 10**3,
    "千": 10**3,
    "w": 10**4,
    "万": 10**4,
    "萬": 10**4,
    "m": 10**6,
    "百万": 10**6,
    "千万": 10**7,
    "b": 10**9,
    "亿": 10**8,
    "億": 10**8,
    "万亿": 10**12,
}
SHAPE = re.compile(
    r"([<>≥≤]?)\s*([¥￥$]?)\s*([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d*)?(?:e(-\d{1,3}))?\s*"
    r"(百万|千万|万亿|[kwmb千万萬亿億]?)\s*(次|人|元|条|场|个|张)?\s*([+%]?)",
    re.IGNORECASE | re.ASCII,
)
LIMIT = 1e18
LOSSY = re.compile(r"[+-]?\d+(?:\.\d+)?e\+?\d+", re.IGNORECASE | re.ASCII)
EXACT_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how exactly the source stated it.

    Attributes:
        value: None when the source shows no number.
        censored: "below" for ``<0.1%``, "above" for ``1万+``; None for an exact number.
        raw: The text as it stood.
    """

    value: float | None
    censored: str | None
    raw: str


def number(raw: str | int | float | None) -> Number:
    """Return the number a cell states.

    Args:
        raw: Text with any of the units 万 亿 w k m, full-width digits, thousands commas, a percent
            sign (divided by 100), or a parsed number. Dashes, 暂无, log-in prompts and the glyphs of
            a private font are unknown.

    Raises:
        BadValue: The text is no number, or is an id that lost its digits (``4.7E+15``).

    Examples:
        >>> number("32.8w").value, number("１,２３４").value, number("暂无").value
        (328000.0, 1234.0, None)
        >>> number("<0.1%")
        Number(value=0.001, censored='below', raw='<0.1%')
    """
    if raw is None:
        return Number(None, None, "")
    if isinstance(raw, str):
        return _parsed(raw)
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not -LIMIT < raw < LIMIT:
        raise BadValue(NUMBER)
    return Number(float(raw), None, repr(raw))


@lru_cache(maxsize=65536)
def _parsed(raw: str) -> Number:
    text = raw.translate(FULL_WIDTH).strip()
    if text.isascii() and text.isdigit() and len(text) <= EXACT_DIGITS:
        return Number(float(text), None, raw)
    if unknown(text):
        return Number(None, None, raw)
    found = SHAPE.fullmatch(text) if len(text) <= 40 else None
    if found is None:
        raise BadValue(ID if LOSSY.fullmatch(text) else NUMBER)
    bound, _, sign, whole, part, exponent, scale, _, tail = found.groups()
    exact = Decimal(f"{sign}{whole.replace(',', '')}{part or ''}") * SCALES[scale.lower()]
    if exponent:
        exact = exact.scaleb(int(exponent))
    value = float(exact / 100 if tail == "%" else exact)
    if not -LIMIT < value < LIMIT:
        raise BadValue(NUMBER)
    censored = {"<": "below", "≤": "below", ">": "above", "≥": "above"}.get(bound)
    return Number(value, "above" if tail == "+" else censored, raw)


def count(raw: str | int | float | None) -> int | None:
    """Return a whole number of zero or more, or None when the source shows none.

    A bound (``1万+``) counts as the number it states; keep :func:`number` where the bound matters.

    Raises:
        BadValue: The text is no number, is negative or has a fraction.

    Examples:
        >>> count("1.2万"), count("1万+"), count("--")
        (12000, 10000, None)
    """
    if type(raw) is int:
        if 0 <= raw < LIMIT:
            return raw
        raise BadValue(COUNT)
    if isinstance(raw, str) and len(raw) <= EXACT_DIGITS and raw.isascii() and raw.isdigit():
        return int(raw)
    value = number(raw).value
    if value is None:
        return None
    if value < 0 or not value.is_integer():
        raise BadValue(COUNT)
    return int(value)


def share(raw: str | int | float | None, *, percent: bool | None = None) -> Number:
    """Return a share in [0, 1].

    Args:
        raw: ``36.0%``, ``<0.1%`` or ``0.36``; ``-1.00`` is how some exports write "none".
        percent: Whether a number without a sign is a percentage; None means it is a ratio.

    Raises:
        BadValue: The text is no number, or lies outside [0, 1].

    Examples:
        >>> share("36.0%").value, share("0.231000").value, share("55.2", percent=True).value
        (0.36, 0.231, 0.552)
        >>> share("-1.00").value is None
        True
    """
    try:
        found = number(raw)
    except BadValue as error:
        raise BadValue(SHARE) from error
    if found.value is None:
        return found
    signed = isinstance(raw, str) and raw.rstrip().endswith(("%", "％"))
    if not signed and found.value == -1:
        return Number(None, None, found.raw)
    value = found.value / 100 if percent and not signed else found.value
    if not 0 <= value <= 1:
        raise BadValue(SHARE)
    return Number(value, found.censored, found.raw)


def ident(raw: str | int | float | None) -> str | None:
    r"""Return a platform's id as text, or None for an empty cell.

    Raises:
        BadValue: A spreadsheet rounded the id (``4.7E+15``), or it is no id at all.

    Examples:
        >>> ident("\t4725000000000001"), ident(4725000000000001), ident("")
        ('4725000000000001', '4725000000000001', None)
    """
    if raw is None:
        return None
    if isinstance(raw, str):
        text = raw.strip(" \t\r\n\ufeff\u3000'")
        if text.startswith('="') and text.endswith('"'):
            text = text[2:-1].strip()
        if LOSSY.fullmatch(text) or len(text) > 512:
            raise BadValue(ID)
        return None if text.lower() in {"", "none", "null", "nan"} else text
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        raise BadValue(ID)
    if isinstance(raw, float):
        if math.isnan(raw):
            return None
        if not raw.is_integer() or abs(raw) >= 10**EXACT_DIGITS:
            raise BadValue(ID)
        return str(int(raw))
    if abs(raw) >= 10**40:
        raise BadValue(ID)
    return str(raw)
