"""Commands about trials: new, power, start, change, deal, rows, look, verdict, show, list, template."""

from __future__ import annotations

import typer

from longtake.cli.trial import designing, running, showing


def register(app: typer.Typer) -> None:
    """Add this group's commands under ``trial``."""
    group = typer.Typer(
        name="trial",
        help="Trials: designed, sealed, filled with rows, looked at on any day, judged.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command()(designing.new)
    group.command()(designing.power)
    group.command()(designing.start)
    group.command()(designing.change)
    group.command()(running.deal)
    group.command()(running.rows)
    group.command()(running.look)
    group.command()(running.verdict)
    group.command()(showing.show)
    group.command("list")(showing.listed)
    group.command()(showing.template)
    app.add_typer(group)
