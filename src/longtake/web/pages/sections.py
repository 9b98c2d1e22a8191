"""A section of a report as a page shows it: in one language, with its pictures."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.report import Chart, Section
from longtake.locale import catalogue
from longtake.render.inventory import slug
from longtake.render.view import View
from longtake.render.wording import Wording
from longtake.services.measured.kept import Kept, Picture


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the templates of figures need.

    Attributes:
        view: The report with the sections of this page.
        wording: Words and zone.
        pictures: Charts by id.
    """

    view: View
    wording: Wording
    pictures: dict[str, Picture]


def sheet(kept: Kept, lang: str, *names: str) -> Sheet:
    """Return the sections of a page."""
    report = kept.with_sections(*names)
    wording = Wording(catalogue(lang), report.zone)
    charts = [chart for section in report.sections for chart in section.charts]
    return Sheet(View(report, wording), wording, {c.id: kept.picture(c.id, lang) for c in charts})


def find_chart(kept: Kept, name: str) -> tuple[Section, Chart] | None:
    """Return a chart and its section by the name the chart has in addresses."""
    for section in map(kept.section, kept.sections):
        for chart in section.charts:
            if slug(chart.id) == name:
                return section, chart
    return None
