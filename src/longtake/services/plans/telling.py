"""A plan in words, as it is read before anybody signs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from longtake.diagnosis.playbook.form import Form
from longtake.domain.answers.plan import Output, Plan, Stage
from longtake.domain.answers.plan_values import digest
from longtake.domain.estimate import Estimate
from longtake.locale import Catalogue
from longtake.render.wording import Wording
from longtake.services.plans.rules_said import rules_said
from longtake.services.reports.draft import ZONE


def telling(plan: Plan, words: Catalogue, shapes: Iterable[Form]) -> tuple[str, ...]:
    """Return the lines of a plan in one language.

    Args:
        plan: The plan.
        words: The words around it; those of the plan itself are in its own language.
        shapes: Platform forms, to say what an output has to fit.
    """
    return tuple(_lines(plan, Wording(words, ZONE), {form.key: form for form in shapes}))


def _lines(plan: Plan, wording: Wording, shapes: dict[str, Form]) -> Iterator[str]:
    say = wording.catalogue.say
    if not plan.stages:
        yield say("plan.nothing")
    elif plan.abstained:
        yield say("plan.abstained")
    else:
        yield say("plan.head", n=len(plan.stages))
    for number, stage in enumerate(plan.stages, 1):
        yield ""
        yield from _stage(stage, number, plan, wording, shapes)
    yield ""
    yield say("plan.guard")
    yield say("plan.digest", digest=digest(plan)[:16])


def _stage(stage: Stage, number: int, plan: Plan, wording: Wording, shapes: dict[str, Form]) -> Iterator[str]:
    words = wording.catalogue
    cause = (
        words.word("plan_cause", stage.cause)
        if stage.cause == "collect"
        else words.word("cause", stage.cause)
    )
    held = plan.because.get(stage.cause)
    shown = f" {held:.2f}" if held is not None else ""
    yield words.say("plan.stage", number=number, title=stage.title, cause=f"{cause}{shown}")
    yield f"  {stage.does}"
    yield f"  {goal_said(stage, wording)}"
    for one in stage.outputs:
        yield f"  · {_output(one, words, shapes)}"
        yield from (f"      {part}" for part in one.frame)
    budget = words.say("plan.undecided")
    if stage.budget_cny is not None:
        budget = words.amount(stage.budget_cny, "CNY")
    yield "  " + words.say(
        "plan.who",
        owner=words.word("plan_owner", stage.owner),
        cost=words.word("plan_cost", stage.cost),
        budget=budget,
    )
    design, label = words.word("plan_design", stage.design), words.word("plan_evidence", stage.evidence)
    yield "  " + words.say("plan.proof", design=design, evidence=label)
    for key in ("start", "stop", "avoid"):
        yield "  " + words.say(f"plan.{key}", what=getattr(stage, key))
    yield from (f"  {line}" for line in rules_said(stage, words))


def goal_said(stage: Stage, wording: Wording) -> str:
    """Return what a stage should move, from where, by how much and until when."""
    words, goal = wording.catalogue, stage.goal
    shown = wording.shown(goal.baseline)
    now = f"{shown.value} [{shown.interval}]" if shown.interval else shown.value
    spread = abs(goal.minimum)
    to = words.amount(goal.target, goal.unit, spread=spread) if goal.target is not None else "—"
    by = words.amount(goal.minimum, goal.unit, spread=spread)
    if goal.unit == "share":
        by = words.say("plan.points", points=f"{100 * goal.minimum:.2g}")
    key = "plan.rise" if goal.rise else "plan.fall"
    n = goal.baseline.n if isinstance(goal.baseline, Estimate) else 0
    name = words.word("plan_metric", goal.metric)
    return words.say(key, metric=name, now=now, to=to, by=by, days=goal.horizon_days, n=n)


def _output(one: Output, words: Catalogue, shapes: dict[str, Form]) -> str:
    form = shapes.get(one.form)
    if form is None:
        return f"{words.word('platform', one.platform)}：{one.what}" if one.platform else one.what
    asked = []
    for key, span in (("seconds", form.seconds), ("chars", form.chars), ("tags", form.tags)):
        if span is not None and not (key == "chars" and form.kind == "video"):
            asked.append(words.say(f"plan.form_{key}", least=f"{span[0]:g}", most=f"{span[1]:g}"))
    if form.hook_seconds is not None:
        asked.append(words.say("plan.form_hook", most=f"{form.hook_seconds:g}"))
    if form.ratios:
        asked.append(" / ".join(form.ratios))
    return words.say("plan.output", form=form.name.of(words.lang), what=one.what, asked=words.joined(asked))
