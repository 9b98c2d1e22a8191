"""Rows of the lake in the order a person reads them; files to take along keep every column as it is."""

from __future__ import annotations

from longtake.domain.answers.report import Cell, Column, Table

FIRST = (
    "at",
    "platform",
    "text",
    "title",
    "subject",
    "polarity",
    "score_e4",
    "label",
    "likes",
    "source_file",
    "source_line",
)
TEN_THOUSANDTHS = frozenset({"score_e4", "label_p_e4"})
FOR_PROGRAMS = frozenset({"span_start", "span_end", "at_end"})


def readable(table: Table) -> Table:
    """Return rows with what was said and where it stands in front, and everything else behind.

    Positions inside texts are left out, and the end of a moment; scores in ten-thousandths become scores.

    Examples:
        >>> given = ("author", "source_line", "at_end", "text", "score_e4", "at")
        >>> rows = (("a1", 7, "10:00", "好看", 5769, "10:00"),)
        >>> made = readable(Table(tuple(Column(name) for name in given), rows))
        >>> [(column.key, value) for column, value in zip(made.columns, made.rows[0], strict=True)]
        [('at', '10:00'), ('text', '好看'), ('score_e4', 0.5769), ('source_line', 7), ('author', 'a1')]
    """
    keys = [column.key for column in table.columns]
    shown = [key for key in keys if key not in FOR_PROGRAMS]
    order = sorted(range(len(shown)), key=lambda i: (_place(shown[i]), i))
    where = [keys.index(shown[i]) for i in order]
    columns = tuple(_column(table.columns[i]) for i in where)
    rows = tuple(tuple(_cell(keys[i], row[i]) for i in where) for row in table.rows)
    return Table(columns, rows)


def _place(key: str) -> int:
    return FIRST.index(key) if key in FIRST else len(FIRST)


def _column(column: Column) -> Column:
    return Column(column.key, "number") if column.key in TEN_THOUSANDTHS else column


def _cell(key: str, value: Cell) -> Cell:
    if key in TEN_THOUSANDTHS and isinstance(value, int):
        return value / 10_000
    return value
