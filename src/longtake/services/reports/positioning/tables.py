"""Circles side by side: what each says of each aspect, who came, and who answered the closing questions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from longtake.domain.answers.report import Cell, Chart, Column, Table
from longtake.domain.estimate import Estimate, Quantity
from longtake.services.reports.draft import Draft
from longtake.services.reports.positioning import measured
from longtake.services.reports.positioning.crowd import QUESTIONS, Crowd, crowd

ENDS = ("low", "high")
FEW = 10
"""People below which a share is not shown."""


def means(draft: Draft) -> Chart | None:
    """Return mean polarity by circle with its interval; None with fewer than two circles."""
    people, found = crowd(draft), measured.apart(draft)
    rows = _rows([((circle.name,), mean) for circle, mean in zip(people.circles, found.means, strict=True)])
    columns = (Column("circle", "code"), *_numbers("polarity", "number"))
    return _chart("positioning-circles", "positioning_circles", Table(columns, rows), "polarity")


def aspect(draft: Draft, name: str) -> Chart | None:
    """Return the favourable share of one aspect by circle with its interval."""
    people, (names, _, _) = crowd(draft), measured.judged(crowd(draft))
    column = names.index(name)
    cells = [
        ((c.name,), row[column]) for c, row in zip(people.circles, measured.matrix(draft).cells, strict=True)
    ]
    columns = (Column("circle", "code"), *_numbers("share", "share"))
    return _chart("positioning-aspect", "positioning_aspect", Table(columns, _rows(cells)), "share")


def resonance(draft: Draft) -> Table:
    """Return the resonance matrix, an aspect and circle a row, the aspects circles differ on most first."""
    people, (names, _, _) = crowd(draft), measured.judged(crowd(draft))
    found = measured.matrix(draft)
    order = sorted(range(len(names)), key=lambda j: (-_value(found.split[j]), names[j]))
    cells = [
        ((names[j], circle.name), row[j])
        for j in order
        for circle, row in zip(people.circles, found.cells, strict=True)
    ]
    columns = (Column("aspect", "code"), Column("circle", "code"), *_numbers("share", "share"))
    return Table(columns, _rows(cells))


def audience(draft: Draft) -> Table:
    """Return planned and observed shares of the audience by circle."""
    people, found = crowd(draft), measured.came(draft)
    rows: list[tuple[Cell, ...]] = []
    for circle, seen, differs in zip(people.circles, found.observed, found.differ, strict=True):
        if isinstance(seen, Estimate):
            rows.append((circle.name, circle.planned_share, seen.value, seen.low, seen.high, differs, seen.n))
    columns = (
        Column("circle", "code"),
        *(Column(key, "share") for key in ("planned_share", "observed_share", *ENDS)),
        Column("off_plan", "flag"),
        Column("n", "number"),
    )
    return Table(columns, tuple(rows))


def answers(draft: Draft) -> Table:
    """Return the share of each circle's people who answer each of the three closing questions."""
    people = crowd(draft)
    if not people.answers.any():
        return Table((), ())
    rows: list[tuple[Cell, ...]] = []
    for number, circle in enumerate(people.circles):
        inside = people.answers[people.member[:, number]]
        shares = inside.mean(axis=0).tolist() if len(inside) >= FEW else [None] * len(QUESTIONS)
        rows.append((circle.name, len(inside), *shares))
    columns = (Column("circle", "code"), Column("people", "number"), *(Column(q, "share") for q in QUESTIONS))
    return Table(columns, tuple(rows))


def reactions(draft: Draft) -> Table:
    """Return what marks each group of people who praise and blame alike; no rows without clear groups."""
    found = measured.reacting(draft)
    if found is None or not found.clear:
        return Table((), ())
    rows: list[tuple[Cell, ...]] = [
        (
            chr(65 + group),
            int(found.sizes[group]),
            found.votes.statements[mark.statement],
            "likes" if mark.agrees else "dislikes",
            mark.leaning.chosen / mark.leaning.seen,
            mark.leaning.seen,
        )
        for group, marks in enumerate(found.marks)
        for mark in marks
    ]
    columns = (
        Column("group", "code"),
        Column("people", "number"),
        Column("aspect", "code"),
        Column("side_taken", "code"),
        Column("share", "share"),
        Column("n", "number"),
    )
    return Table(columns, tuple(rows))


def shares_of(people: Crowd, name: str) -> tuple[int, int]:
    """Return how many judge an aspect favourably, and how many judge it at all."""
    if name not in people.aspects:
        return 0, 0
    own = people.judged[:, people.aspects.index(name)]
    return int((own == 1).sum()), int(np.isfinite(own).sum())


def _numbers(name: str, kind: str) -> tuple[Column, ...]:
    return (*(Column(key, kind) for key in (name, *ENDS)), Column("n", "number"))


def _rows(cells: Sequence[tuple[tuple[str, ...], Quantity]]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (*names, round(one.value, 4), round(one.low, 4), round(one.high, 4), one.n)
        for names, one in cells
        if isinstance(one, Estimate)
    )


def _value(quantity: Quantity) -> float:
    return quantity.value if isinstance(quantity, Estimate) else 0.0


def _chart(name: str, title: str, table: Table, unit: str) -> Chart | None:
    if len(table.rows) < 2:
        return None
    return Chart(
        id=name,
        title=title,
        form="interval",
        table=table,
        x="circle",
        y="polarity" if unit == "polarity" else "share",
        low="low",
        high="high",
        unit=unit,
    )
