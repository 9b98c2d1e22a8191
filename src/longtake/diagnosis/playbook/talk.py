"""Words that mark a kind of talk: re-creation, and complaints about marketing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, entries

KINDS = ("recreation", "marketing", "misplaced", "outside")


def words(kind: str, folders: Iterable[Path] = ()) -> tuple[str, ...]:
    """Return the words of one kind of talk, in the order of the packs.

    Args:
        kind: recreation, marketing, misplaced (whom is it for?) or outside (showings, work, school).
        folders: More folders of packs.

    Raises:
        PlaybookError: A pack cannot be used.
        ValueError: There is no such kind.

    Examples:
        >>> "混剪" in words("recreation"), "买热搜" in words("marketing")
        (True, True)
    """
    if kind not in KINDS:
        raise ValueError(f"kind is {kind!r}, expected one of {KINDS}")
    return entries("talk", _made, folders)[kind]


def _made(entry: Entry) -> tuple[str, ...]:
    found = entry.texts("words")
    if not found:
        raise entry.wrong("it holds no words")
    return found
