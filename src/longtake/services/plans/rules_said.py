"""Start and stop rules in words: what is checked, and what the figures say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from longtake.domain.answers.plan import Stage
from longtake.domain.answers.rule import ASKED, CHANGES, QUIET, Rule
from longtake.domain.running.life import Life
from longtake.locale import Catalogue
from longtake.services.plans.daily import COUNTS
from longtake.services.plans.running.rules import Held, held_of


def rule_said(rule: Rule, words: Catalogue) -> str:
    """Return what a rule asks."""
    if rule.kind in {ASKED, QUIET}:
        return words.say(f"plan_rules.{rule.kind}", days=rule.days)
    return words.say(
        f"plan_rules.{rule.kind}",
        metric=words.word("plan_metric", rule.metric),
        by=_amount(rule.by, rule, words),
        days=rule.days,
    )


def rules_said(stage: Stage, words: Catalogue) -> Iterator[str]:
    """Yield what is checked of a stage's start and stop; nothing where nobody wrote it down so."""
    for key, rules in (("starts", stage.starts), ("stops", stage.stops)):
        for one in rules:
            if one.kind == ASKED:
                yield words.say(f"plan_rules.{key}_asked")
            else:
                yield words.say(f"plan_rules.{key}", rule=rule_said(one, words))


def held_said(found: Iterable[Held], words: Catalogue) -> Iterator[str]:
    """Yield each rule and whether it holds, with the two means it was read from."""
    for one in found:
        rule = rule_said(one.rule, words)
        if one.why:
            yield words.say("plan_rules.open", rule=rule, why=words.say(f"plan_rules.why_{one.why}"))
            continue
        key = "holds" if one.holds else "not"
        if one.rule.kind == QUIET:
            yield words.say(f"plan_rules.{key}_quiet", rule=rule, acts=one.now or 0.0)
            continue
        now, before = (_mean(value, one, words) for value in (one.now, one.before))
        yield words.say(f"plan_rules.{key}", rule=rule, now=now, before=before)


def held_of_all(told: Iterable[Mapping[str, Any]]) -> tuple[Held, ...]:
    """Return what an act put on record of its rules."""
    return tuple(held_of(one) for one in told)


def counted(told: Iterable[Mapping[str, Any]]) -> tuple[Held, ...]:
    """Return what an act put on record of the rules a machine reads; what a person confirmed is a check."""
    return tuple(one for one in held_of_all(told) if one.rule.kind != ASKED)


def stopped_said(life: Life, words: Catalogue) -> tuple[str, ...]:
    """Return why a stage was stopped, and the rules it followed from."""
    if life.stopped is None:
        return ()
    told = life.stopped.told
    head = "plan_rules.stopped_by_rule" if told.get("rules") else "plan_rules.stopped"
    at = words.day(life.stopped.at.date())
    lines = [words.say(head, why=told["why"], at=at, who=life.stopped.who)]
    return (*lines, *held_said(held_of_all(told.get("rules", ())), words))


def _amount(value: float, rule: Rule, words: Catalogue) -> str:
    if rule.relative or (rule.kind not in CHANGES and rule.metric not in COUNTS):
        return words.amount(value, "share")
    if rule.metric in COUNTS:
        return words.number(value)
    return words.say("plan.points", points=f"{100 * value:.2g}")


def _mean(value: float | None, one: Held, words: Catalogue) -> str:
    if value is None:
        return "—"
    return words.amount(value, "share") if one.unit == "share" else words.number(value)
