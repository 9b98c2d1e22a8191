"""The section on promotion that went too far and on the world outside."""

from __future__ import annotations

from datetime import date

from longtake.domain.answers.report import Cell, Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.services.reports.draft import Draft
from longtake.services.reports.pressure.outside import Outside
from longtake.services.reports.pressure.signs import outside, signs
from longtake.services.reports.pressure.spend import elasticity, spend_chart
from longtake.services.reports.pressure.supply import fuller

# Below these an outside change is not spoken of: so much moves in any week.
NOTABLE = {"competitor_surge": 0.2, "holiday_end": 0.2, "supply_cut": 0.59, "platform_fall": 0.25}


def section(draft: Draft) -> Section | None:
    """Return the section; None where there are neither comments nor lists nor takings."""
    if not any(draft.run(query) for query in ("comments_overview", "lists", "boxoffice_by_day")):
        return None
    figures = {sign.key: sign.figure for sign in signs(draft)}
    changes = outside(draft)
    known = {key: figure for key, figure in figures.items() if isinstance(figure.quantity, Estimate)}
    # That no holiday ended is worth knowing, not worth a place on the strip.
    strip = tuple(figure for figure in known.values() if getattr(figure.quantity, "value", 0.0))[:5]
    bent, full = elasticity(draft), fuller(draft)
    charts = (_chart(known), spend_chart(draft))
    return Section(
        "pressure",
        (*_pushed(figures), *_changed(figures, changes, full), *_missing(figures)),
        figures=strip,
        charts=tuple(chart for chart in charts if chart),
        notes=("pressure_model", "pressure_spend", "pressure_outside"),
        more=(
            *(figure for figure in known.values() if figure not in strip),
            *(figure for key, figure in figures.items() if key not in known),
            *((bent,) if bent else ()),
            *((full,) if isinstance(full.quantity, Estimate) else ()),
        ),
        tables={"pressure": _table(figures, changes)},
    )


def _pushed(figures: dict[str, Figure]) -> tuple[Sentence, ...]:
    said = []
    for key, slot in (
        ("promotion_dependence", "dependence"),
        ("fell_with_promotion", "fell"),
        ("spend_saturated", "saturated"),
    ):
        if isinstance(figures[key].quantity, Estimate):
            platform = figures[key].slots.get("platform")
            words = {"platform": platform} if platform else {}
            said.append(Sentence(f"pressure_{slot}", {slot: figures[key]}, words, tone="promo"))
    if not said:
        said.append(Sentence("pressure_no_money"))
    both = {"floods": figures["flooded_share"], "complaints": figures["marketing_complaints"]}
    if all(isinstance(figure.quantity, Estimate) for figure in both.values()):
        said.append(Sentence("pressure_noise", both))
    return tuple(said)


def _changed(figures: dict[str, Figure], changes: tuple[Outside, ...], full: Figure) -> tuple[Sentence, ...]:
    said = []
    for one in changes:
        if (
            isinstance(one.quantity, Estimate)
            and one.quantity.value > NOTABLE[one.key]
            and one.quantity.low > 0
        ):
            words: dict[str, str | date] = {"day": one.day} if one.day else {}
            if one.key == "competitor_surge":
                words["rival"] = one.name
            said.append(Sentence(f"pressure_{one.key}", {"change": figures[one.key]}, words, tone="warn"))
            if one.key == "supply_cut" and isinstance(full.quantity, Estimate):
                first = (
                    "cinemas" if full.quantity.low > 1 else "audience" if full.quantity.high < 1 else "both"
                )
                said.append(Sentence(f"pressure_first_{first}", {"fuller": full}))
    if not said and any(isinstance(one.quantity, Estimate) for one in changes):
        said.append(Sentence("pressure_quiet"))
    return tuple(said)


def _missing(figures: dict[str, Figure]) -> tuple[Sentence, ...]:
    missing = sum(not isinstance(figure.quantity, Estimate) for figure in figures.values())
    return (Sentence("pressure_missing", words={"n": missing, "all": len(figures)}),) if missing else ()


def _chart(known: dict[str, Figure]) -> Chart | None:
    if len(known) < 2:
        return None
    rows: list[tuple[Cell, ...]] = []
    for key, figure in known.items():
        held = figure.quantity
        if isinstance(held, Estimate):
            rows.append((key, *(round(end, 6) for end in (held.value, held.low, held.high))))
    ends = (Column("share", "share"), Column("low", "share"), Column("high", "share"))
    return Chart(
        id="pressure",
        title="pressure",
        form="interval",
        table=Table((Column("sign_name"), *ends), tuple(rows)),
        x="sign_name",
        y="share",
        low="low",
        high="high",
        unit="share",
        figures=tuple(figure.id for figure in known.values()),
    )


def _table(figures: dict[str, Figure], changes: tuple[Outside, ...]) -> Table:
    days = {one.key: one.day for one in changes}
    columns = (
        Column("sign_name"),
        Column("share", "share"),
        Column("low", "share"),
        Column("high", "share"),
        Column("day", "day"),
        Column("reason"),
    )
    rows: list[tuple[Cell, ...]] = []
    for key, figure in figures.items():
        held, day = figure.quantity, days.get(key)
        ends = (held.value, held.low, held.high) if isinstance(held, Estimate) else (None, None, None)
        reason = None if isinstance(held, Estimate) else held.reason
        rows.append((key, *ends, day.isoformat() if day else None, reason))
    return Table(columns, tuple(rows))
