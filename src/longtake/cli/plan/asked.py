"""What every act on a plan asks: which campaign, by whom, in which language."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import Bar, out, words
from longtake.locale import Catalogue
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.services.plans.running.desk import Desk

WHO = "LONGTAKE_WHO"

Target = Annotated[str, typer.Argument(help="A campaign folder, or the name of a campaign.")]
StageId = Annotated[str, typer.Argument(help="Id of the stage, or the beginning of it, such as 01.")]
Lang = Annotated[str | None, typer.Option("--lang", help="zh or en.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[
    str | None, typer.Option("--by", help=f"Who does it; ${WHO}, else the name you are logged in with.")
]


def a_day(text: str) -> date:
    """Return a day such as 2026-11-21.

    Raises:
        typer.BadParameter: It is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day such as 2026-11-21.") from None


def who(by: str | None) -> str:
    """Return who is at work."""
    if named := by or os.environ.get(WHO):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


@contextmanager
def at_desk(target: str, by: str | None, say: Catalogue) -> Iterator[Desk]:
    """Open a campaign with its plan, now."""
    from longtake.services.plans.running.desk import desk  # noqa: PLC0415 -- slow import

    with (
        Bar(say) as bar,
        desk(Workspace.here(), target, who=who(by), at=datetime.now(UTC), progress=bar) as found,
    ):
        yield found


def spoken(lang: str | None) -> Catalogue:
    """Return the words of a language."""
    return words(lang)


def lines(*said: str) -> None:
    """Print lines as text, never as markup."""
    for line in said:
        out.print(line, markup=False)
