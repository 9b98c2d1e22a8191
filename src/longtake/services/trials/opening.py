"""The rows a figure of a trial counts: those of the files that were dropped in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from longtake.domain.answers.report import Cell
from longtake.domain.figure import Figure
from longtake.domain.trials.rows import Row
from longtake.errors import NotFoundError
from longtake.services.evidence import MARK, Rows
from longtake.services.trials.book import Book, folded, load
from longtake.services.trials.entering.columns import metric_columns
from longtake.services.trials.looks.learned import figures_of_look
from longtake.services.trials.place import ID
from longtake.services.workspace import Workspace

PLACE = re.compile(r"trial\.(?P<trial>[a-z0-9-]{1,40})\.(?P<part>(arm|effect)\.\d{1,3})")


def is_of_trial(figure: str) -> bool:
    """Whether an id is that of a trial's figure.

    Examples:
        >>> is_of_trial("lights:trial.cut.arm.0"), is_of_trial("lights:heat.comments.weibo")
        (True, False)
    """
    return PLACE.fullmatch(figure.partition(MARK)[2]) is not None


def rows_behind(workspace: Workspace, figure: str, *, limit: int, offset: int = 0) -> Rows:
    """Return the rows that a figure of a trial's last look counts, each with the file and line it came from.

    Args:
        workspace: Where the trial lies.
        figure: The figure's id, ``campaign:trial.<trial>.arm.<n>`` or ``….effect.<n>``.
        limit: Most rows to return.
        offset: Rows to pass over.

    Raises:
        NotFoundError: There is no such trial, nobody looked at it yet, or its last look has no such figure.
        BrokenChainError: Its entries are not what was written.
    """
    campaign, _, place = figure.partition(MARK)
    found = PLACE.fullmatch(place)
    if found is None or not ID.fullmatch(found["trial"]):
        raise NotFoundError("figure", figure)
    book = load(workspace, campaign, found["trial"])
    figures = figures_of(book)
    if figure not in figures:
        raise NotFoundError("figure", figure, known=tuple(figures), fix="Look at the trial first.")
    seen = book.looks[-1]
    return opened(folded(book.entries[: seen.entry]), figures[figure], limit=limit, offset=offset)


def figures_of(book: Book) -> dict[str, Figure]:
    """Return the figures of a trial's last look by id; none before the first look."""
    last = book.looks[-1].look if book.looks else None
    return {one.id: one for one in figures_of_look(book, last)} if last is not None else {}


def judged_figure(book: Book) -> str:
    """Return the id of the difference that a trial's last look judges.

    Raises:
        NotFoundError: Nobody looked at it yet, or the look compares nothing.
    """
    judged = book.looks[-1].look.judged if book.looks else None
    for one in figures_of(book).values():
        told = (one.slots.get("arm"), one.slots.get("metric")) if "control" in one.slots else None
        if judged is not None and told == (judged.arm, judged.metric):
            return one.id
    raise NotFoundError("figure", f"{book.trial.campaign}{MARK}trial.{book.trial.id}.effect")


def opened(book: Book, figure: Figure, *, limit: int, offset: int = 0) -> Rows:
    """Return the rows behind a figure, as they stood when it was counted.

    An arm counts its own rows since the start, a difference those of both arms that tell the metric. Where
    places or days stand for arms, every row counts: the days before are what is compared with.

    Args:
        book: The trial, up to the look that counted.
        figure: The figure.
        limit: Most rows to return.
        offset: Rows to pass over.
    """
    trial = book.trial
    rows: Sequence[Row] = book.ordered
    if not trial.by_place:
        named = {figure.slots["arm"], figure.slots.get("control", figure.slots["arm"])}
        rows = [row for row in book.since() if row.arm in named and figure.slots["metric"] in row.sums]
    told = [(metric.key, metric_columns(metric, trial)) for metric in trial.metrics]
    columns = ("day", "arm", "place", "units", *(name for _, names in told for name in names))
    cells: list[tuple[Cell, ...]] = []
    for row in rows[offset : offset + limit]:
        sums = [
            value
            for key, names in told
            for value in (row.sums.get(key) or (None,) * len(names))[: len(names)]
        ]
        head = (row.at, row.arm or None, row.place or None, row.units)
        cells.append((*head, *sums, book.files.get(row.key), row.line))
    return Rows(len(rows), (*columns, "source_file", "source_line"), tuple(cells))
