"""One side of A4: what happened, why, what to do next, and what this is not."""

from __future__ import annotations

from collections.abc import Iterator

from longtake.domain.answers.report import Chart, Report, Section
from longtake.render.documents.blocks import Block, Document, Heading, Part
from longtake.render.documents.speech import Speech
from longtake.render.view import View
from longtake.render.wording import Wording, visible

MAIN_CHARTS = ("split", "without", "heat", "list", "box-office", "polarity-days")
CHART_CM = 7.0
MOST_CAUSES, MOST_STEPS = 4, 3


def one_page(report: Report, wording: Wording, steps: tuple[str, ...]) -> Document:
    """Return the report's first page: lead, strip, main chart, causes, what to do next, honest footnote.

    Args:
        report: The page.
        wording: Words of its language.
        steps: What to do next, the first thing first.

    Raises:
        KeyError: The catalogue lacks a message the report names.
    """
    view = View(report, wording)
    speech = Speech(view)
    say = wording.catalogue.say
    blocks = tuple(_blocks(report, speech, steps))
    shown = [figure.id for figure in report.strip]
    shown += [figure.id for sentence in view.lead() for figure in sentence.figures.values()]
    return Document(
        "one-page",
        wording.catalogue.lang,
        say("tell.one_page_title", name=view.name()),
        say("page.film", name=view.name()),
        " · ".join(view.eyebrow()),
        (Part("top", blocks, tuple(visible(name) for name in dict.fromkeys(shown))),),
        say("page.brand"),
    )


def _blocks(report: Report, speech: Speech, steps: tuple[str, ...]) -> Iterator[Block]:
    say = speech.words.say
    if report.sample:
        yield speech.plain(say("say.sample_first_line"), "small", "warn")
    for sentence in speech.view.lead():
        yield speech.sentence(sentence, style="lead", each=False)
    if report.strip:
        yield speech.strip(report.strip, each=False)
    chart = main_chart(report)
    if chart is not None:
        yield speech.picture(chart, height_cm=CHART_CM, acts=False)
    diagnosis = next((section for section in report.sections if section.id == "diagnosis"), None)
    if diagnosis is not None:
        yield from _causes(diagnosis, speech)
    yield Heading(say("tell.next"), 2)
    for line in steps[:MOST_STEPS] or (say("tell.next_none"),):
        yield speech.plain(line, "item")
    yield speech.plain(say("page.footnote"), "small")


def _causes(section: Section, speech: Speech) -> Iterator[Block]:
    yield Heading(speech.words.say(f"section.{section.id}"), 2)
    for sentence in [one for one in section.sentences if one.figures][:MOST_CAUSES]:
        yield speech.sentence(sentence, each=False)


def main_chart(report: Report) -> Chart | None:
    """Return the chart that shows best what the lead says; None where there is none."""
    charts = {chart.id: chart for section in report.sections for chart in section.charts if chart.table.rows}
    named = [charts[name] for name in MAIN_CHARTS if name in charts]
    return named[0] if named else next(iter(charts.values()), None)
