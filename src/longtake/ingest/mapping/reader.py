"""Reads a table whose columns a person explained."""

from __future__ import annotations

import collections.abc
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from longtake.domain.receipt import Item, Notice, Refused, Row
from longtake.ingest.cells import strangers
from longtake.ingest.formats.outline import as_text
from longtake.ingest.formats.table import dicts
from longtake.ingest.head import Head
from longtake.ingest.mapping.plan import VALUE, Mapping
from longtake.ingest.reader import Context
from longtake.ingest.templates.boxoffice import build_boxoffice
from longtake.ingest.templates.comments import build_comment
from longtake.ingest.templates.counts import build_count
from longtake.ingest.templates.events import build_event
from longtake.ingest.templates.nodes import build_node
from longtake.ingest.templates.referrals import build_referral
from longtake.ingest.values.unknown import unknown

Build = Callable[[collections.abc.Mapping[str, str], int, Context], "list[Row] | Refused"]
BUILDERS: dict[str, Build] = {
    "comments": build_comment,
    "counts": build_count,
    "events": build_event,
    "boxoffice": build_boxoffice,
    "nodes": build_node,
    "referrals": build_referral,
}
UNIT = re.compile(
    r"[（(\[【]\s*(?:单位\s*[:：]?)?\s*(万|亿|千|百万|千万|%|％)?\s*(?:元|人民币|次|人|人次|场|张|个)?\s*[）)\]】]\s*$"
)
BARE = re.compile(r"[\d０-９.,，．]+")
SCALED = frozenset(
    {"gross_cny", "admissions", "showings", "seats", "likes", "value", "cost_cny", "followers"}
)
OWN_KIND = frozenset({"rank", "hot"})


@dataclass(frozen=True, slots=True)
class MappedReader:
    """A reader of tables by a mapping.

    A unit in a header, such as ``票房(万)``, is added to the bare numbers under it. A wide table of
    counts gives one observation for each metric whose cell says a number.

    Attributes:
        mapping: What the columns mean.
    """

    mapping: Mapping

    @property
    def name(self) -> str:
        """As in :class:`~longtake.ingest.reader.Reader`."""
        return f"mapped-{self.mapping.kind}"

    @property
    def about(self) -> str:
        """As in :class:`~longtake.ingest.reader.Reader`."""
        return f"Any table whose columns were mapped to {self.mapping.kind}."

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return 1 for a table with every column the mapping names, else 0."""
        return float(head.form in {"csv", "xlsx", "xls", "json", "jsonl"} and self.mapping.fits(head.columns))

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the rows or the refusal of each record, in file order."""
        yield from self._notices(context.head)
        units = {field: _unit(field, column) for field, column in self.mapping.columns.items()}
        for line, record in dicts(path, context.head):
            if isinstance(record, Refused):
                yield record
                continue
            told = {
                field: _scaled(as_text(record.get(column)), units[field])
                for field, column in self.mapping.columns.items()
            }
            made = self._made({**self.mapping.constants, **told}, line, context)
            if isinstance(made, Refused):
                yield replace(made, column=self.mapping.columns.get(made.column, made.column))
            else:
                yield from made

    def _notices(self, head: Head) -> Iterator[Notice]:
        yield from strangers(head.columns, frozenset(self.mapping.columns.values()))

    def _made(self, fields: dict[str, str], line: int, context: Context) -> list[Row] | Refused:
        if not self.mapping.metrics:
            return BUILDERS[self.mapping.kind](fields, line, context)
        rows: list[Row] = []
        for metric in self.mapping.metrics:
            cell = fields[f"{VALUE}{metric}"]
            if unknown(cell):
                continue
            own = metric in OWN_KIND or metric.endswith("_rate")
            one = {**fields, "metric": metric, "value": cell, "kind": "" if own else fields.get("kind", "")}
            made = build_count(one, line, context)
            if isinstance(made, Refused):
                return replace(made, column=f"{VALUE}{metric}" if made.column == "value" else made.column)
            rows += made
        return rows or Refused(line, "*", "", "at least one number")


def _unit(field: str, column: str) -> str:
    if field not in SCALED and not field.startswith(VALUE):
        return ""
    found = UNIT.search(column)
    return (found[1] or "") if found else ""


def _scaled(cell: str, unit: str) -> str:
    return f"{cell.strip()}{unit}" if unit and BARE.fullmatch(cell.strip()) else cell
