"""Longtake's own tables: counts, events, box office, comments and nodes."""

from longtake.ingest.reader import Reader
from longtake.ingest.templates import boxoffice, comments, counts, events, nodes

READERS: tuple[Reader, ...] = (
    boxoffice.READER,
    comments.READER,
    counts.READER,
    events.READER,
    nodes.READER,
)

__all__ = ["READERS"]
