"""What templates ask for: figures with their places on the page, tables cut to what a page can hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from longtake.domain.answers.report import (
    Cell,
    Chart,
    Column,
    Quote,
    Report,
    RowSample,
    Section,
    Sentence,
    Table,
)
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.domain.receipt import Notice
from longtake.render.charts.arc import lines_and_ticks
from longtake.render.charts.panel import GOOD, INK, PROMO, WOM
from longtake.render.charts.shape import over_time, points, series_of
from longtake.render.charts.timeaxis import Numbered
from longtake.render.charts.timeline import MEANING
from longtake.render.inventory import figures, slug
from longtake.render.wording import GROUPS, Piece, Shown, Wording, visible

MOST_ROWS = 240
MOST_REFUSED = 50
MOST_OPEN = 8
KEYS = {WOM: "wom", PROMO: "promo", GOOD: "good", INK: "ink"}
RIGHT_KINDS = frozenset({"number", "share", "chance", "cny"})


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a quote, marked where it decided."""

    text: str
    marked: bool


class View:
    """A report in one language, as templates see it."""

    def __init__(self, report: Report, wording: Wording) -> None:
        """Find every figure once."""
        self.report, self.wording = report, wording
        self.figures = figures(report)

    slug = staticmethod(slug)
    text = staticmethod(visible)

    def eyebrow(self) -> list[str]:
        """Return the facts above the title."""
        say, report = self.wording.catalogue.say, self.report
        facts = [self.wording.catalogue.word("kind", report.kind)] if report.kind else []
        if report.release_at is not None:
            local = report.release_at.astimezone(self.wording.zone)
            facts.append(say("page.released", day=self.wording.catalogue.day(local.date(), year=True)))
        facts.append(say("page.files", n=self.wording.catalogue.exact(len(report.receipts))))
        facts.append(say("page.zone", zone=report.zone))
        return facts

    def name(self) -> str:
        """Return the film's name without title marks, which the page sets itself."""
        return visible(self.report.name).strip().removeprefix("《").removesuffix("》")

    def lead(self) -> tuple[Sentence, ...]:
        """Return the first sentences, without the one the page says in a place of its own."""
        return tuple(said for said in self.report.lead if said.key != "sample_first_line")

    def pieces(self, sentence: Sentence) -> tuple[Piece, ...]:
        """Return a sentence in pieces."""
        return self.wording.sentence(sentence)

    def spoken(self, sentence: Sentence) -> str:
        """Return a sentence as text alone, for places that hold no link."""
        return "".join(
            f"{piece.text} [{piece.interval}]" if piece.interval else piece.text
            for piece in self.pieces(sentence)
        )

    def folded(self, section: Section, title: str) -> bool:
        """Whether a table of a section waits to be opened: all but a short first one without chapters."""
        first = next(iter(section.tables)) == title
        return not first or bool(section.chapters) or len(section.tables[title].rows) > MOST_OPEN

    def shown(self, figure: Figure) -> Shown:
        """Return a figure's number in words."""
        return self.wording.shown(figure.quantity)

    def sample(self, figure: Figure) -> RowSample | None:
        """Return the first rows behind a figure, if the page carries them."""
        return self.report.rows.get(figure.id)

    def behind(self, chart: Chart) -> list[Figure]:
        """Return the figures whose rows stand behind a chart."""
        return [self.figures[name] for name in chart.figures if name in self.figures]

    def about_chart(self, chart: Chart) -> str:
        """Return how to read a chart."""
        return self.wording.catalogue.say(f"about_form.{chart.form}")

    def cut(self, table: Table) -> Sequence[tuple[Cell, ...]]:
        """Return as many rows as a page shows."""
        return table.rows[:MOST_ROWS]

    def cell(self, column: Column, value: Cell) -> str:
        """Return one cell in words."""
        return self.wording.cell(column, value)

    def set_as(self, column: Column) -> str:
        """Return how a column is set: ``r`` flush right, ``t`` on one line, or freely."""
        if column.kind in RIGHT_KINDS and column.key not in {"source_line", "line"}:
            return "r"
        if column.key in {"text", "source_file"}:
            return {"text": "said", "source_file": "file"}[column.key]
        if column.kind == "code" and column.key not in GROUPS:
            return "file"
        return {"time": "t", "day": "t", "number": "t"}.get(column.kind, "")

    def styles(self, table: Table) -> list[Markup]:
        """Return the class attribute of each column's cells, empty where it needs none."""
        names = [self.set_as(column) for column in table.columns]
        return [Markup(' class="{}"').format(name) if name else Markup("") for name in names]

    def key(self, chart: Chart) -> list[tuple[str, str]]:
        """Return the series told apart by colour, as tone and name; none where panels are named."""
        if chart.form == "arc":
            names = tuple(lines_and_ticks(chart)[0])
        elif chart.series and over_time(chart):
            names = series_of(points(chart, self.wording))
        else:
            return []
        if not set(names) <= MEANING.keys():
            return []
        column = next(column for column in chart.table.columns if column.key == chart.series)
        return [(KEYS[MEANING[name]], self.wording.cell(column, name)) for name in names]

    def event(self, event: Numbered) -> str:
        """Return an event in words."""
        mark, words = event.mark, self.wording.catalogue
        parts = [visible(words.word("event", mark.kind)), words.moment(mark.start, self.wording.zone)]
        if mark.end is not None:
            parts[-1] += f" – {words.moment(mark.end, self.wording.zone)}"
        if mark.paid is not None:
            parts.append(words.word("paid", str(mark.paid).lower()))
        if mark.note:
            parts.append(visible(mark.note[:80]))
        return " · ".join(parts)

    def tone(self, event: Numbered) -> str:
        """Return the tone an event is drawn in."""
        return "good" if event.mark.kind == "repair" else "promo" if event.mark.paid else "plain"

    def runs(self, quote: Quote) -> list[Run]:
        """Return a quote in stretches; spans that overlap or run out of it are joined or cut."""
        marked = [False] * len(quote.text)
        for start, end in quote.spans:
            for index in range(max(0, start), min(end, len(marked))):
                marked[index] = True
        out: list[Run] = []
        start = 0
        for index in range(1, len(marked) + 1):
            if index == len(marked) or marked[index] != marked[start]:
                out.append(Run(visible(quote.text[start:index]), marked[start]))
                start = index
        return out

    def source(self, quote: Quote) -> list[str]:
        """Return where a quote stands, and what was read into it."""
        words = self.wording.catalogue
        label = f"label.{quote.label}"
        parts = [visible(words.word("platform", quote.platform))]
        if quote.at is not None:
            parts.append(words.moment(quote.at, self.wording.zone))
        scored = "" if quote.score is None else f" {words.amount(quote.score, 'score')}"
        parts.append((words.say(label) if words.has(label) else visible(quote.label)) + scored)
        if quote.likes is not None:
            parts.append(words.say("page.likes", n=words.exact(quote.likes)))
        line = words.exact(quote.source_line)
        return [*parts, words.say("page.quote_source", file=visible(quote.source_file), line=line)]

    def facts(self, figure: Figure) -> list[tuple[str, str]]:
        """Return everything known about a figure, in words."""
        say, quantity = self.wording.catalogue.say, figure.quantity
        out = []
        if isinstance(quantity, Estimate):
            out.append((say("page.exact"), self.exact(quantity.value, quantity.unit)))
            ends = " – ".join(self.exact(end, quantity.unit) for end in (quantity.low, quantity.high))
            if quantity.low != quantity.high:
                out.append((self.level(quantity.level), ends))
        method = self.wording.catalogue.word("method", quantity.method)
        out.append((say("page.method"), visible(method)))
        query = " ".join(f"{key}={value}" for key, value in sorted(figure.evidence.params.items()))
        out.append((say("page.query"), visible(f"{figure.evidence.query} {query}".strip())))
        return out

    def level(self, level: float) -> str:
        """Return the coverage of an interval in words."""
        words = self.wording.catalogue
        return words.say("page.interval", level=words.level(level), interval="").strip()

    def exact(self, value: float, unit: str) -> str:
        """Return a number in full with its unit; shares in percent."""
        words = self.wording.catalogue
        if unit in {"share", "probability"}:
            return f"{words.exact(value * 100)}%"
        return (
            words.exact(value) if unit in {"score", "ratio"} else f"{words.exact(value)} {words.unit(unit)}"
        )

    def number(self, value: float) -> str:
        """Return a number in full."""
        return self.wording.catalogue.exact(value)

    def notices(self, notices: Sequence[Notice]) -> list[str]:
        """Return what is worth knowing about a file, in words."""
        words, out = self.wording.catalogue, []
        for notice in notices:
            kind, values = notice.kind, [visible(value) for value in notice.values]
            key = f"notice.{kind}"
            shown = words.joined(values[:12]) + (" …" if len(values) > 12 else "")
            out.append(words.say(key, values=shown) if words.has(key) else f"{kind}: {shown}")
        return out
