"""Acts while a stage runs: look, judge, extend, stop, roll."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

import typer

from longtake.cli.console import answer, words
from longtake.cli.plan.asked import By, Json, Lang, StageId, Target, at_desk, lines


def look(target: Target, stage: StageId, by: By = None, as_json: Json = False, lang: Lang = None) -> None:
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
                "first": found.seen.first.isoformat(),
                "values": list(found.seen.values),
                "expected": list(found.seen.expected),
                "low": list(found.seen.low),
                "high": list(found.seen.high),
            }
        )
        return
    lines(*said.look_said(found, say))


def judge(target: Target, stage: StageId, by: By = None, as_json: Json = False, lang: Lang = None) -> None:
    """Judge a stage once its registered days are over, or its harm rule holds."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        life = service.judge(desk, stage)
    if as_json:
        answer(values.life_values(life))
        return
    lines(*said.verdict_said(life, say))


def extend(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    days: Annotated[int, typer.Option("--days", help="Days more.")],
    by: By = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Give a stage more days against the same frozen comparison."""
    from longtake.services.plans.designs.registration import registration_of  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        life = service.extend(desk, stage, days)
    if as_json:
        answer(values.life_values(life))
        return
    made = registration_of(life.registration)
    ends = (life.begins or made.begins) + timedelta(days=made.days - 1)
    power = say.amount(made.power, "share")
    lines(say.say("plan_product.extended", days=days, ends=say.day(ends), power=power))
    if life.extensions[-1].told["beyond"]:
        lines(say.say("plan_product.extended_beyond"))


def stop(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    why: Annotated[str, typer.Option("--why", help="Why it stops.")],
    by: By = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """Stop a stage for good."""
    from longtake.services.plans.running import judge as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        life = service.stop(desk, stage, why)
    if as_json:
        answer(values.life_values(life))
        return
    lines(say.say("plan_product.stopped", title=life.stage.title, why=why))


def roll(target: Target, stage: StageId, by: By = None, as_json: Json = False, lang: Lang = None) -> None:
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
