"""One reader for every table of MediaCrawler, driven by its shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from longtake.domain.receipt import Item, Notice, Refused
from longtake.ingest.cells import Unfit
from longtake.ingest.formats.delimited import records
from longtake.ingest.formats.table import dicts
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.social.drift import Drift
from longtake.ingest.social.mediacrawler.comments import CommentPlan
from longtake.ingest.social.mediacrawler.plan import Plan, faults, unknown
from longtake.ingest.social.mediacrawler.spec import Shape
from longtake.ingest.social.mediacrawler.workbook import stacked
from longtake.ingest.social.mediacrawler.works import WorkPlan
from longtake.ingest.social.records import flat
from longtake.ingest.values import BadValue

_CERTAIN, _LIKELY = 0.95, 0.7


def plan_of(shape: Shape, columns: Sequence[str], context: Context) -> Plan:
    """Return how the records of a table with these columns become rows."""
    return (CommentPlan if shape.table == "comments" else WorkPlan)(shape, columns, context)


class MediaCrawlerReader:
    """Reads one table of one platform, in both generations of its columns.

    Args:
        shape: The table.
        tables: Every table of the platform by the name of its sheet; a workbook holds them all.
    """

    def __init__(self, shape: Shape, tables: Mapping[str, Shape]) -> None:
        self.name, self.about = shape.name, shape.about
        self.shape, self.tables = shape, tables

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure the reader is, by the columns alone."""
        columns = frozenset(head.record if head.form in {"json", "jsonl"} else head.columns)
        if head.form not in {"csv", "jsonl", "json", "xlsx"} or not self.shape.fits(columns):
            return 0.0
        return _CERTAIN if "last_modify_ts" in columns else _LIKELY

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield rows, refusals and notices in file order."""
        form = context.head.form
        if form == "csv":
            yield from self._delimited(path, context)
        elif form == "xlsx":
            yield from self._workbook(path, context)
        else:
            yield from self._objects(path, context)

    def _delimited(self, path: Path, context: Context) -> Iterator[Item]:
        columns = context.head.columns
        yield from _strange(unknown(self.shape, columns))
        rows = plan_of(self.shape, columns, context).rows
        drift, width = Drift(columns), len(columns)
        for line, cells in records(path, context.head):
            if len(cells) != width:
                yield drift.refused(line, cells)
                continue
            try:
                made = rows(line, cells)
            except BadValue as bad:
                yield drift.refused(line, cells, _faults(self.shape, columns, cells, bad))
                continue
            drift.steady()
            yield from made
        yield from drift.notices()

    def _objects(self, path: Path, context: Context) -> Iterator[Item]:
        shape = self.shape
        columns = tuple(dict.fromkeys((*shape.fields, *shape.metrics)))
        rows = plan_of(shape, columns, context).rows
        marks, known, strange = shape.marks, shape.known, set[str]()
        for line, record in dicts(path, context.head):
            if isinstance(record, Refused):
                yield record
            elif not marks <= record.keys():
                missing = ", ".join(sorted(marks - record.keys()))
                yield Refused(line, "*", ",".join(record)[:80], f"an object that also has {missing}")
            else:
                strange.update(record.keys() - known)
                try:
                    cells = [flat(record, column) for column in columns]
                    made = rows(line, cells)
                except Unfit as unfit:
                    yield unfit.refused(line)
                except BadValue as bad:
                    yield _faults(shape, columns, cells, bad)[0].refused(line)
                else:
                    yield from made
        yield from _strange(tuple(sorted(strange)))

    def _workbook(self, path: Path, context: Context) -> Iterator[Item]:
        for table in stacked(path, context.head, self.tables, self.shape):
            if table.shape is None:
                yield Notice("summary_row", (table.name,))
                continue
            yield from _strange(unknown(table.shape, table.columns))
            rows = plan_of(table.shape, table.columns, context).rows
            drift = Drift(table.columns)
            for line, cells in table.records:
                if len(cells) != len(table.columns):
                    yield drift.refused(line, cells)
                    continue
                try:
                    made = rows(line, cells)
                except BadValue as bad:
                    yield drift.refused(line, cells, _faults(table.shape, table.columns, cells, bad))
                    continue
                drift.steady()
                yield from made
            yield from drift.notices()


def _strange(columns: tuple[str, ...]) -> Iterator[Notice]:
    if columns:
        yield Notice("unknown_columns", columns)


def _faults(shape: Shape, columns: Sequence[str], cells: Sequence[str], bad: BadValue) -> list[Unfit]:
    return faults(shape, columns, cells) or [Unfit("*", "", bad.expected)]
