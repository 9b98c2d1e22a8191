"""One section of a report on a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from longtake.cli.console import answer, out, show

if TYPE_CHECKING:
    from longtake.domain.answers.report import Section, Table
    from longtake.domain.figure import Figure
    from longtake.render.wording import Wording
    from longtake.services.answers.alone import Alone

SHOWN = 12
"""Rows of a table that a terminal shows; the report and --json have them all."""


def tell(found: Alone, wording: Wording, *, as_json: bool, nothing: str, order: Sequence[str] = ()) -> None:
    """Print what was found.

    Args:
        found: A section measured by itself.
        wording: In whose language.
        as_json: As plain data, whole.
        nothing: Key of what is said where the files are missing.
        order: Tables that come first.
    """
    if as_json:
        answer(_plain(found, wording))
    elif found.section is None:
        out.print(wording.catalogue.say(nothing))
    else:
        _show(found.section, wording, order)


def _show(section: Section, wording: Wording, order: Sequence[str]) -> None:
    say = wording.catalogue.say
    for sentence in section.sentences:
        parts = [
            f"{piece.text} [{piece.interval}]" if piece.interval else piece.text
            for piece in wording.sentence(sentence)
        ]
        out.print("".join(parts), markup=False)
    out.print()
    rows = [_told(figure, wording) for figure in (*section.figures, *section.more)]
    show((say("column.figure"), say("page.value"), say("page.how"), "ID"), rows)
    tables = section.tables
    for key in (*order, *(name for name in tables if name not in order)):
        if key in tables and tables[key].rows:
            out.print()
            _table(tables[key], say(f"table.{key}"), wording)
    for note in section.notes:
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


def _plain(found: Alone, wording: Wording) -> dict[str, Any]:
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
