"""What stays of a plan: show, history, remember, learn, board."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from longtake.cli.console import answer, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.plan.asked import By, acted, at_desk, lines
from longtake.cli.values import day


def show_plan(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show the plan stage by stage, with power, days and verdicts."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    acted(
        target,
        None,
        lang,
        act=lambda desk: desk.book,
        tell=said.book_said,
        values=values.book_values if as_json else None,
    )


def history(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show every act on the plan, who did it and when, and what each version changed."""
    from longtake.services.plans import said  # noqa: PLC0415 -- slow import
    from longtake.services.plans.running import values  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, None, say) as desk:
        book = desk.book
    if as_json:
        answer(values.acts_values(book.acts))
        return
    lines(*(said.history_said(book, say) if book.acts else [say.say("plan_product.none")]))


def remember(
    target: Target,
    after: Annotated[int, typer.Option("--after", help="Days after the release: 30, 90 or 365.")],
    by: By = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Measure what stays in memory: talk that is left, and lines of the film still said."""
    from longtake.services.plans.after import remember as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.after import said  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, by, say) as desk:
        act = service.remember(desk, after)
        campaign = desk.draft.campaign.id
    if as_json:
        answer(dict(act.told))
        return
    lines(*said.memory_said(campaign, act, say))


def learn(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Write the judged stages into the team's playbook, with the signs they held under."""
    from longtake.services.plans.after import learn as service  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, None, say) as desk:
        found = service.learn(desk.workspace, desk.book)
    if as_json:
        answer({"file": str(found.file), "cases": [case.key for case in found.cases]})
        return
    lines(say.say("plan_product.learned", file=str(found.file), n=len(found.cases)))


def board(
    target: Target,
    since: Annotated[
        date | None,
        typer.Option(
            "--since", parser=day, metavar="DAY", help="First day after; by default the first start."
        ),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show market figures beside artistic perception, and warn where one rises at the other's cost."""
    from longtake.domain.answers.plan_values import quantity_values  # noqa: PLC0415 -- slow import
    from longtake.services import evidence  # noqa: PLC0415 -- slow import
    from longtake.services.plans.after import dual as service  # noqa: PLC0415 -- slow import
    from longtake.services.plans.after import said  # noqa: PLC0415 -- slow import

    say = words(lang)
    with at_desk(target, None, say) as desk:
        found = service.dual(desk, since)
        figures = [row.figure for row in found.rows]
        evidence.keep(desk.workspace, desk.draft.campaign.id, figures, beside=True)
    if as_json:
        rows = [
            {
                "side": row.side,
                "key": row.key,
                "figure": row.figure.id,
                "change": quantity_values(row.change),
                "moved": row.moved,
            }
            for row in found.rows
        ]
        pairs = [{"up": up.key, "down": down.key} for up, down in found.trade_offs]
        answer({"since": found.since.isoformat(), "days": found.days, "rows": rows, "trade_offs": pairs})
        return
    lines(*said.dual_said(found, say))
