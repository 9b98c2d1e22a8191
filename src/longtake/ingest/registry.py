"""All readers, and which of them a file is for."""

from __future__ import annotations

from pathlib import Path

from longtake.errors import UnknownFormatError
from longtake.ingest import backoffice, campaign, lists, market, script, social, templates, timeline, western
from longtake.ingest.head import Head
from longtake.ingest.peek import peek
from longtake.ingest.reader import Reader

ENOUGH = 0.5

READERS: tuple[Reader, ...] = (
    *campaign.READERS,
    *social.READERS,
    *market.READERS,
    *lists.READERS,
    *backoffice.READERS,
    *western.READERS,
    *timeline.READERS,
    *script.READERS,
    *templates.READERS,
)
"""Every reader; of two that are equally sure of a file, the earlier one has it."""


def recognise(path: Path) -> tuple[Reader, Head]:
    """Return the reader that is surest of a file, and the file's head; the first of equals.

    Raises:
        UnknownFormatError: No reader is at least half sure; it carries the columns, for a mapping.
        UnreadableFileError: The file is damaged or hostile.
    """
    head = peek(path)
    best, score = None, 0.0
    for reader in READERS:
        sure = reader.sniff(head, path)
        if sure > score:
            best, score = reader, sure
    if best is None or score < ENOUGH:
        raise UnknownFormatError(path, columns=tuple(column for column in head.columns if column))
    return best, head
