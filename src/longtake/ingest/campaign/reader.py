"""The events and nodes of a campaign file, as rows like any others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.domain.receipt import Item, Notice
from longtake.errors import UnreadableFileError
from longtake.ingest.campaign.file import parse
from longtake.ingest.head import Head
from longtake.ingest.reader import Context

_CAMPAIGN = re.compile(r"^[ \t]*\[[ \t]*campaign[ \t]*\]", re.MULTILINE)
_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(node|event)[ \t]*\]\]", re.MULTILINE)
_LARGEST = 4 << 20


Placed = TypeVar("Placed", Node, Event)


@dataclass(frozen=True, slots=True)
class CampaignReader:
    """Reads Longtake's own ``campaign.toml``."""

    name: str = "longtake-campaign"
    about: str = "Longtake's own campaign.toml: the campaign's events and communication nodes."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is a campaign file, in [0, 1]."""
        return 0.97 if head.text and _CAMPAIGN.search(head.text) else 0.0

    def read(self, path: Path, context: Context) -> Iterator[Item]:  # noqa: ARG002 -- it carries its own times
        """Yield one row a node or event with the line of its heading, in file order."""
        if path.stat().st_size > _LARGEST:
            raise UnreadableFileError(path, "larger than any campaign file", fix="Keep it under 4 MB.")
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            reason = f"no UTF-8 text at byte {error.start}"
            raise UnreadableFileError(path, reason, fix="Save it as UTF-8.") from error
        campaign = parse(text, path)
        lines: dict[str, list[int]] = {"node": [], "event": []}
        for found in _HEADER.finditer(text):
            lines[found[1]].append(text.count("\n", 0, found.start()) + 1)
        if campaign.unknown_keys:
            yield Notice("unknown_columns", campaign.unknown_keys)
        rows: list[Node | Event] = [
            *_placed(campaign.nodes, lines["node"]),
            *_placed(campaign.events, lines["event"]),
        ]
        yield from sorted(rows, key=lambda row: row.source_line)


def _placed(rows: Sequence[Placed], lines: Sequence[int]) -> list[Placed]:
    """Return rows with the lines of their headings; inline tables count on from the last heading."""
    known = [*lines, *range((lines[-1] if lines else 0) + 1, (lines[-1] if lines else 0) + 1 + len(rows))]
    return [replace(row, source_line=line) for row, line in zip(rows, known, strict=False)]


READER = CampaignReader()
