"""Who speaks, and of whom: names and aliases found in cues."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue

NARRATION = frozenset(
    {
        *("旁白", "字幕", "画外音", "画外", "片名", "众人", "群众", "所有人", "解说", "字卡"),
        *("narrator", "narration", "title", "titles", "caption", "all", "voiceover", "voice-over", "crowd"),
    }
)
"""Speakers that are nobody in the story."""

_PREFIX = re.compile(r"\s*([^\s：:，,。.！!？?]{1,16})\s*[：:]\s*(?=\S)")
LEAST_LINES = 2


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is in a film.

    Attributes:
        names: One name a character.
        number: Position among `names` by every name and alias, folded.
    """

    names: tuple[str, ...]
    number: dict[str, int]

    @classmethod
    def of(cls, characters: Sequence[Character], cues: Sequence[Cue] = ()) -> Cast:
        """Return the cast that was named, or else those who speak two lines or more in the cues.

        Examples:
            >>> Cast.of([Character("老秦", ("秦师傅",)), Character("小满")]).number["秦师傅"]
            0
        """
        if not characters:
            said = Counter(cue.speaker for cue in cues if cue.speaker and not narration(cue.speaker))
            characters = [Character(name) for name in sorted(said) if said[name] >= LEAST_LINES]
        number: dict[str, int] = {}
        for i, one in enumerate(characters):
            for name in (one.name, *one.aliases):
                number.setdefault(name.strip().casefold(), i)
        number.pop("", None)
        return cls(tuple(one.name for one in characters), number)


@dataclass(frozen=True, slots=True, eq=False)
class Spoken:
    """Cues as positions in a cast.

    Attributes:
        speaker: Who speaks each cue: -1 nobody known, -2 narration; shape (n,).
        named: Whom each cue names first besides its speaker; -1 nobody; shape (n,).
        words: What is said, without the name of who says it.
    """

    speaker: NDArray[np.int64]
    named: NDArray[np.int64]
    words: tuple[str, ...]


def narration(speaker: str) -> bool:
    """Return whether a speaker is nobody in the story."""
    return speaker.strip().casefold() in NARRATION


def split(cue: Cue) -> tuple[str | None, str]:
    """Return who speaks a cue and what is said; a name before a colon counts where no speaker is told.

    Examples:
        >>> split(Cue("film", 1, 0, 900, "老秦：走", 1))
        ('老秦', '走')
    """
    found = _PREFIX.match(cue.text)
    if cue.speaker:
        same = found and found[1] == cue.speaker
        return cue.speaker, cue.text[found.end() :] if found and same else cue.text
    return (found[1], cue.text[found.end() :]) if found else (None, cue.text)


def spoken(cues: Sequence[Cue], cast: Cast) -> Spoken:
    """Return who speaks and who is named in each cue.

    Args:
        cues: In order of time, n of them.
        cast: Who can be recognised.

    Examples:
        >>> cast = Cast.of([Character("老秦", ("爸",)), Character("小满")])
        >>> said = (("爸，你回来", "小满"), ("雪", "旁白"))
        >>> cues = [Cue("film", i, 0, 900, text, i, who) for i, (text, who) in enumerate(said)]
        >>> found = spoken(cues, cast)
        >>> found.speaker.tolist(), found.named.tolist()
        ([1, -2], [0, -1])
    """
    pattern = _names(cast)
    speaker, named, words = [], [], []
    for cue in cues:
        who, said = split(cue)
        folded = (who or "").strip().casefold()
        number = -2 if who and narration(who) else cast.number.get(folded, -1)
        if number == -1 and who and cue.speaker is None and not cast.names:
            said = cue.text
        found = [cast.number[m.group().casefold()] for m in pattern.finditer(said)] if pattern else []
        others = [one for one in found if one != number]
        speaker.append(number)
        named.append(others[0] if others else -1)
        words.append(said)
    return Spoken(np.array(speaker, dtype=np.int64), np.array(named, dtype=np.int64), tuple(words))


def _names(cast: Cast) -> re.Pattern[str] | None:
    names = sorted(cast.number, key=lambda name: (-len(name), name))
    if not names:
        return None
    parts = [rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) for name in names]
    return re.compile("|".join(parts), re.IGNORECASE)
