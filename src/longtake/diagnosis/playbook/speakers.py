"""Words by which people say, in passing, who they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, entries


@dataclass(frozen=True, slots=True)
class Speakers:
    """One kind of people.

    Attributes:
        key: Its name.
        words: What its people say of themselves; a comment that holds one of them is by one of them.
    """

    key: str
    words: tuple[str, ...]


def speakers(folders: Iterable[Path] = ()) -> tuple[Speakers, ...]:
    """Return the kinds of people known, in the order of the packs.

    Args:
        folders: More folders of packs.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> [one.key for one in speakers() if "带娃" in one.words]
        ['parents']
    """
    return tuple(entries("speaker", _made, folders).values())


def _made(entry: Entry) -> Speakers:
    found = entry.texts("words")
    if not found:
        raise entry.wrong("it holds no words")
    return Speakers(entry.key, found)
