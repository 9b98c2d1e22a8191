"""HTML pages saved from a browser, as a stream of tags and text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from longtake.errors import HostileFileError
from longtake.ingest.formats.textfile import chunks
from longtake.ingest.head import Head
from longtake.ingest.values.markup import Token, tokens

PAGE_LIMIT = 32 << 20


def events(path: Path, head: Head) -> Iterator[tuple[int, Token]]:
    """Yield ``(1-based line, token)`` for each tag and text of a page, in order.

    Nothing is loaded or run, and the time is linear in the page's length whatever stands in it.

    Raises:
        HostileFileError: The page is larger than 32 MB.
        UnreadableFileError: The encoding breaks.
    """
    if path.stat().st_size > PAGE_LIMIT:
        raise HostileFileError(path, f"a page of more than {PAGE_LIMIT >> 20} MB")
    html = "".join(chunks(path, head.encoding or "utf-8"))
    line = place = 0
    for token in tokens(html):
        line += html.count("\n", place, token.at)
        place = token.at
        yield line + 1, token
