"""Longtake's own tables: counts, events, box office, comments, nodes and referrals."""

from longtake.ingest.reader import Reader
from longtake.ingest.templates import boxoffice, comments, counts, events, nodes, referrals

READERS: tuple[Reader, ...] = (
    boxoffice.READER,
    comments.READER,
    counts.READER,
    events.READER,
    nodes.READER,
    referrals.READER,
)

__all__ = ["READERS"]
