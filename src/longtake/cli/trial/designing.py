"""Design a trial, see what it can find, start it, change one that runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from longtake.cli.console import answer, out, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.trial.given import Name, arm, campaign_id, metric, now
from longtake.cli.values import day, who
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.domain.trials.arms import Arm

Day = Annotated[
    date | None, typer.Option("--begins", parser=day, metavar="DAY", help="First day whose rows count.")
]


def new(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    trial: Name,
    question: Annotated[str, typer.Option("--question", help="What is asked, in words.")],
    design: Annotated[
        str,
        typer.Option(
            help="any_look, group_sequential, bandit, matched_slots, described, matched_cities, "
            "matched_cinemas or interrupted_series."
        ),
    ] = "any_look",
    arms: Annotated[
        list[str] | None,
        typer.Option(
            "--arm", help="An arm, the control first: 'name|emotion=…|format=…|angle=…|weight=…|alias=…'."
        ),
    ] = None,
    nodes: Annotated[
        list[str] | None, typer.Option("--node", help="A node of the campaign as an arm.")
    ] = None,
    lines: Annotated[
        list[int] | None, typer.Option("--line", help="A golden line as an arm, by its place from 1.")
    ] = None,
    metrics: Annotated[
        list[str] | None,
        typer.Option("--metric", help="Judged one first: 'name[:proportion|mean|ratio[:up|down]]'."),
    ] = None,
    unit: Annotated[str | None, typer.Option(help="viewer, cell, cinema or city.")] = None,
    assigned_by: Annotated[str | None, typer.Option("--by", help="us, platform, calendar or nobody.")] = None,
    units: Annotated[int, typer.Option(help="Units of all arms at the planned end.")] = 0,
    minimum: Annotated[
        float,
        typer.Option(
            help="Smallest change worth it: 0.01 is one point of a share; for cities, cinemas and series "
            "a share of what would have been."
        ),
    ] = 0.0,
    baseline: Annotated[float | None, typer.Option(help="What the control shows now.")] = None,
    deviation: Annotated[float | None, typer.Option(help="How far units differ, for means.")] = None,
    alpha: Annotated[float, typer.Option(help="Chance of a false alarm.")] = 0.05,
    looks: Annotated[int, typer.Option(help="Looks planned, for group_sequential.")] = 5,
    days: Annotated[int, typer.Option(help="Days until it is judged.")] = 14,
    start_rule: Annotated[str, typer.Option(help="When it may start, in words.")] = "",
    cities: Annotated[list[str] | None, typer.Option("--city", help="A city that gets it.")] = None,
    draw: Annotated[int, typer.Option(help="Cities to draw by lot instead.")] = 0,
    after_slump: Annotated[
        bool, typer.Option("--after-slump", help="The series' own slump decides the start.")
    ] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write a trial's design down; it may be written anew until it starts."""
    from longtake.domain.trials.trial import Trial  # noqa: PLC0415 -- slow import
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.defaults import (  # noqa: PLC0415 -- slow import
        arms_or_two,
        assigned_usually,
        metric_usually,
        unit_usually,
    )

    say = words(lang)
    campaign = campaign_id(target, lang)
    wanted = list(metrics or [metric_usually(design)])
    made = Trial(
        id=trial,
        campaign=campaign,
        question=question,
        design=design,
        arms=arms_or_two(_arms(campaign, arms or [], nodes or [], lines or []), design, say),
        metrics=(
            metric(wanted[0], baseline=baseline, deviation=deviation),
            *(metric(one) for one in wanted[1:]),
        ),
        unit=unit or unit_usually(design),
        assigned_by=assigned_by or assigned_usually(design),
        planned_units=units,
        minimum=minimum,
        alpha=alpha,
        looks=looks,
        horizon_days=days,
        start_rule=start_rule,
        places=tuple(cities or ()),
        drawn=draw,
        chosen_low=after_slump,
    )
    book = trials.design(Workspace.here(), made, by=who(), now=now())
    if as_json:
        from longtake.services.trials.telling import book_values  # noqa: PLC0415 -- slow import

        answer(book_values(book))
        return
    _tell(book, say)
    out.print(say.say("trial.new_done", trial=trial, version=book.version), markup=False)
    key = "next_past" if made.by_place else "next_power"
    out.print(say.say(f"trial.{key}", campaign=campaign, trial=trial), markup=False)


