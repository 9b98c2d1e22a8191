"""Judged against the days before, or the metric read again: an observation, whatever it shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from longtake.domain.answers.plan import Stage
from longtake.domain.answers.plan_values import quantity_of, quantity_values
from longtake.domain.estimate import Estimate, Unknown
from longtake.errors import NotEnoughDataError
from longtake.services.plans.daily import daily
from longtake.services.plans.designs.registration import Asked, Registration, Seen, signed
from longtake.services.plans.metrics import metric
from longtake.services.reports.draft import Draft
from longtake.trial.frequentist.welch import WELCH
from longtake.trial.plans.windows import read_again, register_counted, register_windows, windows


def registered(draft: Draft, stage: Stage, asked: Asked, *, days: int, informed: float) -> Registration:
    """Return a stage with what it will be held against, and the power to see a difference.

    Args:
        draft: The campaign as it stands.
        stage: The stage.
        asked: What was set at the lock.
        days: Days that are judged.
        informed: Share of the diagnosis that rests on something measured.

    Raises:
        NotEnoughDataError: Too little is known of the metric.
    """
    made = Registration(
        design="before_after",
        evidence="observational",
        begins=asked.begins,
        days=days,
        level=asked.level,
        least=signed(stage) * stage.goal.minimum,
        relative=False,
        unit=stage.goal.unit,
        power=0.0,
        smallest_found=0.0,
        seal="",
    )
    series = daily(draft, stage.goal.metric)
    if series is not None:
        known = [value for value in series.values[-days:] if value is not None]
        found = register_windows(made.trial(stage), [round(value, 9) for value in known])
        data: dict[str, Any] = {
            "before": [round(value, 9) for value in known],
            "about": series.about,
            "first": (series.last - timedelta(days=len(series.values[-days:]) - 1)).isoformat(),
        }
    else:
        quantity = metric(draft, stage.goal.metric, informed=informed).quantity
        if not isinstance(quantity, Estimate):
            raise NotEnoughDataError(
                quantity.method, needed=quantity.needed or quantity.n + 1, got=quantity.n, unit="rows"
            )
        found = register_counted(made.trial(stage), quantity)
        data = {"baseline": quantity_values(quantity)}
    return replace(
        made, power=found.power, smallest_found=found.smallest_found, seal=found.data_seal, data=data
    )


def seen(draft: Draft, stage: Stage, written: Registration, *, begins: date, informed: float) -> Seen:
    """Return what changed since, over the days there are."""
    series = daily(draft, stage.goal.metric, written.data.get("about", ""))
    end = begins + timedelta(days=written.days - 1)
    if "baseline" in written.data:
        before = quantity_of(written.data["baseline"])
        now = metric(draft, stage.goal.metric, informed=informed).quantity
        effect = read_again(before, now, level=written.level) if isinstance(before, Estimate) else before
        last = _last(draft, end)
        return Seen(effect, max((last - begins).days + 1, 0), written.seal, begins)
    last = min(series.last, end) if series is not None else begins - timedelta(days=1)
    days = (last - begins).days + 1
    if series is None or days < 1:
        return Seen(Unknown("too_few_days", WELCH, written.unit, 0, 2), 0, written.seal, begins)
    values = series.between(begins, last)
    known = [value for value in values if value is not None]
    effect = windows(written.data["before"], known, unit=written.unit, level=written.level)
    return Seen(effect, days, written.seal, begins, values)


def _last(draft: Draft, end: date) -> date:
    """Return the last day rows tell of, no later than the end."""
    days = [row["day"] for row in draft.run("comments_by_day")]
    return min(max(days, default=end), end)
