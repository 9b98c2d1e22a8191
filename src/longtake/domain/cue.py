"""One subtitle on the timeline of a film or trailer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """One line on screen, identified by its file's node and its number.

    Attributes:
        node_id: The film or communication node; the file's stem when the campaign does not tell.
        number: 1-based position on the timeline.
        start_ms: Milliseconds from the start.
        end_ms: Milliseconds from the start, not before ``start_ms``.
        text: Words without markup; lines joined by a newline.
        source_line: 1-based line or record number in the source file.
        speaker: Name of the speaker where the file tells.
    """

    node_id: str
    number: int
    start_ms: int
    end_ms: int
    text: str
    source_line: int
    speaker: str | None = None
