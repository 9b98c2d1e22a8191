"""A chart over time whose lines are told apart by meaning and may carry a band."""

from __future__ import annotations

from longtake.domain.answers.report import Cell, Chart, Column, Mark, Table

Rows = tuple[tuple[Cell, ...], ...]


def banded(
    name: str, rows: Rows, *, y: str, kind: str, unit: str, marks: tuple[Mark, ...], figure: str
) -> Chart:
    """Return the chart of rows ``(at, series, value, low, high)``.

    Args:
        name: Id of the chart; its title is the message ``chart.<name>`` with ``_`` for ``-``.
        rows: In order of series and time; None where an end or a value is not known.
        y: Key of the value's column.
        kind: Kind of the columns of value and ends.
        unit: Unit of the value.
        marks: Acts on the axis.
        figure: Id of the figure whose rows stand behind it.
    """
    ends = (Column(y, kind), Column("low", kind), Column("high", kind))
    return Chart(
        id=name,
        title=name.replace("-", "_"),
        form="timeline",
        table=Table((Column("at", "time"), Column("series", "code"), *ends), rows),
        x="at",
        y=y,
        series="series",
        low="low",
        high="high",
        unit=unit,
        marks=marks,
        figures=(figure,),
    )
