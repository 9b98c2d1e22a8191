"""The short stable name of a campaign."""

from __future__ import annotations

import hashlib
import re
import unicodedata

LONGEST = 48


def campaign_id(name: str) -> str:
    """Return the id of a campaign: its name in lower case, letters and digits of any script and hyphens.

    A name that loses more than case, spaces and book marks gets a short hash, so that two names never
    share an id.

    Raises:
        ValueError: The name is blank.

    Examples:
        >>> campaign_id("《灯下的人》")
        '灯下的人'
        >>> campaign_id("A Long Take")
        'a-long-take'
        >>> campaign_id("a/b") == campaign_id("a b")
        False
    """
    if not has_letters(name):
        raise ValueError("a campaign needs a name")
    plain = unicodedata.normalize("NFC", name).strip().strip("《》").strip().lower()
    spaced = re.sub(r"\s+", "-", plain)
    kept = re.sub(r"-{2,}", "-", re.sub(r"[^\w-]", "-", spaced)).strip("-_")[:LONGEST]
    if kept == spaced:
        return kept
    digest = hashlib.blake2b(plain.encode(), digest_size=3).hexdigest()
    return f"{kept}-{digest}" if kept else f"film-{digest}"


def has_letters(name: str) -> bool:
    """Whether a name holds anything besides white space and book marks."""
    return bool(name.strip().strip("《》").strip())
