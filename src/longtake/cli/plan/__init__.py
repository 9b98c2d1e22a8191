"""Commands about plans: drafted, adopted, locked, run, judged, remembered."""

from __future__ import annotations

import typer

from longtake.cli.plan import after, drafting, running, setting

plans = typer.Typer(
    help="Plans: drafted from the diagnosis, locked with their power, run, judged, remembered.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (
        drafting.draft,
        drafting.check,
        setting.adopt,
        setting.edit,
        setting.lock,
        setting.start,
        running.look,
        running.judge,
        running.extend,
        running.stop,
        running.roll,
        after.show_plan,
        after.history,
        after.remember,
        after.learn,
        after.board,
    ):
        name = command.__name__.removesuffix("_plan")
        plans.command(name)(command)
    app.add_typer(plans, name="plan")