def power(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    trial: Name,
    search: Annotated[
        list[int] | None, typer.Option("--search", help="Search markets of so many cities.")
    ] = None,
    begins: Day = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print power, sample size and the smallest effect before anything starts."""
    from longtake.domain.trials.power import power_values  # noqa: PLC0415 -- slow import
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling import power_lines  # noqa: PLC0415 -- slow import

    say = words(lang)
    book = trials.load(Workspace.here(), campaign_id(target, lang), trial)
    if search:
        _markets(book, search, say, as_json=as_json)
        return
    found = trials.power_of_trial(book, begins=begins or book.begins or trials.next_day(book, now()))
    if as_json:
        answer(power_values(found))
        return
    for line in power_lines(book.trial, found, say):
        out.print(line, markup=False)


def start(
    target: Target,
    trial: Name,
    begins: Day = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Start a trial: its power is printed and kept, its design sealed by hash, its lot drawn."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling import book_values, power_lines  # noqa: PLC0415 -- slow import

    say = words(lang)
    campaign = campaign_id(target, lang)
    book = trials.load(Workspace.here(), campaign, trial)
    at = now()
    first = begins or trials.next_day(book, at)
    if book.begins is None and not as_json:
        for line in power_lines(book.trial, trials.power_of_trial(book, begins=first), say):
            out.print(line, markup=False)
    book = trials.start(Workspace.here(), campaign, trial, begins=first, by=who(), now=at)
    if as_json:
        answer(book_values(book))
        return
    out.print(
        say.say(
            "trial.started_done",
            trial=trial,
            day=str(book.begins),
            digest=book.digest[:16],
            sealed=book.sealed[:16],
        ),
        markup=False,
    )


def change(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    trial: Name,
    why: Annotated[str, typer.Option("--why", help="The reason; it is shown with every result.")],
    question: Annotated[str | None, typer.Option("--question")] = None,
    units: Annotated[int | None, typer.Option(help="Units of all arms at the planned end.")] = None,
    minimum: Annotated[float | None, typer.Option(help="Smallest change worth it.")] = None,
    alpha: Annotated[float | None, typer.Option(help="Chance of a false alarm.")] = None,
    looks: Annotated[int | None, typer.Option(help="Looks planned.")] = None,
    days: Annotated[int | None, typer.Option(help="Days until it is judged.")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Write a new version of a trial that runs; its level of evidence falls."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling import book_values  # noqa: PLC0415 -- slow import

    say = words(lang)
    book = trials.load(Workspace.here(), campaign_id(target, lang), trial)
    given: dict[str, Any] = {
        "question": question,
        "planned_units": units,
        "minimum": minimum,
        "alpha": alpha,
        "looks": looks,
        "horizon_days": days,
    }
    made = replace(book.trial, **{key: value for key, value in given.items() if value is not None})
    book = trials.change(Workspace.here(), made, why=why, by=who(), now=now())
    if as_json:
        answer(book_values(book))
        return
    standing = say.word("evidence", book.standing.key)
    out.print(
        say.say("trial.changed_done", trial=trial, version=book.version, standing=standing), markup=False
    )


def _arms(campaign: str, typed: list[str], nodes: list[str], lines: list[int]) -> tuple[Arm, ...]:
    from longtake.services.trials.sources import arms_of_lines, arms_of_nodes  # noqa: PLC0415 -- slow import

    found = [arm(one) for one in typed]
    if nodes:
        found += arms_of_nodes(Workspace.here(), campaign, nodes)
    if lines:
        found += arms_of_lines(Workspace.here(), campaign, lines)
    return tuple(found)


def _tell(book: Any, say: Any) -> None:
    from longtake.services.trials.telling import design_lines  # noqa: PLC0415 -- slow import

    for line in design_lines(book, say):
        out.print(line, markup=False)


def _markets(book: Any, sizes: list[int], say: Any, *, as_json: bool) -> None:
    from longtake.domain.estimate import Estimate  # noqa: PLC0415 -- slow import
    from longtake.services.trials.power.places import grid, markets  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling import Amounts  # noqa: PLC0415 -- slow import

    amounts = Amounts(say, book.trial)
    found = markets(book.trial, grid(book.before(), book.trial.primary.key), sizes=sizes)
    if as_json:
        answer(
            [
                {
                    "cities": list(one.cities),
                    "smallest_lift": one.smallest_lift.value
                    if isinstance(one.smallest_lift, Estimate)
                    else None,
                    "false_finds": one.false_finds,
                    "held_out": one.held_out,
                }
                for one in found
            ]
        )
        return
    for one in found[:12]:
        told = {
            "cities": say.joined(list(one.cities)),
            "false": amounts.chance(one.false_finds),
            "held": amounts.chance(one.held_out),
        }
        if isinstance(one.smallest_lift, Estimate):
            lift = amounts.size(one.smallest_lift.value, relative=True)
            out.print(say.say("trial.market", lift=lift, **told), markup=False)
        else:
            out.print(say.say("trial.market_none", **told), markup=False)
