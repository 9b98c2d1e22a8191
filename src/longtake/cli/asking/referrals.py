"""The command that draws the tree of invitations: referrals."""

from __future__ import annotations

import typer

from longtake.cli.asking.section import tell
from longtake.cli.console import Bar, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(referrals)


def referrals(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Show who brought whom: further people a person brings, how unevenly, by generation and channel."""
    from longtake.render.wording import Wording  # noqa: PLC0415 -- slow import
    from longtake.services.answers.referrals import brought  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = brought(Workspace.here(), target, progress=bar)
    tell(found, Wording(say, found.zone), as_json=as_json, nothing="cli.referrals_nothing")
