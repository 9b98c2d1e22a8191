"""What every reader is: a name, a guess, and a stream of rows or refusals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from longtake.domain.receipt import Item
from longtake.ingest.head import Head

Pseudonym = Callable[[str, str], str]
"""Turns ``(platform, author id or name)`` into 16 hexadecimal digits that only the key's holder can match."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a reader may know besides the file's bytes.

    Attributes:
        head: The file's head, as ``sniff`` saw it.
        observed_at: When the file was taken from the platform, aware UTC; None when nobody knows.
        pseudonym: How author ids are made unreadable.
        name: The file's own name (a member's name inside an archive); names may carry a date or a keyword.
    """

    head: Head
    observed_at: datetime | None
    pseudonym: Pseudonym
    name: str


class Reader(Protocol):
    """One format.

    For each source record, in file order, ``read`` yields either one or more rows or exactly one
    ``Refused`` (a record with a bad cell is refused whole), all with the record's ``source_line``;
    notices may stand anywhere. Only ``LongtakeError`` may leave it, and only for the file as a whole.
    """

    @property
    def name(self) -> str:
        """Stable, lower case, with hyphens: ``mediacrawler-weibo-comments``."""
        ...

    @property
    def about(self) -> str:
        """One line for people: which product writes this and how it is exported."""
        ...

    def sniff(self, head: Head, path: Path) -> float:
        """Return how sure the reader is that the file is its own, in [0, 1], by content, not by name."""
        ...

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield rows, refusals and notices in file order."""
        ...
