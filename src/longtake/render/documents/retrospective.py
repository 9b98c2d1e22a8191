"""Everything the report says, on paper, with an appendix of every figure."""

from __future__ import annotations

from collections.abc import Iterator

from longtake.domain.answers.report import Report, Section
from longtake.render.documents.blocks import Block, Document, Grid, Heading, Part
from longtake.render.documents.speech import Speech
from longtake.render.inventory import figures
from longtake.render.view import MOST_REFUSED, View
from longtake.render.wording import Wording, visible

QUOTES = 4
MOST_FILES = 30
COUNTS = ("rows_in", "kept", "duplicate", "refused")


def retrospective(report: Report, wording: Wording, steps: tuple[str, ...]) -> Document:
    """Return the whole report as a document.

    Args:
        report: The page.
        wording: Words of its language.
        steps: What to do next.

    Raises:
        KeyError: The catalogue lacks a message the report names.
        ValueError: Two different figures or charts share an id.
    """
    view = View(report, wording)
    speech = Speech(view)
    say = wording.catalogue.say
    parts = [_top(report, speech, steps)]
    parts += [
        Part(section.id, tuple(_section(section, speech)), _sources(section)) for section in report.sections
    ]
    if report.receipts:
        parts.append(Part("receipts", tuple(_receipts(report, speech)), ()))
    parts.append(Part("figures", tuple(_figures(report, speech)), ()))
    parts.append(Part("foot", tuple(_foot(report, speech)), ()))
    return Document(
        "retrospective",
        wording.catalogue.lang,
        say("tell.retrospective_title", name=view.name()),
        say("page.film", name=view.name()),
        " · ".join(view.eyebrow()),
        tuple(parts),
        say("tell.footer", name=view.name()),
    )


def _top(report: Report, speech: Speech, steps: tuple[str, ...]) -> Part:
    blocks: list[Block] = []
    if report.sample:
        blocks.append(speech.plain(speech.words.say("say.sample_first_line"), "small", "warn"))
    blocks += [speech.sentence(sentence, style="lead") for sentence in speech.view.lead()]
    if report.strip:
        blocks.append(speech.strip(report.strip))
    if steps:
        blocks.append(Heading(speech.words.say("tell.next"), 2))
        blocks += [speech.plain(line, "item") for line in steps]
    return Part("top", tuple(blocks), tuple(visible(figure.id) for figure in report.strip))


def _section(section: Section, speech: Speech) -> Iterator[Block]:
    say = speech.words.say
    speech.turn()
    yield Heading(say(f"section.{section.id}"))
    for sentence in section.sentences:
        yield speech.sentence(sentence)
    if section.figures:
        yield speech.strip(section.figures)
    for chart in section.charts:
        yield speech.picture(chart)
        small = speech.small_table(chart)
        if small is not None:
            yield small
        elif chart.table.rows:
            rows = speech.words.exact(len(chart.table.rows))
            yield speech.plain(say("tell.chart_rows", rows=rows), "source")
    for group, quotes in section.quotes.items():
        if quotes:
            yield Heading(say(f"quotes.{group}"), 3)
            for quote in quotes[:QUOTES]:
                yield from speech.quote(quote)
            if len(quotes) > QUOTES:
                total = speech.words.exact(len(quotes))
                yield speech.plain(say("tell.quotes_cut", total=total), "source")
    for title, table in section.tables.items():
        yield speech.table(table, say(f"table.{title}"))
    for note in section.notes:
        yield speech.plain(say(f"note.{note}"), "small")


def _sources(section: Section) -> tuple[str, ...]:
    spoken = [figure.id for sentence in section.sentences for figure in sentence.figures.values()]
    shown = [figure.id for figure in (*section.figures, *section.more)]
    return tuple(visible(name) for name in dict.fromkeys((*spoken, *shown)))


def _receipts(report: Report, speech: Speech) -> Iterator[Block]:
    say, exact = speech.words.say, speech.words.exact
    yield Heading(say("section.receipts"))
    yield speech.plain(say("page.receipt_lead"))
    yield _readers(report, speech)
    # Hundreds of files without a fault are told by their reader; each with one is told by name.
    few = len(report.receipts) <= MOST_FILES
    told = [one for one in report.receipts if few or one.error or one.refused]
    if told:
        yield speech.grid(
            say("table.receipts"),
            [say(f"column.{key}") for key in ("file", "reader", *COUNTS, "reason")],
            [
                (
                    visible(one.path),
                    visible(one.reader or "—"),
                    *(exact(n) for n in (one.rows_in, one.kept, one.duplicate, len(one.refused))),
                    visible(one.error or ""),
                )
                for one in told
            ],
            right=[False, False, True, True, True, True, False],
        )
    refused = [
        (visible(one.path), exact(bad.line), visible(bad.column), visible(bad.value), visible(bad.expected))
        for one in report.receipts
        for bad in one.refused
    ]
    if refused:
        cut = len(refused) > MOST_REFUSED
        under = say("page.refused_cut", total=exact(len(refused)), shown=exact(MOST_REFUSED)) if cut else ""
        yield speech.grid(
            say("page.refused_rows", n=exact(len(refused))),
            [say(f"column.{key}") for key in ("file", "line", "column", "value", "expected")],
            refused[:MOST_REFUSED],
            right=[False, True, False, False, False],
            under=under,
        )


def _readers(report: Report, speech: Speech) -> Grid:
    say, exact = speech.words.say, speech.words.exact
    sums: dict[str, list[int]] = {}
    for one in report.receipts:
        total = sums.setdefault(one.reader or "—", [0] * 5)
        for place, n in enumerate((1, one.rows_in, one.kept, one.duplicate, len(one.refused))):
            total[place] += n
    return speech.grid(
        say("tell.readers"),
        [say("column.reader"), say("tell.files"), *(say(f"column.{key}") for key in COUNTS)],
        [(visible(name), *map(exact, total)) for name, total in sorted(sums.items())],
        right=[False, True, True, True, True, True],
    )


def _figures(report: Report, speech: Speech) -> Iterator[Block]:
    say = speech.words.say
    yield Heading(say("tell.appendix"))
    yield speech.plain(say("tell.appendix_lead"))
    heads = (
        *(say(f"column.{key}") for key in ("figure", "value")),
        say("tell.interval"),
        *(say(f"column.{key}") for key in ("unit", "n", "method")),
        say("tell.id"),
    )
    yield speech.grid(
        "",
        heads,
        [speech.number(figure) for figure in figures(report).values()],
        right=[False, True, False, False, True, False, False],
    )


def _foot(report: Report, speech: Speech) -> Iterator[Block]:
    say = speech.words.say
    yield Heading(say("tell.honest"))
    yield speech.plain(say("page.footnote"), "small")
    if report.unknown_keys:
        keys = visible(speech.words.joined(report.unknown_keys))
        yield speech.plain(say("page.unknown_keys", keys=keys), "small")
