"""How much of a film the brand takes, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from longtake.domain.cue import Cue
from longtake.narrative.similarity import letters


@dataclass(frozen=True, slots=True)
class Presence:
    """The brand in a film.

    Attributes:
        seconds: Time in which it is heard, written or seen; overlaps count once.
        running_seconds: Length of the film.
        share: The first over the second.
        first: Position of its first appearance, from 0 to 1; None when it does not appear.
        spoken: Cues that name it.
        last_only: Whether it appears in the last tenth alone.
    """

    seconds: float
    running_seconds: float
    share: float
    first: float | None
    spoken: tuple[int, ...]
    last_only: bool


def presence(
    cues: Sequence[Cue],
    names: Sequence[str],
    *,
    seen_ms: Sequence[tuple[int, int]] = (),
    running_ms: int | None = None,
) -> Presence | None:
    """Return how long and where a brand is heard or seen.

    Args:
        cues: Of the film.
        names: Of the brand and its products.
        seen_ms: Stretches in which it is seen, as somebody wrote down; ``(start, end)`` in milliseconds.
        running_ms: Length of the film; the end of the last cue when not told.

    Returns:
        None without names, or without cues and length.

    Examples:
        >>> cues = [Cue("f", 1, 0, 5000, "回家", 1), Cue("f", 2, 95_000, 100_000, "屿光电器", 2)]
        >>> found = presence(cues, ["屿光"])
        >>> found.seconds, found.share, found.first, found.last_only
        (5.0, 0.05, 0.95, True)
    """
    wanted = [letters(name) for name in names if letters(name)]
    length = running_ms or max((cue.end_ms for cue in cues), default=0)
    if not wanted or length <= 0:
        return None
    spoken = tuple(i for i, cue in enumerate(cues) if any(name in letters(cue.text) for name in wanted))
    spans = [(cues[i].start_ms, cues[i].end_ms) for i in spoken] + list(seen_ms)
    total, until = 0, -1
    for start, end in sorted(spans):
        total += max(0, min(end, length) - max(start, until, 0))
        until = max(until, end)
    first = min(start for start, _ in spans) / length if spans else None
    return Presence(
        total / 1000, length / 1000, total / length, first, spoken, first is not None and first >= 0.9
    )
