"""The command that draws the tree of invitations: referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.domain.answers.report import Section
    from longtake.render.wording import Wording
    from longtake.services.answers.referrals import Brought

SHOWN = 12
"""Rows of a table that a terminal shows; the report and --json have them all."""


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(referrals)


def referrals(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show who brought whom: further people a person brings, how unevenly, by generation and channel."""
    from longtake.render.wording import Wording  # noqa: PLC0415 -- slow import
    from longtake.services.answers import referrals as answers  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = answers.brought(Workspace.here(), target, progress=bar)
    wording = Wording(say, found.zone)
    if as_json:
        answer(_plain(found, wording))
    elif found.section is None:
        out.print(say.say("cli.referrals_nothing"))
    else:
        _show(found.section, wording)


def _show(section: Section, wording: Wording) -> None:
    say = wording.catalogue.say
    for sentence in section.sentences:
        parts = [
            f"{piece.text} [{piece.interval}]" if piece.interval else piece.text
            for piece in wording.sentence(sentence)
        ]
        out.print("".join(parts), markup=False)
    out.print()
    rows = []
    for figure in (*section.figures, *section.more):
        shown = wording.shown(figure.quantity)
        rows.append((wording.name(figure), shown.value, shown.small, figure.id))
    show((say("column.figure"), say("page.value"), say("page.how"), "ID"), rows)
    for key, table in section.tables.items():
        out.print()
        cells = [
            [wording.cell(column, cell) for column, cell in zip(table.columns, row, strict=True)]
            for row in table.rows[:SHOWN]
        ]
        show([wording.heading(column) for column in table.columns], cells, title=say(f"table.{key}"))
        if len(table.rows) > SHOWN:
            out.print(say("cli.rows_shown", shown=SHOWN, total=len(table.rows)), style="dim")
    for note in section.notes:
        out.print(f"· {say(f'note.{note}')}", markup=False, style="dim")


def _plain(found: Brought, wording: Wording) -> dict[str, Any]:
    from longtake.render.data import figure_plain, table_plain  # noqa: PLC0415 -- slow import

    section = found.section
    sentences = [] if section is None else section.sentences
    return {
        "campaign": found.campaign.id,
        "sentences": [
            {"key": one.key, "text": "".join(piece.text for piece in wording.sentence(one))}
            for one in sentences
        ],
        "figures": [figure_plain(figure) for figure in found.figures],
        "tables": {} if section is None else {key: table_plain(one) for key, one in section.tables.items()},
        "notes": [] if section is None else list(section.notes),
    }
