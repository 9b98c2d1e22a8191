"""What the film took: by day and city, its legs, its showings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.boxoffice.legs import Legs, legs
from longtake.services.reports.band import banded
from longtake.services.reports.boxoffice.ahead import ahead, further, path_rows
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.marks import marks

CITIES = 20
EVERY_FILM = "*"
STRIP = ("total", "final", "legs", "decline", "week")
CITY = ("gross_cny", "admissions", "showings", "seats")


def section(draft: Draft) -> Section | None:
    """Return the box-office section; None when no takings were imported."""
    films: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM:
            films[row["film"]].append(row)
    if not films:
        return None
    own = own_film(draft, films)
    bases = {row["basis"] for row in films[own]}
    rows = [row for row in films[own] if row["basis"] == ("gross" if "gross" in bases else min(bases))]
    dated = [row for row in rows if row["date"] is not None]
    evidence = Evidence("rows.boxoffice", {"film": own})
    run = _legs(draft, dated) if dated else Unknown("no_time", "sum of days", "CNY", len(rows))
    figures = _figures(draft, own, rows, run, evidence)
    said = _sentences(run, figures)
    return Section(
        "box_office",
        tuple(said),
        figures=tuple(figures[key] for key in STRIP if key in figures),
        charts=tuple(
            chart for chart in (_chart(draft, dated, figures), _ahead(draft, run, rows, figures)) if chart
        ),
        notes=("legs_measured", "box_supply", *(("box_reference",) if "final" in figures else ())),
        more=tuple(figures[key] for key in figures if key not in STRIP),
        tables=_tables(draft, own, films),
    )


def own_film(draft: Draft, films: Mapping[str, list[dict[str, Any]]]) -> str:
    """Return the campaign's own film among those imported.

    The one it names; else the one a template leaves unnamed; else the one with most rows.
    """
    plain = draft.campaign.name.strip("《》")
    named = [film for film in films if film and (plain in film or film.strip("《》") in plain)]
    return min(named or ([""] if "" in films else films), key=lambda film: (-len(films[film]), film))


def _legs(draft: Draft, dated: list[dict[str, Any]]) -> Legs | Unknown:
    known = [row for row in dated if row["gross_cny"] is not None]
    if not known:
        return Unknown("no_rows", "sum of days", "CNY", 0)
    release = draft.campaign.release_at
    opened = release.astimezone(CHINA).date() if release else None
    days: list[date] = [row["date"] for row in known]
    if opened is not None and not min(days) <= opened <= max(days):
        opened = None
    return legs(days, [row["gross_cny"] for row in known], release=opened)


def _figures(
    draft: Draft, film: str, rows: list[dict[str, Any]], run: Legs | Unknown, evidence: Evidence
) -> dict[str, Figure]:
    named: dict[str, tuple[str, Quantity]] = {}
    if isinstance(run, Legs):
        named["total"] = ("box_office_total", run.total)
        named["opening"] = ("opening_3_days", run.opening)
        named["legs"] = ("legs", replace(run.legs_3, unit="times"))
        named["legs_7"] = ("legs_7", replace(run.legs_7, unit="times"))
        named["decline"] = ("week_decline", run.weekly_decline)
        named |= further(run, rows)
        if isinstance(run.previews, Estimate):
            named["previews"] = ("previews_total", run.previews)
    else:
        named["legs"] = ("legs", run)
        named.update(_stated(rows))
    for key, label, unit in (
        ("showings", "showings_total", "showings"),
        ("admissions", "admissions_total", "tickets"),
    ):
        values = [row[key] for row in rows if row[key] is not None]
        if values:
            named[key] = (
                label,
                Estimate.count(float(sum(values)), unit=unit, method="sum of days", n=len(values)),
            )
    seats = [
        (row["seats"], row["admissions"]) for row in rows if row["seats"] and row["admissions"] is not None
    ]
    if seats:
        taken = sum(sold for _, sold in seats) / sum(offered for offered, _ in seats)
        quantity = Estimate.count(taken, unit="share", method="tickets over seats", n=len(seats))
        named["occupancy"] = ("occupancy_mean", quantity)
    return {
        key: draft.figure(
            f"box_office.{key}", label, quantity, evidence, {"film": film or draft.campaign.name}
        )
        for key, (label, quantity) in named.items()
    }


def _stated(rows: list[dict[str, Any]]) -> dict[str, tuple[str, Quantity]]:
    """Return the running total a source states, when single days do not make one."""
    stated = [row["cumulative_cny"] for row in rows if row["cumulative_cny"] is not None]
    if not stated:
        return {}
    total = Estimate.count(max(stated), unit="CNY", method="as stated by the source", n=len(stated))
    return {"total": ("box_office_total", total)}


def _sentences(run: Legs | Unknown, figures: Mapping[str, Figure]) -> list[Sentence]:
    if not isinstance(run, Legs):
        return [Sentence("box_stated" if "total" in figures else "box_none", figures)]
    said = [Sentence("box_total", figures, {"days": run.days})]
    if isinstance(run.legs_3, Estimate):
        said.append(Sentence("box_legs", figures, {"release": run.release}))
    said += ahead(figures)
    return said


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), CHINA).astimezone(UTC)


def _chart(draft: Draft, dated: list[dict[str, Any]], figures: Mapping[str, Figure]) -> Chart | None:
    rows = tuple((_noon(row["date"]), row["gross_cny"]) for row in dated if row["gross_cny"] is not None)
    if len(rows) < 2:
        return None
    return Chart(
        id="box-office",
        title="box_office_by_day",
        form="timeline",
        table=Table((Column("at", "time"), Column("gross_cny", "cny")), rows),
        x="at",
        y="gross_cny",
        unit="CNY",
        marks=marks(draft),
        figures=(figures["total"].id,) if "total" in figures else (),
    )


def _ahead(
    draft: Draft, run: Legs | Unknown, rows: list[dict[str, Any]], figures: Mapping[str, Figure]
) -> Chart | None:
    """Return the days so far and the week to come."""
    found = path_rows(run, rows) if isinstance(run, Legs) else ()
    if not found or "total" not in figures:
        return None
    return banded(
        "box-ahead",
        found,
        y="gross_cny",
        kind="cny",
        unit="CNY",
        marks=marks(draft),
        figure=figures["total"].id,
    )


def _tables(draft: Draft, own: str, films: Mapping[str, list[dict[str, Any]]]) -> dict[str, Table]:
    made = {}
    cities = _cities(draft.run("boxoffice_by_city", film=own))
    if cities:
        rows = sorted(cities, key=lambda row: (-(row["gross_cny"] or 0), row["city"]))[:CITIES]
        kinds = ("cny", "number", "number", "number")
        made["cities"] = Table(
            (Column("city"), *(Column(name, kind) for name, kind in zip(CITY, kinds, strict=True))),
            tuple((row["city"], *(row[name] for name in CITY)) for row in rows),
        )
    if len(films) > 1:
        others = []
        for film, rows in sorted(films.items()):
            takings = [row["gross_cny"] for row in rows if row["gross_cny"] is not None]
            stated = [row["cumulative_cny"] for row in rows if row["cumulative_cny"] is not None]
            others.append(
                (
                    film or draft.campaign.name,
                    len(rows),
                    sum(takings) if takings else None,
                    max(stated) if stated else None,
                )
            )
        columns = (
            Column("film"),
            Column("days", "number"),
            Column("gross_cny", "cny"),
            Column("cumulative_cny", "cny"),
        )
        made["films"] = Table(columns, tuple(others))
    return made


def _cities(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one row a city: the sums over its days; a number no day has stays unknown."""
    grouped: dict[str, dict[str, Any]] = {}
    for row in rows:
        city = grouped.setdefault(row["city"], {"city": row["city"], **dict.fromkeys(CITY)})
        for name in CITY:
            if row[name] is not None:
                city[name] = (city[name] or 0.0) + row[name]
    return list(grouped.values())
