"""Every chart of a report, drawn once for a desk and once for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from longtake.domain.answers.report import Chart, Report
from longtake.render.charts import NARROW, WIDE, own_scales, panels, seen_marks, still
from longtake.render.charts.panel import Panel
from longtake.render.charts.timeaxis import Numbered
from longtake.render.inventory import charts
from longtake.render.wording import Wording


@dataclass(frozen=True, slots=True)
class Drawn:
    """One chart in all the ways a page needs it.

    Attributes:
        wide: Inline SVG of each panel for a desk.
        narrow: Inline SVG of each panel for a phone.
        live: Specifications and data for the script, by width.
        events: The acts that stand on it, numbered.
        apart: Whether its panels have scales of their own.
    """

    wide: tuple[Markup, ...]
    narrow: tuple[Markup, ...]
    live: dict[str, object]
    events: tuple[Numbered, ...]
    apart: bool


def drawn(report: Report, wording: Wording) -> dict[str, Drawn]:
    """Return every chart of a report by its id."""
    return {chart.id: _one(chart, wording) for chart in charts(report)}


def _one(chart: Chart, wording: Wording) -> Drawn:
    live: dict[str, object] = {
        "title": wording.catalogue.say(f"chart.{chart.title}"),
        "unit": wording.catalogue.unit(chart.unit),
    }
    stills = {}
    for size in (WIDE, NARROW):
        alive = panels(chart, wording, size, live=True)
        stills[size.name] = _stills(alive)
        live[size.name] = [panel.spec for panel in alive]
        live.setdefault(
            "data", [{n: rows for n, rows in p.data.items() if not n.startswith("label")} for p in alive]
        )
        live[f"{size.name}_labels"] = [
            {n: rows for n, rows in p.data.items() if n.startswith("label")} for p in alive
        ]
    return Drawn(
        stills["wide"], stills["narrow"], live, tuple(seen_marks(chart, wording)), own_scales(chart, wording)
    )


def _stills(alive: Sequence[Panel]) -> tuple[Markup, ...]:
    pictures = (still(at_rest(panel)) for panel in alive)
    return tuple(Markup(svg) for svg in pictures)  # noqa: S704 -- vl-convert escapes every text


def at_rest(panel: Panel) -> Panel:
    """Return a panel without what answers the pointer."""
    spec = {name: value for name, value in panel.spec.items() if name != "params"}
    spec["layer"] = [one for one in panel.spec["layer"] if one.get("data", {}).get("name") != "hover"]
    return Panel(spec, {name: rows for name, rows in panel.data.items() if name != "hover"})
