"""The command that holds a trailer against its film: story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.domain.answers.report import Table
    from longtake.domain.figure import Figure
    from longtake.render.wording import Wording
    from longtake.services.answers.story import Story

SHOWN = 12
"""Rows of a table that a terminal shows; the report and --json have them all."""
ORDER = (
    "story_gaps",
    "story_promises",
    "story_pairs",
    "story_lines",
    "story_parts",
    "story_tags",
    "story_claims",
)


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(story)


def story(
    target: Target,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Compare trailers and copy with the film: gaps on three axes, promises, the card, golden lines."""
    from longtake.render.wording import Wording  # noqa: PLC0415 -- slow import
    from longtake.services.answers import story as stories  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = stories.tell(Workspace.here(), target, progress=bar)
    wording = Wording(say, found.zone)
    if as_json:
        answer(_plain(found, wording))
    else:
        _show(found, wording)


def _show(found: Story, wording: Wording) -> None:
    say = wording.catalogue.say
    if found.section is None:
        out.print(say("cli.story_nothing"))
        return
    for sentence in found.section.sentences:
        parts = [
            f"{piece.text} [{piece.interval}]" if piece.interval else piece.text
            for piece in wording.sentence(sentence)
        ]
        out.print("".join(parts), markup=False)
    out.print()
    rows = [_told(figure, wording) for figure in (*found.section.figures, *found.section.more)]
    show((say("column.figure"), say("page.value"), say("page.how"), "ID"), rows)
    tables = found.section.tables
    for key in (*ORDER, *(name for name in tables if name not in ORDER)):
        if key in tables and tables[key].rows:
            out.print()
            _table(tables[key], say(f"table.{key}"), wording)
    for note in found.section.notes:
        out.print(f"· {say(f'note.{note}')}", markup=False, style="dim")


def _told(figure: Figure, wording: Wording) -> tuple[str, str, str, str]:
    shown = wording.shown(figure.quantity)
    return wording.name(figure), shown.value, shown.small, figure.id


def _table(table: Table, title: str, wording: Wording) -> None:
    kept = [i for i in range(len(table.columns)) if any(row[i] is not None for row in table.rows)]
    rows = [[wording.cell(table.columns[i], row[i]) for i in kept] for row in table.rows[:SHOWN]]
    show([wording.heading(table.columns[i]) for i in kept], rows, title=title)
    if len(table.rows) > SHOWN:
        out.print(wording.catalogue.say("cli.rows_shown", shown=SHOWN, total=len(table.rows)), style="dim")


def _plain(found: Story, wording: Wording) -> dict[str, Any]:
    from longtake.render.data import figure_plain, table_plain  # noqa: PLC0415 -- slow import

    section = found.section
    sentences = [] if section is None else section.sentences
    return {
        "campaign": found.campaign.id,
        "sentences": [
            {"key": one.key, "text": "".join(piece.text for piece in wording.sentence(one))}
            for one in sentences
        ],
        "signs": [{"key": sign.key, "cause": sign.cause, "figure": sign.figure.id} for sign in found.signs],
        "figures": [figure_plain(figure) for figure in found.figures],
        "tables": {} if section is None else {key: table_plain(one) for key, one in section.tables.items()},
        "notes": [] if section is None else list(section.notes),
    }
