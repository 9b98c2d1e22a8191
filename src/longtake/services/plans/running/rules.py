"""Start and stop rules of a stage, held against the figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from longtake.domain.answers.rule import ASKED, QUIET, Rule, rule_of
from longtake.services.plans.daily import daily
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.marks import events

WEEK = 7
"""Days before the start that a change is held against."""


@dataclass(frozen=True, slots=True)
class Held:
    """A rule and what the figures say of it.

    Attributes:
        rule: The rule.
        holds: Whether it holds; None where that cannot be told, or only a person can tell.
        now: Mean of the last days; None where it is not known.
        before: Mean of the week before the start; None where it is not known or not needed.
        unit: ``share`` or the metric's own; empty without a metric.
        why: Why it cannot be told: ``asked``, ``too_few_days``, ``no_series``; empty otherwise.
    """

    rule: Rule
    holds: bool | None
    now: float | None = None
    before: float | None = None
    unit: str = ""
    why: str = ""

    def values(self) -> dict[str, Any]:
        """Return it as JSON values."""
        told = {"rule": self.rule.values(), "holds": self.holds, "now": self.now, "before": self.before}
        return {**told, "unit": self.unit, "why": self.why}


def held_of(values: Mapping[str, Any]) -> Held:
    """Return what was found of a rule, from JSON values.

    Examples:
        >>> one = Held(Rule(ASKED), None, why="asked")
        >>> held_of(one.values()) == one
        True
    """
    return Held(**{**values, "rule": rule_of(values["rule"])})


def stops(draft: Draft, rules: Iterable[Rule], *, begins: date, ends: date) -> tuple[Held, ...]:
    """Return what the figures say of stop rules, from the start to the last whole day of the stage.

    Args:
        draft: The campaign as it stands.
        rules: The rules.
        begins: First day of the measure.
        ends: Last day that is judged.
    """
    return tuple(_counted(draft, one, begins=begins, first=begins, ends=ends) for one in rules)


def starts(draft: Draft, rules: Iterable[Rule], *, begins: date) -> tuple[Held, ...]:
    """Return what the figures say of start rules, over the days before a first day.

    A change is held against the week before those days.
    """
    return tuple(_start(draft, one, begins) for one in rules)


def _start(draft: Draft, rule: Rule, begins: date) -> Held:
    first = begins - timedelta(days=rule.days)
    if rule.kind != QUIET:
        return _counted(draft, rule, begins=first, first=date.min, ends=begins - timedelta(days=1))
    days = [one.start.astimezone(CHINA).date() for one in events(draft) if one.planned is not True]
    acts = sum(first <= day < begins for day in days)
    return Held(rule, acts == 0, float(acts), unit="acts")


def _counted(draft: Draft, rule: Rule, *, begins: date, first: date, ends: date) -> Held:
    """Return what the last days to ``ends`` say, none before ``first``, against the week to ``begins``."""
    if rule.kind == ASKED:
        return Held(rule, None, why="asked")
    series = daily(draft, rule.metric)
    if series is None:
        return Held(rule, None, why="no_series")
    unit = "" if series.counts else "share"
    last = min(series.last, ends)
    start = last - timedelta(days=rule.days - 1)
    before = _mean(series.between(begins - timedelta(days=WEEK), begins - timedelta(days=1)))
    if start < first:
        return Held(rule, None, None, before, unit, "too_few_days")
    values = series.between(start, last)
    now = _mean(values) if None not in values else None
    holds = rule.holds(now, before) if now is not None else None
    return Held(rule, holds, now, before, unit, "" if holds is not None else "too_few_days")


def _mean(values: tuple[float | None, ...]) -> float | None:
    known = [one for one in values if one is not None]
    return sum(known) / len(known) if known else None
