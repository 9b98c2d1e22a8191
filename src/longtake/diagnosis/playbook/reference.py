"""What is usual: rates a campaign is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries


@dataclass(frozen=True, slots=True)
class Reference:
    """A usual rate and where it comes from.

    Attributes:
        key: Its name: pass_on, makers, or ``funnel.<from>.<to>``.
        value: The rate, above 0, a share of what it is counted in.
        about: What it is, and how it was found.
        pack: Name and date of its pack.
    """

    key: str
    value: float
    about: Said
    pack: str


def references(folders: Iterable[Path] = ()) -> dict[str, Reference]:
    """Return the references by key; those of ``folders`` replace the packaged ones.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> 0 < references()["pass_on"].value < 0.2
        True
    """
    return entries("reference", _made, folders)


def _made(entry: Entry) -> Reference:
    value = entry.get("value", float)
    if not 0 < value <= 1:
        raise entry.wrong(f"value is {value}, expected a rate in (0, 1]")
    return Reference(entry.key, value, entry.said("about"), entry.pack)
