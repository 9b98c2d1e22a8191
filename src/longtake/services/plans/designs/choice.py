"""The right way to register and to judge a stage, by its design."""

from __future__ import annotations

from datetime import date

from longtake.domain.answers.plan import Stage
from longtake.services.plans.daily import latest
from longtake.services.plans.designs import cities, interrupted, split, windows
from longtake.services.plans.designs.registration import Asked, Registration, Seen
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace


def registered(draft: Draft, workspace: Workspace, stage: Stage, asked: Asked, *, days: int) -> Registration:
    """Return a stage as it is written down before its start: power first.

    Raises:
        NotEnoughDataError: The power cannot be computed; it says what would be needed.
        PlanActError: The design does not fit the metric, or something has to be set first.
    """
    if stage.design == "interrupted_series":
        return interrupted.registered(draft, stage, asked, days=days)
    if stage.design == "matched_cities":
        return cities.registered(draft, stage, asked, days=days)
    if stage.design in {"ab_test", "platform_holdout"}:
        return split.registered(draft, workspace, stage, asked, days=days)
    return windows.registered(draft, stage, asked, days=days, informed=_informed(draft, stage))


def seen(draft: Draft, workspace: Workspace, stage: Stage, written: Registration, *, begins: date) -> Seen:
    """Return what a stage shows as the figures stand.

    Raises:
        LongtakeError: What it is judged by cannot be had.
    """
    if written.design == "interrupted_series":
        return interrupted.seen(draft, stage, written, begins=begins)
    if written.design == "matched_cities":
        return cities.seen(draft, stage, written, begins=begins)
    if written.design in {"ab_test", "platform_holdout"}:
        last = latest(draft)
        days = min((last - begins).days + 1, written.days) if last is not None else 0
        return split.seen(draft, workspace, written, begins=begins, days=max(days, 0))
    return windows.seen(draft, stage, written, begins=begins, informed=_informed(draft, stage))


def _informed(draft: Draft, stage: Stage) -> float:
    return diagnosed(draft).informed if stage.goal.metric == "informed" else 0.0
