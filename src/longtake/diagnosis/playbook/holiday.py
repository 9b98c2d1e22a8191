"""Public holidays, from dated packs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries


@dataclass(frozen=True, slots=True)
class Holiday:
    """One public holiday.

    Attributes:
        key: Name and year.
        first: First free day.
        last: Last free day.
        name: What it is called.
    """

    key: str
    first: date
    last: date
    name: Said


def holidays(folders: Iterable[Path] = ()) -> tuple[Holiday, ...]:
    """Return the holidays known, in order of their first day.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> [(h.first.isoformat(), h.last.isoformat()) for h in holidays() if h.key == "spring-2026"]
        [('2026-02-15', '2026-02-23')]
    """
    return tuple(sorted(entries("holiday", _made, folders).values(), key=lambda one: (one.first, one.key)))


def ended(first: date, last: date, known: Iterable[Holiday]) -> tuple[Holiday, ...]:
    """Return the holidays whose last day lies in [first, last)."""
    return tuple(one for one in known if first <= one.last < last)


def covered(first: date, last: date, known: Iterable[Holiday]) -> bool:
    """Return whether the tables hold every year of a span of days."""
    years = {one.last.year for one in known}
    return set(range(first.year, last.year + 1)) <= years


def _made(entry: Entry) -> Holiday:
    first, last = entry.days("days")
    return Holiday(entry.key, first, last, entry.said("name"))
