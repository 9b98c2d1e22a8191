"""A communication node: one thing the campaign puts before people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Node:
    """A trailer, poster, interview, challenge ..., identified by ``node_id``.

    Attributes:
        node_id: The campaign's own name of the node.
        kind: trailer, poster, interview, behind_the_scenes, kol_brief, challenge, screening,
            official_post or another word.
        source_line: 1-based line or record number in the source file; 0 from ``campaign.toml``.
        at: When it went out, aware UTC.
        platform: Where it went out.
        title: Its name.
        text: Its copy.
        file: Its file, relative to the campaign folder.
        entry: How people can take part: vote, template, challenge, cta or none; None when not said.
        owner: Who answers for it.
    """

    node_id: str
    kind: str
    source_line: int = 0
    at: datetime | None = None
    platform: str | None = None
    title: str | None = None
    text: str | None = None
    file: str | None = None
    entry: str | None = None
    owner: str | None = None
