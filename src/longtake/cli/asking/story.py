"""The command that holds a trailer against its film: story."""

from __future__ import annotations

import typer

from longtake.cli.asking.section import tell
from longtake.cli.console import Bar, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.services.workspace import Workspace

ORDER = (
    "story_gaps",
    "story_promises",
    "story_pairs",
    "story_lines",
    "story_parts",
    "story_tags",
    "story_claims",
)


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(story)


def story(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """Compare trailers and copy with the film: gaps on three axes, promises, the card, golden lines."""
    from longtake.render.wording import Wording  # noqa: PLC0415 -- slow import
    from longtake.services.answers import story as stories  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = stories.tell(Workspace.here(), target, progress=bar)
    tell(found, Wording(say, found.zone), as_json=as_json, nothing="cli.story_nothing", order=ORDER)
