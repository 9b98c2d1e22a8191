"""Pieces of a screenplay before they have a time, and its lines before they are pieces."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.receipt import Notice, Refused


@dataclass(frozen=True, slots=True)
class Element:
    """One piece of a script.

    Attributes:
        kind: As in :class:`~longtake.domain.script.ScriptLine`.
        text: Its words, markup taken off.
        line: 1-based line it starts at.
        speaker: Who says it.
        note: Extension, scene number or title key.
        opens: Whether it is the first piece under a speaker's name.
        dual: Whether it is spoken beside the speech before it.
    """

    kind: str
    text: str
    line: int
    speaker: str | None = None
    note: str | None = None
    opens: bool = False
    dual: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a script: its number, and its text without a line end."""

    number: int
    text: str


Piece = Element | Refused | Notice
