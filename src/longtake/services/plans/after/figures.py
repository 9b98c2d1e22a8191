"""The numbers of a plan as figures, each with the rows behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.domain.running.life import Life
from longtake.services.plans.designs.registration import registration_of
from longtake.services.reports.draft import CHINA, part

ROWS: Mapping[str, tuple[str, Mapping[str, Scalar]]] = {
    "violated": ("rows.labels", {"label": "expectation", "value": "violated"}),
    "recommend": ("rows.labels", {"label": "share", "value": "recommend"}),
    "warn": ("rows.labels", {"label": "share", "value": "warn"}),
    "marketing_complaints": ("rows.labels", {"label": "aspect.promotion", "value": "neg"}),
    "tickets_a_day": ("rows.boxoffice", {}),
}
"""Rows of a metric; those of any other are the comments."""


def within(evidence: Evidence, first: date, last: date) -> Evidence:
    """Return the rows of some days in China, both ends included.

    Examples:
        >>> found = within(Evidence("rows.labels", {"label": "share"}), date(2026, 1, 8), date(2026, 1, 9))
        >>> found.params["hour_from"], found.params["hour_to"]
        ('2026-01-07T16:00:00', '2026-01-09T16:00:00')
    """
    if evidence.query == "rows.labels":
        ends = {"hour_from": _midnight(first), "hour_to": _midnight(last + timedelta(days=1))}
        return replace(evidence, params={**evidence.params, **ends})
    ends = {"day_from": first.isoformat(), "day_to": last.isoformat()}
    return replace(evidence, params={**evidence.params, **ends})


def rows_of(metric: str, first: date, last: date) -> Evidence:
    """Return the rows of a metric on some days."""
    query, params = ROWS.get(metric, ("rows.comments", {}))
    return within(Evidence(query, params), first, last)


def of_life(campaign: str, life: Life) -> dict[str, Figure]:
    """Return the figures of a stage by what they are: baseline, effect, power.

    Args:
        campaign: The campaign's id.
        life: The stage; one that is not judged has no effect.
    """
    stage, name = life.locked_stage, part(life.id)
    slots = {"stage": stage.title, "plan_metric": stage.goal.metric}
    every = rows_of(stage.goal.metric, date(1900, 1, 1), date(2999, 12, 31))
    whole = replace(
        every,
        params={
            key: value
            for key, value in every.params.items()
            if key not in {"day_from", "day_to", "hour_from", "hour_to"}
        },
    )
    found = {
        "baseline": Figure(
            f"{campaign}:plan.baseline.{name}", "plan_baseline", stage.goal.baseline, whole, slots
        )
    }
    if life.lock is None:
        return found
    written = registration_of(life.registration)
    known = Estimate.count(written.power, unit="share", method="power before the start", n=1)
    before = rows_of(stage.goal.metric, date(1900, 1, 1), written.begins - timedelta(days=1))
    found["power"] = Figure(f"{campaign}:plan.power.{name}", "plan_power", known, before, slots)
    if life.verdict is not None:
        effect = _in_points(quantity_of(life.verdict.told["effect"]), relative=written.relative)
        begins = life.begins or written.begins
        days = max(int(life.verdict.told["days"]), 1)
        judged = rows_of(stage.goal.metric, begins, begins + timedelta(days=days - 1))
        if "trial" in written.data:
            judged = Evidence("trial.rows", {"trial": written.data["trial"]})
        label = "plan_effect_relative" if written.relative else "plan_effect"
        told = {**slots, "plan_metric": life.metric}
        found["effect"] = Figure(f"{campaign}:plan.effect.{name}", label, effect, judged, told)
    return found


def _in_points(effect: Quantity, *, relative: bool) -> Quantity:
    """Return a difference of two shares in points: as a share it would read like a relative change."""
    if relative or not isinstance(effect, Estimate) or effect.unit != "share":
        return effect
    ends = {name: 100 * getattr(effect, name) for name in ("value", "low", "high")}
    return replace(effect, unit="percentage points", **ends)


def _midnight(day: date) -> str:
    at = datetime.combine(day, time(), CHINA).astimezone(UTC)
    return at.replace(tzinfo=None).isoformat()
