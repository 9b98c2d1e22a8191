"""Tables of works from a creator's back office: one reader, and each product's columns as data."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from longtake.domain.observation import Observation
from longtake.domain.receipt import Item, Notice
from longtake.domain.timed.moment import Moment
from longtake.ingest.cells import Unfit, fit, needed, require, strangers
from longtake.ingest.formats.table import table, wrong_width
from longtake.ingest.head import Head
from longtake.ingest.observed import instant, observed
from longtake.ingest.reader import Context
from longtake.ingest.values.moment import moment
from longtake.ingest.values.number import Number, ident
from longtake.ingest.values.text import clean

_FORMS = frozenset({"csv", "xlsx", "xls"})
Parse = Callable[[str], Number]


@dataclass(frozen=True, slots=True)
class Metric:
    """What one column counts.

    Attributes:
        name: The metric in the field's English terms.
        kind: cumulative, ratio or score.
        parse: Reads a cell.
        signed: Whether it may lie below zero.
    """

    name: str
    kind: str
    parse: Parse
    signed: bool = False


@dataclass(frozen=True, slots=True)
class WorksReader:
    """Reads one work a row and yields one Observation a metric.

    Attributes:
        name: As in :class:`~longtake.ingest.reader.Reader`.
        about: As in :class:`~longtake.ingest.reader.Reader`.
        platform: Where the works are.
        title: Header of the title.
        published: Header of the time of publication.
        metrics: Header to what it counts.
        required: Headers without which the table is another product's.
        foreign: Headers that tell another product's table from this one.
        ident: Header of the platform's id; empty when there is none.
        ignored: Headers known and not kept.
        summary: Title or id of a row that sums up the others; empty when there is none.
        cap: Most rows the product exports; 0 when it does not say.
    """

    name: str
    about: str
    platform: str
    title: str
    published: str
    metrics: Mapping[str, Metric]
    required: frozenset[str]
    foreign: frozenset[str] = field(default_factory=frozenset)
    ident: str = ""
    ignored: frozenset[str] = field(default_factory=frozenset)
    summary: str = ""
    cap: int = 0

    def sniff(self, head: Head, path: Path) -> float:  # noqa: ARG002 -- by content, never by name
        """Return how sure it is that the head is this product's, in [0, 1]."""
        seen = set(head.columns)
        if head.form not in _FORMS or not self.required <= seen or self.foreign & seen:
            return 0.0
        return 0.95 if len(seen & set(self.metrics)) >= 2 else 0.7

    def read(self, path: Path, context: Context) -> Iterator[Item]:
        """Yield the numbers of each work, its refusal, or a notice of a summary row, in file order.

        Raises:
            UnreadableFileError: The file is damaged, or has no column of titles.
        """
        headers = context.head.columns
        require(path, headers, (self.title,))
        named = {self.title, self.published, self.ident, *self.metrics}
        yield from strangers(headers, named | self.ignored)
        if context.head.header_row:
            yield Notice("banner", tuple(str(row) for row in range(1, context.head.header_row + 1)))
        at = {header: place for place, header in reversed(list(enumerate(headers))) if header in named}
        when = observed(context)
        rows = 0
        for line, cells in table(path, context.head):
            if len(cells) != len(headers):
                yield wrong_width(line, cells, len(headers))
                continue
            if self.summary and cells[at.get(self.ident, at[self.title])].strip() == self.summary:
                yield Notice("summary_row", (str(line),))
                continue
            rows += 1
            try:
                yield from self._work(cells, at, line, when)
            except Unfit as unfit:
                yield unfit.refused(line)
        if self.cap and rows:
            yield Notice("row_cap", (f"{rows} of at most {self.cap}",))

    def _work(
        self, cells: Sequence[str], at: Mapping[str, int], line: int, when: Moment
    ) -> list[Observation]:
        taken = instant(when)
        node = fit(ident, cells[at[self.ident]], self.ident) if self.ident in at else None
        title = " ".join(clean(cells[at[self.title]]).split())
        subject = title or needed(node or "", self.title, "a title")
        raw = cells[at[self.published]] if self.published in at else ""
        published = fit(lambda text: moment(text, observed_at=taken), raw, self.published)
        rows = []
        for header, metric in self.metrics.items():
            if header not in at:
                continue
            found = fit(metric.parse, cells[at[header]], header)
            if found.value is None:
                continue
            if found.value < 0 and not metric.signed:
                raise Unfit(header, found.raw, "a number not below zero")
            rows.append(
                Observation(
                    subject, "node", self.platform, metric.name, found.value, metric.kind, line,
                    when.low, when.high, when.precision, censored=found.censored,
                    raw=None if plain(found.raw) else found.raw, subject_at=published.low, node_id=node,
                    observed_at=taken,
                )
            )  # fmt: skip
        if not rows:
            raise Unfit("*", subject, "at least one number")
        return rows


def plain(raw: str) -> bool:
    """Whether a cell is a plain number, which needs no raw text beside its value.

    Examples:
        >>> plain("3200"), plain("0.231"), plain("<0.1%"), plain("1.2万")
        (True, True, False, False)
    """
    return raw.removeprefix("-").replace(".", "", 1).isdecimal()
