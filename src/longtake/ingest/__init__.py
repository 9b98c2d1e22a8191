"""Read the files people have: one reader a format, a row or a refusal for each record."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from longtake.domain.receipt import Notice, Refused, Row
from longtake.ingest.identity import pseudonym
from longtake.ingest.reader import Context, Reader
from longtake.ingest.registry import READERS, recognise
from longtake.ingest.values.moment import SHANGHAI

__all__ = ["read", "readers", "recognise"]


def readers() -> tuple[Reader, ...]:
    """Return every reader, in the order in which they are asked."""
    return READERS


def read(
    path: str | Path, observed_at: datetime | str | None = None, *, key: bytes | None = None
) -> Iterator[Row | Refused]:
    """Yield the rows and refusals of one file, in file order.

    Args:
        path: Of the file; its reader is found by its content.
        observed_at: When the file was taken from the platform; without a zone, Beijing time.
        key: Secret that makes author ids unreadable; without it, the workspace's own
            (``$LONGTAKE_WORKSPACE/key``), or one that lasts as long as the process.

    Raises:
        LongtakeError: The file as a whole cannot be read.
        ValueError: ``observed_at`` is no ISO date and time.
    """
    source = Path(path)
    seen = datetime.fromisoformat(observed_at) if isinstance(observed_at, str) else observed_at
    if seen is not None:
        seen = (seen if seen.tzinfo else seen.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    reader, head = recognise(source)
    context = Context(head=head, observed_at=seen, pseudonym=pseudonym(key or _key()), name=source.name)
    return (item for item in reader.read(source, context) if not isinstance(item, Notice))


def _key() -> bytes:
    found = Path(os.environ.get("LONGTAKE_WORKSPACE") or "longtake-data") / "key"
    if found.is_file():
        return found.read_bytes()
    return _fleeting_key()


@cache
def _fleeting_key() -> bytes:
    return secrets.token_bytes(32)
