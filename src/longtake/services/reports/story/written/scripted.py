"""What the section says of the script: sentences and tables."""

from __future__ import annotations

from collections import Counter, defaultdict

from longtake.domain.answers.report import Cell, Column, Sentence, Table
from longtake.domain.cue import SPOKEN
from longtake.domain.figure import Figure
from longtake.services.reports.masking import masked
from longtake.services.reports.story.tables import gap_table, promise_table, timecode
from longtake.services.reports.story.written.script import Script

NOBODY = "—"
MOST = 200


def sentences(found: Script, figures: dict[str, Figure], *, alone: bool) -> list[Sentence]:
    """Return what the script tells; first the gap where there are no subtitles of the film.

    Args:
        found: The script.
        figures: Its figures by name; gaps under the names of their axes.
        alone: Whether the script stands for a film without subtitles.
    """
    size = {"pages": figures["pages"], "scenes": figures["scenes"], "speakers": figures["speakers"]}
    said = [Sentence("script_read", size)]
    if not found.gaps:
        return [*said, Sentence("script_no_trailer")] if alone else said
    between = found.gaps[0][1]
    axes = (between.intensity, between.relations)
    apart = [axis for axis in axes if axis.found]
    tested = [axis for axis in axes if axis.found is not None]
    if apart:
        told = [
            Sentence(f"script_apart_{axis.name}", {"gap": figures[axis.name]}, tone="warn") for axis in apart
        ]
    elif tested:
        told = [Sentence("script_close", {"gap": figures[tested[0].name]}, tone="good")]
    else:
        told = [Sentence("script_untold")]
    return [*told, *said] if alone else [*said, *told]


def tables(found: Script) -> dict[str, Table]:
    """Return the script's tables that have rows."""
    made = {
        "script_gaps": gap_table(found.gaps),
        "script_promises": promise_table(found.promises),
        "script_scenes": _scenes(found),
        "script_speakers": _speakers(found),
    }
    return {key: table for key, table in made.items() if table.rows}


def _scenes(found: Script) -> Table:
    spoken: Counter[int] = Counter()
    who: dict[int, dict[str, None]] = defaultdict(dict)
    until: dict[int, int] = {}
    for row in found.rows:
        until[row["scene"]] = max(until.get(row["scene"], 0), row["end_ms"])
        if row["kind"] in SPOKEN:
            spoken[row["scene"]] += 1
            if row["speaker"]:
                who[row["scene"]][row["speaker"]] = None
    rows: list[tuple[Cell, ...]] = [
        (
            row["scene"],
            masked(row["text"])[0],
            timecode(row["start_ms"]),
            timecode(until[row["scene"]]),
            spoken[row["scene"]],
            "、".join(who[row["scene"]]) or NOBODY,
        )
        for row in found.rows
        if row["kind"] == "scene"
    ]
    columns = (
        Column("scene", "number"),
        Column("scene_heading", "code"),
        Column("timecode_about", "code"),
        Column("until", "code"),
        Column("cues", "number"),
        Column("speakers", "code"),
    )
    return Table(columns, tuple(rows[:MOST]))


def _speakers(found: Script) -> Table:
    lines: Counter[str] = Counter()
    size: Counter[str] = Counter()
    scenes: dict[str, set[int]] = defaultdict(set)
    first: dict[str, int] = {}
    for row in found.rows:
        if row["kind"] in SPOKEN and row["speaker"]:
            name = row["speaker"]
            lines[name] += 1
            size[name] += sum(not character.isspace() for character in row["text"])
            scenes[name].add(row["scene"])
            first.setdefault(name, row["start_ms"])
    whole = sum(size.values())
    order = sorted(lines, key=lambda name: (-lines[name], name))[:MOST]
    rows = tuple(
        (name, lines[name], round(size[name] / whole, 4), len(scenes[name]), timecode(first[name]))
        for name in order
        if whole
    )
    columns = (
        Column("speaker", "code"),
        Column("cues", "number"),
        Column("share_of_words", "share"),
        Column("scenes", "number"),
        Column("first_about", "code"),
    )
    return Table(columns, rows)
