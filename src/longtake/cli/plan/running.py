"""Acts while a stage runs: look, judge, extend, stop, roll."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import answer, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.plan.asked import By, StageId, acted, at_desk, lines

if TYPE_CHECKING:
    from longtake.domain.running.life import Life
    from longtake.locale import Catalogue


def look(target: Target, stage: StageId, by: By = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Hold what came against what was foretold, and say extend, stop or roll, with one reason."""
    from longtake.domain.answers.plan_values import quantity_values  # noqa: PLC0415 -- slow import
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import look as service  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        found = service.look(desk, stage)
    if as_json:
        answer(
            {
                "stage": found.life.id,
                "days": found.seen.days,
                "of": found.registration.days,
                "effect": quantity_values(found.seen.effect),
                "harm": found.harm,
                "advice": found.advice,
                "reason": found.reason,
                "rules": [one.values() for one in found.rules],
                "first": found.seen.first.isoformat(),
                "values": list(found.seen.values),
                "expected": list(found.seen.expected),
                "low": list(found.seen.low),
                "high": list(found.seen.high),
            }
        )
        return
    lines(*said.look_said(found, say))


def judge(target: Target, stage: StageId, by: By = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Judge a stage once its registered days are over, or its harm rule holds."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    acted(
        target,
        by,
        lang,
        act=lambda desk: service.judge(desk, stage),
        tell=said.verdict_said,
        values=values.life_values if as_json else None,
    )


def extend(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    days: Annotated[int, typer.Option("--days", help="Days more.")],
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Give a stage more days against the same frozen comparison."""
    from longtake.services.plans.designs.registration import registration_of  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    def told(life: Life, say: Catalogue) -> Iterator[str]:
        made = registration_of(life.registration)
        ends = (life.begins or made.begins) + timedelta(days=made.days - 1)
        power = say.amount(made.power, "share")
        yield say.say("plan_product.extended", days=days, ends=say.day(ends), power=power)
        if life.extensions[-1].told["beyond"]:
            yield say.say("plan_product.extended_beyond")

    acted(
        target,
        by,
        lang,
        act=lambda desk: service.extend(desk, stage, days),
        tell=told,
        values=values.life_values if as_json else None,
    )


def stop(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    why: Annotated[str, typer.Option("--why", help="Why it stops.")] = "",
    rule: Annotated[
        bool, typer.Option("--rule", help="It stops by its stop rule, which goes on record with its figures.")
    ] = False,
    confirmed: Annotated[
        bool,
        typer.Option("--confirmed", help="You saw what only a person can tell of the rule."),
    ] = False,
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Stop a stage for good."""
    from longtake.services.plans import rules_said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    acted(
        target,
        by,
        lang,
        act=lambda desk: service.stop(desk, stage, why, by_rule=rule, confirmed=confirmed),
        tell=lambda life, say: [
            say.say("plan_product.stop_done", title=life.stage.title),
            *rules_said.stopped_said(life, say),
        ],
        values=values.life_values if as_json else None,
    )


def roll(target: Target, stage: StageId, by: By = None, as_json: AsJson = False, lang: Lang = None) -> None:
    """Go on to the next stage: its baseline measured anew, its expected effect updated by the verdict."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running.expected import expected  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        coming = service.roll(desk, stage)
        belief = expected(desk.book, coming.stage, desk.packs) if coming is not None else None
    if as_json:
        answer(values.life_values(coming) if coming is not None else None)
        return
    if coming is None or belief is None:
        lines(say.say("plan_product.rolled_none"))
        return
    lines(
        say.say("plan_product.rolled", title=coming.stage.title),
        said.expected_said(belief.mean, belief.deviation, belief.verdicts, say),
    )
