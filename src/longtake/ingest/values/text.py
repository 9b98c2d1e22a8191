"""What people wrote, made safe to store and otherwise untouched."""

from __future__ import annotations

import re
import unicodedata

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
SURROGATE = re.compile("[\ud800-\udfff]")


def clean(raw: str) -> str:
    r"""Return text in Unicode NFC, without control characters and outer white space.

    Line breaks become ``\n``; half of a surrogate pair, which no file can store, becomes U+FFFD.

    Examples:
        >>> clean("  cafe\u0301\x07\r\n哭 ")
        'café\n哭'
    """
    if raw.isascii() and raw.isprintable():
        return raw.strip()
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    text = SURROGATE.sub("\ufffd", CONTROL.sub("", text))
    return unicodedata.normalize("NFC", text).strip()
