"""Acts before a stage runs: adopt, edit, lock, start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import answer, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.plan.asked import By, StageId, acted, at_desk, lines
from longtake.cli.values import day

if TYPE_CHECKING:
    from longtake.domain.running.life import Life
    from longtake.locale import Catalogue


def adopt(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    file: Annotated[
        Path | None, typer.Option("--from", help="A plan you edited; by default one is drafted now.")
    ] = None,
    today: Annotated[
        date | None,
        typer.Option("--today", parser=day, metavar="DAY", help="Stages are dated from the day after."),
    ] = None,
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Make a plan the campaign's own, each stage with its days, from where the film stands."""
    from longtake.services.plans import files, said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import adopt as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    plan = files.read(file) if file is not None else None
    acted(
        target,
        by,
        lang,
        act=lambda desk: service.adopt(desk, lang=words(lang).lang, plan=plan, today=today),
        tell=said.book_said,
        values=values.book_values if as_json else None,
    )


def edit(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    change: Annotated[
        list[str] | None,
        typer.Option("--set", help="name=value: owner, budget_cny, minimum, horizon_days, harm, design, ..."),
    ] = None,
    begins: Annotated[
        date | None, typer.Option("--begins", parser=day, metavar="DAY", help="Another first day.")
    ] = None,
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Change a stage: a new version with what differs; after the lock it lowers the label of evidence."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import adopt as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    told = {}
    for one in change or ():
        name, mark, value = one.partition("=")
        if not mark:
            raise typer.BadParameter(f"{one!r} is not name=value.")
        told[name.strip()] = value

    def made(life: Life, say: Catalogue) -> Iterator[str]:
        version = life.versions[-1]
        yield say.say(
            "plan_product.edited",
            title=life.stage.title,
            version=str(version.number),
            digest=version.digest[: said.SHORT],
        )
        yield from (said.change_said(one.key, one.before, one.after, say) for one in version.changes)
        if version.locked:
            yield say.say("plan_product.edited_locked")

    acted(
        target,
        by,
        lang,
        act=lambda desk: service.edit(desk, stage, told, begins=begins),
        tell=made,
        values=values.life_values if as_json else None,
    )


def lock(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    begins: Annotated[
        date | None,
        typer.Option("--begins", parser=day, metavar="DAY", help="First day; by default the planned one."),
    ] = None,
    extensions: Annotated[int, typer.Option("--extensions", help="Extensions that are allowed.")] = 1,
    rule: Annotated[
        str, typer.Option("--start-rule", help="How the start came about: auto, slump or day.")
    ] = "auto",
    city: Annotated[
        list[str] | None, typer.Option("--city", help="A city that gets the measure; may be given again.")
    ] = None,
    draw: Annotated[int, typer.Option("--draw", help="Draw so many cities by lot instead.")] = 0,
    without: Annotated[
        list[str] | None, typer.Option("--without", help="A city kept out of the comparison.")
    ] = None,
    trial: Annotated[str, typer.Option("--trial", help="Id of the split test that proves it.")] = "",
    only_try: Annotated[bool, typer.Option("--try", help="Print the power; lock nothing.")] = False,
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print a stage's power, then lock the stage with it, its digest and its frozen comparison."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.designs import Asked  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import lock as service  # noqa: PLC0415 -- slow import
    from longtake.services.reports.draft import CHINA  # noqa: PLC0415 -- slow import

    say = words(lang)
    if rule not in {"auto", "slump", "day"}:
        raise typer.BadParameter("--start-rule is auto, slump or day.")
    with at_desk(target, by, say) as desk:
        first = begins or desk.life(stage).begins
        if first is None:
            raise typer.BadParameter("No day is planned; give --begins DAY.")
        asked = Asked(first, extensions, rule, tuple(city or ()), draw, tuple(without or ()), trial)
        found = service.locking(desk, stage, asked)
        if not as_json:
            lines(*said.locking_said(found, say))
        life = None if only_try else service.lock(desk, stage, asked, seen=service.mark(found))
    if as_json:
        told = {"digest": found.digest, "assurance": found.assurance, "late": found.late}
        answer({**told, "registered": found.registration.values(), "locked": life is not None})
        return
    if life is None or life.lock is None:
        lines(say.say("plan_product.try_only"))
        return
    at = say.moment(life.lock.at, CHINA, year=True)
    told = {"title": life.stage.title, "digest": found.digest[: said.SHORT], "at": at, "who": life.lock.who}
    lines(say.say("plan_product.locked", **told))


def start(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    stage: StageId,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=day, metavar="DAY", help="First day; by default the locked one."),
    ] = None,
    anyway: Annotated[
        str, typer.Option("--anyway", help="Why it starts although a check does not hold; lowers the label.")
    ] = "",
    confirmed: Annotated[
        bool, typer.Option("--confirmed", help="You checked what the start rule says in words.")
    ] = False,
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Start a locked stage once its start checks hold of the figures as they stand."""
    from longtake.services.plans import rules_said, said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import start as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    def told(life: Life, say: Catalogue) -> Iterator[str]:
        seen = life.start.told if life.start is not None else {}
        yield from said.checks_said(seen.get("checks", {}), say)
        yield from rules_said.held_said(rules_said.held_of_all(seen.get("rules", ())), say)
        first = say.day(life.begins) if life.begins else ""
        yield say.say("plan_product.started", title=life.stage.title, day=first)

    acted(
        target,
        by,
        lang,
        act=lambda desk: service.start(desk, stage, on=on, anyway=anyway, confirmed=confirmed),
        tell=told,
        values=values.life_values if as_json else None,
    )
