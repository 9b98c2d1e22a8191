"""What a document is made of, before it is Word, PDF or slides."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.report import Chart


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of a paragraph.

    Attributes:
        text: Plain text.
        look: plain, figure (in the tone's colour), interval (small), marked (words that decided) or soft.
        note: Text of the footnote that follows it; empty for none.
    """

    text: str
    look: str = "plain"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading.

    Attributes:
        text: What it says.
        level: 1 for a section, 2 within it.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        bits: What it says.
        tone: wom, promo, warn, good or plain; colours the figures in it.
        style: lead (large, serif), body, item (of a list), small, quote or code.
    """

    bits: tuple[Bit, ...]
    tone: str = "plain"
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure of a strip: its name, its value, what stands under it, and its footnote."""

    name: str
    value: str
    small: str
    note: str


@dataclass(frozen=True, slots=True)
class Strip:
    """Figures side by side, five at most."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart.

    Attributes:
        chart: The chart itself, for those who draw it natively.
        title: Its title with its unit.
        alt: What it shows, for those who cannot see it.
        key: Tone and name of the series told apart by colour.
        acts: The acts on its time axis, numbered, in words.
        sources: Ids of the figures behind it.
        height_cm: Most height on the page; None for as high as it comes.
    """

    chart: Chart
    title: str
    alt: str
    key: tuple[tuple[str, str], ...] = ()
    acts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    height_cm: float | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of texts.

    Attributes:
        title: Its title; empty for none.
        head: Headings.
        rows: Cells, as many a row as headings.
        right: Whether a column is set flush right.
        wide: Relative widths of the columns.
        under: What stands below it; empty for none.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]
    wide: tuple[float, ...]
    under: str = ""


Block = Heading | Paragraph | Strip | Picture | Grid


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch that belongs together: a slide or more, a section on paper.

    Attributes:
        id: The section's id, or a word of ours: top, receipts, figures, foot.
        blocks: In reading order; the first is a heading, but for the top.
        sources: Ids of the figures it stands on.
    """

    id: str
    blocks: tuple[Block, ...]
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document.

    Attributes:
        kind: one-page or retrospective.
        lang: zh or en.
        title: Of the file.
        name: The film, as it stands at the top.
        eyebrow: The facts above it.
        parts: In reading order; the first is the top.
        footer: On every page.
    """

    kind: str
    lang: str
    title: str
    name: str
    eyebrow: str
    parts: tuple[Part, ...]
    footer: str
