"""One honest page, before it has a language or a look.

Words are keys of the message catalogue (``longtake.locale``); numbers are figures; a chart is a table
with a way to draw it. A renderer turns the same value into HTML, JSON and a workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from longtake.domain.figure import Figure
from longtake.domain.receipt import FileReceipt

Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        key: Name in data files; its heading is the message ``column.<key>``.
        kind: text, number, share (in [0, 1]), chance (a probability), cny, time (aware UTC datetime), day
            (ISO date text) or code.
    """

    key: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns; None is unknown and is shown as such, never as zero."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """An event on the time axis, the same on every chart.

    Attributes:
        kind: The event's kind (ad, kol, trailer ...); its word is the message ``event.<kind>``.
        start: Aware UTC.
        end: Aware UTC; None for an instant.
        paid: Whether money bought it; None when the file does not tell.
        note: What the person wrote about it.
    """

    kind: str
    start: datetime
    end: datetime | None = None
    paid: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A table and a way to draw it.

    Attributes:
        id: Unique on the page; its title is the message ``chart.<title>``.
        title: Message key without its prefix.
        form: timeline (y over time, one line or area a series; gaps stay gaps), list (rank or score on a
            top list, with absence shown as absence), bars (one bar a category), interval (dot with
            low and high a category) or arc (y over a share of the running time; a series without values is
            ticks below).
        table: What is drawn; also shown as a table.
        x: Column key along the axis.
        y: Column key of the height.
        series: Column key that splits lines; empty for one line.
        low: Column key of the interval's lower end; empty for none.
        high: Column key of the interval's upper end; empty for none.
        unit: Unit of y; its word is the message ``unit.<unit>``.
        log: Whether y is drawn on a logarithmic axis.
        marks: Events on the time axis.
        figures: Ids of the figures whose rows stand behind the chart.
    """

    id: str
    title: str
    form: str
    table: Table
    x: str
    y: str
    unit: str
    series: str = ""
    low: str = ""
    high: str = ""
    log: bool = False
    marks: tuple[Mark, ...] = ()
    figures: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Plain words around figures: message ``say.<key>`` with ``{slot}`` places.

    Attributes:
        key: Message key without its prefix ``say.``; a key with a dot, such as ``sign.<key>``, is whole.
        figures: Figures by slot; shown with their interval.
        words: Other words by slot; times are shown in the campaign's zone, dates as they are, several names
            as a list within the sentence.
        tone: wom, promo, warn, good or plain; colours the figures.
    """

    key: str
    figures: Mapping[str, Figure] = field(default_factory=dict)
    words: Mapping[str, str | int | float | date | tuple[str, ...]] = field(default_factory=dict)
    tone: str = "plain"


@dataclass(frozen=True, slots=True)
class Quote:
    """A real row, with where it stands.

    Attributes:
        text: The comment, personal data masked.
        platform: As in the comment.
        at: Aware UTC; None when unknown.
        source_file: The file it came from, as in its receipt.
        source_line: 1-based line or record number there.
        label: Message key ``label.<label>`` of what decided, such as polarity.pos.
        score: The label's score; None when it has none.
        likes: None when unknown.
        spans: Character ranges ``[start, end)`` of the words that decided, in ``text``.
    """

    text: str
    platform: str
    at: datetime | None
    source_file: str
    source_line: int
    label: str
    score: float | None = None
    likes: int | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class RowSample:
    """The first rows behind one figure.

    Attributes:
        figure_id: Whose rows they are.
        total: How many rows there are in all.
        table: The first of them, in a fixed order.
    """

    figure_id: str
    total: int
    table: Table


@dataclass(frozen=True, slots=True)
class Chapter:
    """One of several answers that a section weighs, opened by whoever wants to know.

    Attributes:
        id: Unique in its section.
        title: What it is called and the figure that tells how far it holds.
        parts: Sentences one below the other, by the message key ``part.<key>`` of their heading.
        quotes: The rows that tell it best.
        quoted: Message key ``part.<key>`` of the heading above the quotes.
        open: Whether it is open before anybody asks.
    """

    id: str
    title: Sentence
    parts: Mapping[str, tuple[Sentence, ...]]
    quotes: tuple[Quote, ...] = ()
    quoted: str = ""
    open: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the page.

    Attributes:
        id: heat, list, voice, who, box_office ...; its heading is the message ``section.<id>``.
        sentences: What the section says, first the answer.
        figures: Shown as a strip, five at most.
        charts: In reading order.
        quotes: Telling rows, grouped by the message key ``quotes.<group>``.
        notes: Message keys ``note.<key>`` of the honest footnotes.
        more: Figures that have no place on the strip; shown as a table below it.
        tables: Tables that belong to no chart, by title key ``table.<key>``.
        chapters: Answers weighed against each other; a page shows them in place of the quotes.
    """

    id: str
    sentences: tuple[Sentence, ...]
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    more: tuple[Figure, ...] = ()
    tables: Mapping[str, Table] = field(default_factory=dict)
    chapters: tuple[Chapter, ...] = ()

    @property
    def said(self) -> tuple[Sentence, ...]:
        """Every sentence of the section, those of its chapters last."""
        opened = (
            one
            for chapter in self.chapters
            for part in ((chapter.title,), *chapter.parts.values())
            for one in part
        )
        return (*self.sentences, *opened)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole page.

    Attributes:
        campaign: The campaign's id.
        name: The film's name.
        kind: short or feature.
        release_at: Aware UTC; None when the campaign does not tell.
        sample: True for the bundled invented campaign; the page says so in its first line.
        lead: The first sentences, before any section.
        strip: At most five figures at the top.
        sections: In reading order.
        receipts: What was read, one entry a file.
        rows: The first rows behind each figure, by figure id.
        unknown_keys: Keys of ``campaign.toml`` nobody reads.
        zone: IANA name of the time zone times are shown in.
    """

    campaign: str
    name: str
    kind: str
    release_at: datetime | None
    sample: bool
    lead: tuple[Sentence, ...]
    strip: tuple[Figure, ...]
    sections: tuple[Section, ...]
    receipts: tuple[FileReceipt, ...]
    rows: Mapping[str, RowSample]
    unknown_keys: tuple[str, ...] = ()
    zone: str = "Asia/Shanghai"
