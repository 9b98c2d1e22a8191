"""Sentences, figures, charts and tables of a report as blocks of a document."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from longtake.domain.answers.report import Chart, Column, Quote, Sentence, Table
from longtake.domain.estimate import Unknown
from longtake.domain.figure import Figure
from longtake.render.charts import seen_marks
from longtake.render.documents.blocks import Bit, Grid, Paragraph, Picture, Strip, Tile
from longtake.render.view import RIGHT_KINDS, View
from longtake.render.wording import visible

MOST_ROWS = 40
WIDEST, NARROWEST = 30.0, 6.0
LONGEST_CELL = 200


class Speech:
    """One report in one language, in blocks.

    Attributes:
        view: The report as templates see it.
    """

    def __init__(self, view: View) -> None:
        """Keep the view."""
        self.view = view
        self.wording, self.words = view.wording, view.wording.catalogue
        self._noted: set[str] = set()
        self._acts: tuple[str, ...] = ()

    def turn(self) -> None:
        """Begin a new section: figures are footnoted again where they come first."""
        self._noted.clear()

    def source(self, names: Iterable[str]) -> str:
        """Return a footnote: the commands that open figures, by their ids."""
        return " ; ".join(f"longtake rows {visible(name)}" for name in names)

    def sentence(self, sentence: Sentence, *, style: str = "body", each: bool = True) -> Paragraph:
        """Return a sentence as a paragraph.

        Args:
            sentence: What is said.
            style: Of the paragraph.
            each: Whether each figure has a footnote of its own; otherwise one at the end has them all.
        """
        bits: list[Bit] = []
        for piece in self.wording.sentence(sentence):
            if piece.figure is None:
                bits.append(Bit(piece.text))
                continue
            note = self._once(piece.figure) if each else ""
            if piece.interval:
                bits += [Bit(piece.text, "figure"), Bit(f"[{piece.interval}]", "interval", note)]
            else:
                bits.append(Bit(piece.text, "figure", note))
        said = [piece.figure for piece in self.wording.sentence(sentence) if piece.figure is not None]
        spoken = [place for place, bit in enumerate(bits) if bit.look in {"figure", "interval"}]
        if not each and spoken:
            last = bits[spoken[-1]]
            bits[spoken[-1]] = replace(last, note=self.source(dict.fromkeys(f.id for f in said)))
        return Paragraph(tuple(bits), sentence.tone, style)

    def strip(self, figures: Sequence[Figure], *, each: bool = True) -> Strip:
        """Return figures side by side, each with a footnote; with its method where it comes first."""
        return Strip(
            tuple(self._tile(one, self._once(one) if each else self.source([one.id])) for one in figures[:5])
        )

    def _tile(self, figure: Figure, note: str) -> Tile:
        shown = self.wording.shown(figure.quantity)
        return Tile(self.wording.name(figure), shown.value, shown.small, note)

    def _once(self, figure: Figure) -> str:
        if figure.id in self._noted:
            return ""
        self._noted.add(figure.id)
        n = self.words.say("page.n", n=self.words.exact(figure.quantity.n))
        method = visible(self.words.word("method", figure.quantity.method))
        return f"{self.source([figure.id])} · {method} · {n}"

    def picture(self, chart: Chart, *, height_cm: float | None = None, acts: bool = True) -> Picture:
        """Return a chart with its title, its key and the acts on it."""
        title = self.words.say(f"chart.{chart.title}")
        unit = self.words.unit(chart.unit)
        key = tuple(self.view.key(chart))
        about = self.words.say(f"about_form.{chart.form}")
        timed = chart.form != "arc" and acts
        events = tuple(
            f"{one.number} {self.view.event(one)}"
            for one in (seen_marks(chart, self.wording) if timed else ())
        )
        # An act has the same number on every chart: it is written out where it comes first.
        fresh = tuple(event for event in events if event not in self._acts)
        self._acts += fresh
        named = f"{title}（{unit}）" if self.words.lang == "zh" else f"{title} ({unit})"
        return Picture(
            chart,
            named,
            f"{named} {about}",
            key,
            fresh,
            tuple(visible(name) for name in chart.figures),
            height_cm,
        )

    def table(self, table: Table, title: str, *, most: int = MOST_ROWS) -> Grid:
        """Return a table, cut to what paper can hold."""
        rows = tuple(
            tuple(self._cell(column, cell) for column, cell in zip(table.columns, row, strict=True))
            for row in table.rows[:most]
        )
        head = tuple(self.wording.heading(column) for column in table.columns)
        under = ""
        if len(table.rows) > most:
            total, shown = (self.words.exact(n) for n in (len(table.rows), most))
            under = self.words.say("tell.table_cut", total=total, shown=shown)
        return self.grid(title, head, rows, right=[c.kind in RIGHT_KINDS for c in table.columns], under=under)

    def grid(
        self,
        title: str,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        right: Sequence[bool],
        under: str = "",
    ) -> Grid:
        """Return texts as a table whose columns are as wide as what stands in them asks for."""
        cells = tuple(tuple(row) for row in rows)
        columns = zip(head, *cells, strict=True) if head else ()
        wide = tuple(_column(column, fixed) for column, fixed in zip(columns, right, strict=True))
        return Grid(title, tuple(head), cells, tuple(right), wide, under)

    def small_table(self, chart: Chart) -> Grid | None:
        """Return the table of a chart; None where it is too long to be read on paper."""
        if not chart.table.rows or len(chart.table.rows) > MOST_ROWS:
            return None
        return self.table(chart.table, "")

    def quote(self, quote: Quote) -> tuple[Paragraph, Paragraph]:
        """Return a quote and where it stands."""
        bits = tuple(Bit(run.text, "marked" if run.marked else "plain") for run in self.view.runs(quote))
        where = Bit(" · ".join(self.view.source(quote)), "soft")
        return Paragraph(bits, style="quote"), Paragraph((where,), style="source")

    def plain(self, text: str, style: str = "body", tone: str = "plain") -> Paragraph:
        """Return a paragraph of plain words."""
        return Paragraph((Bit(text),), tone, style)

    def number(self, figure: Figure) -> tuple[str, ...]:
        """Return a figure as a row of the appendix: name, value, interval, unit, n, method, id."""
        quantity, shown = figure.quantity, self.wording.shown(figure.quantity)
        unit = self.words.unit(quantity.unit)
        if isinstance(quantity, Unknown):
            interval = self.words.word("reason", quantity.reason)
        else:
            interval = f"{shown.interval} ({self.words.level(quantity.level)})" if shown.interval else "—"
        named = (self.wording.name(figure), shown.value, interval, unit)
        return (
            *named,
            self.words.exact(quantity.n),
            visible(self.words.word("method", quantity.method)),
            visible(figure.id),
        )

    def _cell(self, column: Column, cell: object) -> str:
        text = self.wording.cell(column, cell)  # type: ignore[arg-type]
        return text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…"


def _column(texts: Sequence[str], fixed: bool) -> float:
    """Return how wide a column should be, in letters; one of numbers never wraps, one of words may."""
    widest = max(map(_width, texts))
    return widest if fixed else min(WIDEST, max(NARROWEST, widest))


def _width(text: str) -> float:
    """Return about how wide a text is, in letters of the Latin alphabet."""
    return sum(2.0 if ord(letter) > 0x2E7F else 1.0 for letter in text) + 2.0
