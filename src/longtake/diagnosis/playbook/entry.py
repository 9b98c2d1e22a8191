"""Which way to take part fits which kind of communication node."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries

ENTRIES = ("vote", "template", "challenge", "cta")
ANY = "any"


@dataclass(frozen=True, slots=True)
class Fit:
    """The entry that fits one kind of node, perhaps on one platform alone.

    Attributes:
        key: Its name.
        kind: Kind of node; ``any`` for all others.
        platform: Platform; ``any`` for all others.
        entry: vote, template, challenge or cta.
        why: Why it fits.
        how: What the entry could be.
    """

    key: str
    kind: str
    platform: str
    entry: str
    why: Said
    how: Said


def fits(folders: Iterable[Path] = ()) -> tuple[Fit, ...]:
    """Return what fits, in the order of the packs.

    Raises:
        PlaybookError: A pack cannot be used.
    """
    return tuple(entries("entry", _made, folders).values())


def fitting(kind: str, platform: str | None, known: Iterable[Fit]) -> Fit | None:
    """Return the entry that fits a node: kind and platform before kind alone, before platform, before any.

    Examples:
        >>> fitting("trailer", "douyin", fits()).entry
        'template'
    """

    def distance(fit: Fit) -> int:
        return 2 * (fit.kind != kind) + (fit.platform != platform)

    able = [fit for fit in known if fit.kind in {kind, ANY} and fit.platform in {platform, ANY}]
    return min(able, key=distance, default=None)


def _made(entry: Entry) -> Fit:
    return Fit(
        entry.key,
        entry.get("kind", str, ANY),
        entry.get("platform", str, ANY),
        entry.one_of("entry", ENTRIES),
        entry.said("why"),
        entry.said("how"),
    )
