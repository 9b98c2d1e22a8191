"""The report as one JSON file for programs."""

from __future__ import annotations

import json
import math
from datetime import datetime

from longtake.domain.answers.report import Cell, Chart, Report, Table
from longtake.domain.estimate import Unknown
from longtake.domain.figure import Figure
from longtake.locale import catalogue
from longtake.render.inventory import charts, figures
from longtake.render.tables import iso
from longtake.render.wording import Wording


def figures_json(report: Report) -> bytes:
    """Return every figure and every chart's table as JSON.

    Args:
        report: The page.

    Returns:
        UTF-8 with sorted keys. A number that is not finite is null, and ``<key>_unbounded`` says so.

    Raises:
        ValueError: Two different figures or charts share an id.
    """
    both = {lang: Wording(catalogue(lang), report.zone) for lang in ("zh", "en")}
    body = {
        "campaign": report.campaign,
        "name": report.name,
        "kind": report.kind,
        "sample": report.sample,
        "zone": report.zone,
        "release_at": None if report.release_at is None else iso(report.release_at),
        "figures": [_figure(figure, both) for _, figure in sorted(figures(report).items())],
        "charts": [_chart(chart, both) for chart in sorted(charts(report), key=lambda chart: chart.id)],
    }
    return (json.dumps(body, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def figure_plain(figure: Figure) -> dict[str, object]:
    """Return a figure as it stands in the JSON, its names in both languages."""
    return _figure(figure, {lang: Wording(catalogue(lang), "UTC") for lang in ("zh", "en")})


def table_plain(table: Table) -> dict[str, object]:
    """Return a table as it stands in the JSON."""
    return _table(table)


def _figure(figure: Figure, both: dict[str, Wording]) -> dict[str, object]:
    quantity = figure.quantity
    out: dict[str, object] = {
        "id": figure.id,
        "label": figure.label,
        **{f"name_{lang}": wording.name(figure) for lang, wording in both.items()},
        "unit": quantity.unit,
        "method": quantity.method,
        "n": quantity.n,
        "evidence": {"query": figure.evidence.query, "params": dict(figure.evidence.params)},
    }
    if isinstance(quantity, Unknown):
        reasons = {f"reason_{lang}": w.catalogue.word("reason", quantity.reason) for lang, w in both.items()}
        return (
            out
            | reasons
            | {
                "value": None,
                "low": None,
                "high": None,
                "level": None,
                "reason": quantity.reason,
                "needed": quantity.needed,
            }
        )
    for key in ("value", "low", "high"):
        number = getattr(quantity, key)
        out[key] = number if math.isfinite(number) else None
        if not math.isfinite(number):
            out[f"{key}_unbounded"] = True
    return out | {"level": quantity.level}


def _chart(chart: Chart, both: dict[str, Wording]) -> dict[str, object]:
    return {
        "id": chart.id,
        "form": chart.form,
        "unit": chart.unit,
        **{f"title_{lang}": wording.catalogue.say(f"chart.{chart.title}") for lang, wording in both.items()},
        "x": chart.x,
        "y": chart.y,
        "series": chart.series,
        "low": chart.low,
        "high": chart.high,
        "figures": list(chart.figures),
        "table": _table(chart.table),
        "marks": [
            {
                "kind": mark.kind,
                "start": iso(mark.start),
                "end": None if mark.end is None else iso(mark.end),
                "paid": mark.paid,
                "note": mark.note,
            }
            for mark in chart.marks
        ],
    }


def _table(table: Table) -> dict[str, object]:
    return {
        "columns": [{"key": column.key, "kind": column.kind} for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> object:
    if isinstance(cell, datetime):
        return iso(cell)
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell
