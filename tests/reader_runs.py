"""Runs one reader over one file the way an import does, and checks what every reader promises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item, Notice, Refused
from longtake.ingest import backoffice, lists, market, templates, timeline, western
from longtake.ingest.identity import pseudonym
from longtake.ingest.reader import Context
from longtake.ingest.registry import recognise

SEEDS = Path(__file__).parent / "contracts" / "seeds"
KEY = bytes(range(32))
NAMED = pseudonym(KEY)

MINE = [
    reader
    for family in (templates, market, lists, backoffice, western, timeline)
    for reader in family.READERS
]


def seed(name: str) -> Path:
    """Return the one invented file of a reader."""
    found = sorted(SEEDS.glob(f"{name}.*"))
    assert len(found) == 1, f"one invented file for {name}, found {found}"
    return found[0]


def run(reader: str, path: Path, *, observed_at: datetime | None = None, name: str = "") -> list[Item]:
    """Recognise a file as ``reader``'s and return everything the reader yields."""
    found, head = recognise(path)
    assert found.name == reader
    return list(found.read(path, Context(head, observed_at, NAMED, name or path.name)))


def kept(items: Iterable[Item]) -> list[Item]:
    """Return the rows alone."""
    return [item for item in items if not isinstance(item, (Refused, Notice))]


def refused(items: Iterable[Item]) -> list[tuple[int, str]]:
    """Return line and column of each refusal."""
    return [(item.line, item.column) for item in items if isinstance(item, Refused)]


def notices(items: Iterable[Item]) -> list[Notice]:
    """Return the notices alone."""
    return [item for item in items if isinstance(item, Notice)]


def numbers(items: Iterable[Item], line: int) -> dict[str, float | None]:
    """Return metric to value of the observations of one record."""
    return {
        item.metric: item.value
        for item in items
        if isinstance(item, Observation) and item.source_line == line
    }
