"""Every figure of a report, once, and the name it goes by inside a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b

from longtake.domain.answers.report import Chart, Report, Sentence
from longtake.domain.figure import Figure

PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*")


def figures(report: Report) -> dict[str, Figure]:
    """Return each figure of a report by its id, in reading order.

    Raises:
        ValueError: Two different figures share an id.
    """
    found: dict[str, Figure] = {}
    for figure in _all(report):
        if found.setdefault(figure.id, figure) != figure:
            raise ValueError(f"two figures are called {figure.id!r}")
    return found


def charts(report: Report) -> tuple[Chart, ...]:
    """Return the charts of a report in reading order.

    Raises:
        ValueError: Two charts share an id.
    """
    found = tuple(chart for section in report.sections for chart in section.charts)
    if len({chart.id for chart in found}) < len(found):
        raise ValueError(f"chart ids repeat: {sorted(chart.id for chart in found)}")
    return found


def slug(name: str) -> str:
    """Return a name that is safe in an id attribute and an address; different names never share one.

    Examples:
        >>> slug("heat"), slug("demo:heat.total")
        ('heat', 'demo-heat-total-aa41b1b7')
    """
    if PLAIN.fullmatch(name):
        return name
    readable = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48]
    return f"{readable or 'x'}-{blake2b(name.encode(), digest_size=4).hexdigest()}"


def _all(report: Report) -> Iterator[Figure]:
    yield from _said(report.lead)
    yield from report.strip
    for section in report.sections:
        yield from _said(section.sentences)
        yield from section.figures
        yield from section.more
        yield from _said(section.said)


def _said(sentences: tuple[Sentence, ...]) -> Iterator[Figure]:
    for sentence in sentences:
        yield from sentence.figures.values()
