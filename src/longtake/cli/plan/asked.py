"""What every act on a plan asks: which campaign, by whom, in which language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from longtake.cli.console import Bar, answer, out, words
from longtake.cli.values import WHO, who
from longtake.locale import Catalogue
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.services.plans.running.desk import Desk

T = TypeVar("T")

StageId = Annotated[str, typer.Argument(help="Id of the stage, or the beginning of it, such as 01.")]
By = Annotated[
    str | None, typer.Option("--by", help=f"Who does it; ${WHO}, else the name you are logged in with.")
]


@contextmanager
def at_desk(target: str, by: str | None, say: Catalogue) -> Iterator[Desk]:
    """Open a campaign with its plan, now."""
    from longtake.services.plans.running.desk import desk  # noqa: PLC0415 -- slow import

    with (
        Bar(say) as bar,
        desk(Workspace.here(), target, who=who(by), at=datetime.now(UTC), progress=bar) as found,
    ):
        yield found


def acted(
    target: str,
    by: str | None,
    lang: str | None,
    *,
    act: Callable[[Desk], T],
    tell: Callable[[T, Catalogue], Iterable[str]],
    values: Callable[[T], object] | None,
) -> None:
    """Do something at a campaign's desk and say what came of it.

    Args:
        target: The campaign.
        by: Who does it.
        lang: Language.
        act: What is done.
        tell: Its result in lines.
        values: Its result as JSON instead; None for lines.
    """
    say = words(lang)
    with at_desk(target, by, say) as desk:
        found = act(desk)
    if values is not None:
        answer(values(found))
        return
    lines(*tell(found, say))


def lines(*said: str) -> None:
    """Print lines as text, never as markup."""
    for line in said:
        out.print(line, markup=False)
