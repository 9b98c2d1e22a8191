"""Judged against a forecast that is frozen before the start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.plan import Stage
from longtake.domain.estimate import Estimate, Unknown
from longtake.errors import NotEnoughDataError
from longtake.services.plans.daily import daily
from longtake.services.plans.designs.registration import Asked, Registration, Seen, relative_least, signed
from longtake.services.plans.designs.unmeasured import unmeasured
from longtake.services.plans.errors import PlanActError
from longtake.services.reports.draft import Draft
from longtake.trial.its.frozen import LEAST_BEFORE, METHOD, Frozen
from longtake.trial.its.start import AfterWorst, Rule
from longtake.trial.plans.before_after import BeforeAfter, judge, register

Floats = NDArray[np.float64]

WORST, USUAL, BACK = 3, 7, 14
"""A slump: the worst three days against the week before them, over starts of the last two weeks."""

MOST_GAP = 14
SLUMP, DAY = "slump", "day"


def registered(draft: Draft, stage: Stage, asked: Asked, *, days: int) -> Registration:
    """Return a stage with its forecast frozen and its power known.

    Raises:
        NotEnoughDataError: The series is too short to foretell anything.
        PlanActError: The metric has no daily series, or the start lies too far ahead of it.
    """
    series = daily(draft, stage.goal.metric)
    if series is None:
        raise unmeasured(stage.goal.metric)
    gap = (asked.begins - series.last).days - 1
    if gap > MOST_GAP:
        raise PlanActError(
            f"The figures end on {series.last}, {gap} days before the start.",
            fix="Bring the newer files in first.",
            says="figures_too_old",
            last=series.last.isoformat(),
        )
    history = [None if value is None else round(value, 9) for value in series.values]
    known = sum(value is not None for value in history)
    if known < LEAST_BEFORE:
        raise NotEnoughDataError(METHOD, needed=LEAST_BEFORE, got=known, unit="days before the start")
    rule = asked.rule
    if rule == "auto":
        rule = SLUMP if _after_slump(history, flipped=_turned(stage, counts=series.counts)) else DAY
    made = Registration(
        design="interrupted_series",
        evidence=stage.evidence,
        begins=asked.begins,
        days=days,
        level=asked.level,
        least=relative_least(stage) if series.counts else signed(stage) * stage.goal.minimum,
        relative=series.counts,
        unit="share" if series.counts else stage.goal.unit,
        power=0.0,
        smallest_found=0.0,
        seal="",
        data={
            "metric": series.metric,
            "about": series.about,
            "first": series.first.isoformat(),
            "history": history,
            "rule": rule,
            "flipped": rule == SLUMP and _turned(stage, counts=series.counts),
        },
    )
    return longer(stage, made, days=days)


def longer(stage: Stage, written: Registration, *, days: int) -> Registration:
    """Return a registration over so many days, its forecast frozen from the history that was written down."""
    frozen = _frozen(written, stage, days=days)
    return replace(
        written,
        days=days,
        power=frozen.registered.power,
        smallest_found=abs(frozen.registered.smallest_found),
        seal=frozen.registered.data_seal,
        data={
            **written.data,
            "ahead": (written.begins - timedelta(days=frozen.lead)).isoformat(),
            **_band(written, frozen.frozen),
        },
    )


def seen(draft: Draft, stage: Stage, written: Registration, *, begins: date) -> Seen:
    """Return what came after the start, held against the frozen forecast, over the days there are."""
    made = written if begins == written.begins else replace(written, begins=begins)
    ahead = date.fromisoformat(made.data["ahead"])
    series = daily(draft, stage.goal.metric, made.data.get("about", ""))
    last = min(series.last, made.ends) if series is not None else ahead
    days = (last - made.begins).days + 1
    values = series.between(ahead, last) if series is not None and last >= ahead else ()
    path, low, high = (tuple(made.data[name][: len(values)]) for name in ("path", "low", "high"))
    unit = made.unit
    none = Unknown("too_few_days", METHOD, unit, 0, 1)
    shown = Seen(none, 0, made.seal, ahead, values, tuple(path), tuple(low), tuple(high))
    if series is None or days < 1:
        return shown
    frozen = _frozen(made, stage, days=days)
    known = [np.nan if value is None else value for value in values]
    skip = len(values) - frozen.frozen.after
    missing = int(np.isnan(known[skip:]).sum())
    if missing:
        effect: Estimate | Unknown = Unknown("days_missing", METHOD, unit, days - missing, days)
    else:
        effect = _turned_back(made, judge(frozen, _turn(made, np.array(known[skip:])))[1].effect, unit)
    return replace(shown, effect=effect, days=days, seal=frozen.registered.data_seal)


def _frozen(made: Registration, stage: Stage, *, days: int) -> BeforeAfter:
    """Return the forecast of a registration over so many days of the measure.

    A series that chose its start goes on without a gap: the days up to the start are foretold along. On a set
    day they are days that nobody has seen.
    """
    history: Sequence[float | None] = made.data["history"]
    known = np.array([np.nan if value is None else value for value in history], dtype=np.float64)
    first = date.fromisoformat(made.data["first"])
    gap = (made.begins - first).days - known.size
    rule: Rule | None = None
    lead = gap if made.data["rule"] == SLUMP else 0
    if made.data["rule"] == SLUMP:
        rule = _rule(known.size)
        known = _turn(made, np.where(np.isnan(known), _filled(known), known))
    else:
        known = np.concatenate([known, np.full(gap, np.nan)])
    turned = replace(made, days=days, least=-made.least if made.data["flipped"] else made.least)
    return register(
        turned.trial(stage),
        known,
        rule=rule,
        length=known.size + lead + days,
        scale="log" if made.relative else "level",
        lead=lead,
    )


def _rule(n: int) -> AfterWorst:
    return AfterWorst(WORST, max(LEAST_BEFORE, n - BACK), n, USUAL)


def _filled(values: Floats) -> Floats:
    """Return a series whose gaps are filled along straight lines, for a rule that looks at every day."""
    places = np.arange(values.size)
    held = np.isfinite(values)
    return np.asarray(np.interp(places, places[held], values[held]))


def _after_slump(history: Sequence[float | None], *, flipped: bool) -> bool:
    """Return whether the start falls right after the worst days, as those who repair a slide start.

    Examples:
        >>> flat = [100.0] * 20
        >>> slid = [*flat, 40.0, 40.0, 40.0]
        >>> _after_slump(slid, flipped=False), _after_slump(flat, flipped=False)
        (True, False)
    """
    known = np.array([np.nan if value is None else value for value in history], dtype=np.float64)
    if not np.isfinite(known).all() or known.size < LEAST_BEFORE:
        return False
    known = 1.0 - known if flipped else known
    run, before = known[-WORST:].mean(), known[-WORST - USUAL : -WORST].mean()
    return bool(run < before and _rule(known.size).starts(known[None])[0] == known.size)


def _turned(stage: Stage, *, counts: bool) -> bool:
    """Return whether a low of the metric is good: its worst days are then those of its complement."""
    return not stage.goal.rise and not counts


def _turn(made: Registration, values: Floats) -> Floats:
    return 1.0 - values if made.data["flipped"] else values


def _turned_back(made: Registration, effect: Estimate, unit: str) -> Estimate:
    if not made.data["flipped"]:
        return replace(effect, unit=unit)
    return replace(effect, value=-effect.value, low=-effect.high, high=-effect.low, unit=unit)


def _band(made: Registration, forecast: Frozen) -> dict[str, list[float]]:
    """Return the expected days and their band, in the metric's unit."""
    path, low, high = (_turn(made, one) for one in (forecast.path, forecast.low, forecast.high))
    if made.data["flipped"]:
        low, high = high, low
    named = {"path": path, "low": low, "high": high}
    return {name: [round(float(one), 6) for one in values] for name, values in named.items()}
