"""A line of a film: a subtitle on its timeline, or a piece of its script at a time the pages give."""

from __future__ import annotations

from dataclasses import dataclass

SPOKEN = ("dialogue", "lyric")
"""Kinds of pieces that an audience hears."""


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


@dataclass(frozen=True, slots=True)
class ScriptLine:
    """A heading, a speech, a description ... of a script, identified by its file's node and its number.

    Attributes:
        node_id: The file's stem.
        number: 1-based position in the script.
        kind: scene, dialogue, lyric, action, parenthetical, transition, section, synopsis, setting, cast,
            note or title.
        text: Words without markup; lines joined by a newline.
        scene: 1-based number of the scene it stands in; 0 before the first.
        start_ms: Where it starts by the rule, milliseconds; what is not printed takes no time.
        end_ms: Where it ends by the rule, not before ``start_ms``.
        source_line: 1-based line in the source file.
        speaker: Who says it, without extensions.
        note: Extension of the speaker (V.O., O.S.), number of a scene, or key of a title.
    """

    node_id: str
    number: int
    kind: str
    text: str
    scene: int
    start_ms: int
    end_ms: int
    source_line: int
    speaker: str | None = None
    note: str | None = None
