"""What the talk will do next: with promotion as usual, with what is planned, and with none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.report import Cell, Chart, Section, Sentence
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.figure import Evidence, Figure
from longtake.domain.timed.series import Series
from longtake.errors import NotEnoughDataError
from longtake.heat import Backtest, Forecast, backtest, forecast
from longtake.heat.grids.grid import DAY, HOUR, even
from longtake.services.reports.band import banded
from longtake.services.reports.draft import CHINA, Draft, part
from longtake.services.reports.heat.split.acts import Act, acts
from longtake.services.reports.heat.talk import Talk
from longtake.services.reports.marks import events, marks

Floats = NDArray[np.float64]

LEAST_DAYS = 28
DAYS, HOURS = 7, 72
SHOWN_BEFORE = 3
# Nearer to the usual than this, no promotion makes no difference worth a sentence.
LESS = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A series, what pushed it, and what is planned.

    Attributes:
        series: Counts by the hour or the day.
        past: What was done, by kind.
        planned: What is planned over the horizon, by the same kinds.
        horizon: Steps ahead.
    """

    series: Series
    past: dict[str, Floats]
    planned: dict[str, Floats]
    horizon: int


def section(draft: Draft, talks: Sequence[Talk]) -> Section | None:
    """Return the forecast of the loudest platform; None where there is nothing to go on."""
    loud = next((talk for talk in talks if talk.series is not None), None)
    if loud is None or loud.series is None:
        return None
    plan = _plan(draft, loud.platform, loud.series)
    try:
        made = _forecasts(plan)
    except NotEnoughDataError:
        return None
    tested = backtest(plan.series.values, step_hours=plan.series.step / HOUR, horizon=plan.horizon)
    figures = _figures(draft, loud.platform, made, tested)
    if not plan.planned:
        del figures["ahead_planned"]
    if not plan.past:
        del figures["ahead_none"]
    words: dict[str, str | int] = {
        "platform": loud.platform,
        "days": round(plan.horizon * plan.series.step / DAY),
    }
    said = [Sentence("ahead_usual", {"usual": figures["ahead_usual"]}, words)]
    if plan.past:
        said.append(_planned(plan, made, figures))
    known = isinstance(figures["ahead_coverage"].quantity, Estimate)
    tested_slots = {"coverage": figures["ahead_coverage"]} if known else {}
    said.append(Sentence("ahead_coverage" if known else "ahead_untested", tested_slots))
    return Section(
        "ahead",
        tuple(said),
        figures=tuple(figures.values()),
        charts=(_chart(draft, plan, made, figures["ahead_usual"].id),),
        notes=("ahead_interval", "ahead_plan"),
    )


def _planned(plan: Plan, made: Mapping[str, Forecast], figures: Mapping[str, Figure]) -> Sentence:
    """Return what the plan brings, what none leaves, or that it makes no difference that can be told."""
    if plan.planned:
        return Sentence("ahead_plan", {"bare": figures["ahead_none"], "planned": figures["ahead_planned"]})
    if made["bare"].total.value < LESS * made["usual"].total.value:
        return Sentence("ahead_none", {"bare": figures["ahead_none"]})
    return Sentence("ahead_same")


def _plan(draft: Draft, platform: str, series: Series) -> Plan:
    daily = _by_day(series)
    if len(daily) >= LEAST_DAYS or series.step == DAY:
        series, horizon = daily, DAYS
    else:
        horizon = HOURS
    past = _by_kind(acts(draft, platform, series))
    end = series.start + len(series) * series.step
    planned: dict[str, Floats] = {}
    for event in events(draft):
        first = (event.start - end) // series.step
        if (
            event.planned
            and event.platform in {None, platform}
            and 0 <= first < horizon
            and event.kind in past
        ):
            planned.setdefault(event.kind, np.zeros(horizon))[first] += 1.0
    return Plan(series, past, planned, horizon)


def _by_day(series: Series) -> Series:
    """Return counts of whole Beijing days."""
    if series.step == DAY:
        return series

    def midnight(at: datetime) -> datetime:
        return at.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)

    start, end = midnight(series.start), midnight(series.start + len(series) * series.step)
    if end <= start:
        end = start + DAY
    return even(series.times, series.values, start=start, end=end, step=DAY, reduction="sum")


def _by_kind(found: Mapping[str, Act]) -> dict[str, Floats]:
    kinds: dict[str, Floats] = {}
    for act in found.values():
        kinds[act.kind] = kinds.get(act.kind, np.zeros_like(act.intensity)) + act.intensity
    return kinds


def _forecasts(plan: Plan) -> dict[str, Forecast]:
    none = {name: np.zeros(plan.horizon) for name in plan.past}
    hours = plan.series.step / HOUR
    asked: dict[str, dict[str, Floats] | None] = {
        "usual": None,
        "planned": {**none, **plan.planned},
        "bare": none,
    }
    return {
        name: forecast(
            plan.series.values,
            step_hours=hours,
            horizon=plan.horizon,
            events=plan.past or None,
            future_events=future if plan.past else None,
        )
        for name, future in asked.items()
    }


def _figures(
    draft: Draft, platform: str, made: Mapping[str, Forecast], tested: Backtest
) -> dict[str, Figure]:
    quantities: dict[str, Quantity] = {
        "ahead_usual": _comments(made["usual"].total),
        "ahead_planned": _comments(made["planned"].total),
        "ahead_none": _comments(made["bare"].total),
        "ahead_coverage": tested.coverage,
        "ahead_skill": tested.skill,
    }
    evidence = Evidence("rows.comments", {"platform": platform})
    return {
        name: draft.figure(
            f"ahead.{name.removeprefix('ahead_')}.{part(platform)}",
            name,
            quantity,
            evidence,
            {"platform": platform},
        )
        for name, quantity in quantities.items()
    }


def _comments(total: Estimate) -> Estimate:
    return Estimate(total.value, total.low, total.high, total.level, "comments", total.method, total.n)


def _chart(draft: Draft, plan: Plan, made: Mapping[str, Forecast], figure: str) -> Chart:
    series = plan.series
    shown = min(len(series), SHOWN_BEFORE * plan.horizon)
    rows: list[tuple[Cell, ...]] = [
        (series.start + i * series.step, "counts", _cell(series.values[i]), None, None)
        for i in range(len(series) - shown, len(series))
    ]
    end = series.start + len(series) * series.step
    step: timedelta = series.step
    usual = made["usual"]
    rows += [
        (end + i * step, "forecast", _cell(usual.mean[i]), _cell(usual.low[i]), _cell(usual.high[i]))
        for i in range(plan.horizon)
    ]
    if plan.past:
        rows += [
            (end + i * step, "bare", _cell(made["bare"].mean[i]), None, None) for i in range(plan.horizon)
        ]
    return banded(
        "ahead",
        tuple(rows),
        y="modelled",
        kind="number",
        unit="comments",
        marks=marks(draft),
        figure=figure,
    )


def _cell(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
