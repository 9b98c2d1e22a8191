"""What the words of a planned hashtag already mean to people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from longtake.narrative.similarity import Space, letters

LEAST_SHARED = 3
FITS = 0.8
SHOWN = 10


@dataclass(frozen=True, slots=True)
class Association:
    """A topic that was there before.

    Attributes:
        topic: Its name.
        weight: How loud it was: hours on a list, or a count, as given.
        shared: The longest run of characters both have.
        likeness: Of both names, in [0, 1].
    """

    topic: str
    weight: float
    shared: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Tag:
    """What a planned hashtag recalls.

    Attributes:
        hashtag: As planned, without number signs.
        taken: Whether a topic of the archive is the same, but for its campaign's own.
        recalls: Topics that share a run of three characters or more, strongest first, at most ten.
        topics: How many topics share such a run.
        known: Topics in the archive.
    """

    hashtag: str
    taken: bool
    recalls: tuple[Association, ...]
    topics: int
    known: int


def recalled(hashtag: str, archive: Mapping[str, float], *, own: Sequence[str] = ()) -> Tag:
    """Return what a planned hashtag already recalls in an archive of topics.

    A topic is recalled when it shares a run of at least three characters that is not the campaign's own
    name; the longer the run and the louder the topic, the stronger.

    Args:
        hashtag: The planned one, with or without number signs.
        archive: Loudness of each earlier topic by name, not below zero.
        own: Names of the campaign itself: topics that hold one are its own.

    Returns:
        Associations by shared length, then loudness, then name.

    Examples:
        >>> archive = {"我和我的祖国": 40.0, "今天吃什么": 9.0, "我和我的猫": 1.0}
        >>> found = recalled("#我和我的后背#", archive)
        >>> [(one.topic, one.shared) for one in found.recalls], found.taken
        ([('我和我的祖国', '我和我的'), ('我和我的猫', '我和我的')], False)
    """
    plain = letters(hashtag.strip().strip("#"))
    names = [letters(name) for name in own if letters(name)]
    others = {
        topic: weight for topic, weight in archive.items() if not any(n in letters(topic) for n in names)
    }
    space = Space([plain, *sorted(others)])
    found = []
    for topic, weight in others.items():
        shared = _shared(plain, letters(topic))
        if len(shared) >= LEAST_SHARED:
            found.append(Association(topic, weight, shared, round(space.alike(plain, topic), 4)))
    found.sort(key=lambda one: (-len(one.shared), -one.weight, one.topic))
    taken = any(letters(topic.strip("#")) == plain for topic in others)
    return Tag(hashtag.strip().strip("#"), taken, tuple(found[:SHOWN]), len(found), len(archive))


def _shared(one: str, other: str) -> str:
    """Return the longest run of characters both hold; the first in `one` of several."""
    best = ""
    before = [0] * (len(other) + 1)
    for i, a in enumerate(one, 1):
        row = [0] * (len(other) + 1)
        for j, b in enumerate(other, 1):
            if a == b:
                row[j] = before[j - 1] + 1
                if row[j] > len(best):
                    best = one[i - row[j] : i]
        before = row
    return best
