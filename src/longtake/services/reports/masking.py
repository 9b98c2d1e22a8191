"""Personal data hidden in what is shown: numbers, addresses, links and names people call out."""

from __future__ import annotations

import re
from collections.abc import Sequence

HIDDEN = "▇▇"
LONGEST = 220
PERSONAL = re.compile(
    r"https?://[^\s\u4e00-\u9fff]{1,200}"
    r"|[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,64}\.[A-Za-z]{2,12}"
    r"|(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])"
    r"|(?<![0-9])1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}(?![0-9])"
    r"|@[\w\-\u4e00-\u9fff]{1,30}"
)


def masked(
    text: str, weights: Sequence[tuple[int, int, float]] = (), *, positive: bool = True
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a text fit to be shown, and where the words that decided stand in it.

    Links, e-mail addresses, identity and phone numbers and called-out names are hidden; a long text is
    cut; spans that touch what is hidden or cut off are left out.

    Args:
        text: The row's text.
        weights: ``(start, end, weight)`` of the spans that decided, in the row's text.
        positive: Whether spans above zero decided; those below zero otherwise.

    Examples:
        >>> masked("call 13800138000 now")
        ('call ▇▇ now', ())
        >>> masked("泪目了", [(0, 2, 0.7)])
        ('泪目了', ((0, 2),))
    """
    if not weights:
        return _cut(PERSONAL.sub(HIDDEN, text)), ()
    pieces, moved, at = [], [0] * (len(text) + 1), 0
    shown = 0
    for found in PERSONAL.finditer(text):
        for i in range(at, found.start()):
            moved[i] = shown + i - at
        pieces.append(text[at : found.start()])
        shown += found.start() - at
        moved[found.start() : found.end()] = [-1] * (found.end() - found.start())
        pieces.append(HIDDEN)
        shown += len(HIDDEN)
        at = found.end()
    for i in range(at, len(text)):
        moved[i] = shown + i - at
    pieces.append(text[at:])
    whole = "".join(pieces)
    cut = _cut(whole)
    spans = [
        (moved[start], moved[end - 1] + 1)
        for start, end, weight in weights
        if 0 <= start < end <= len(text)
        and (weight > 0) == positive
        and all(moved[i] >= 0 for i in range(start, end))
    ]
    return cut, tuple(sorted(span for span in spans if span[1] < LONGEST))


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
