"""A campaign on the desk: its rows, its plan, and who is at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from longtake.domain.campaign import Campaign
from longtake.domain.running.act import Act
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.errors import NotFoundError
from longtake.services.campaigns.target import target
from longtake.services.plans.draft import own_packs
from longtake.services.plans.errors import PlanActError
from longtake.services.plans.running import chain
from longtake.services.progress import Progress
from longtake.services.reports.draft import Draft
from longtake.services.reports.drafted import drafted
from longtake.services.standing.asking import Asking
from longtake.services.workspace import Workspace

MOST_NAME = 80


@dataclass(slots=True)
class Desk:
    """A campaign being worked on.

    Attributes:
        workspace: Where everything lies.
        draft: The campaign and its rows.
        book: Its plan and what happened to it.
        packs: Folders of the team's own packs.
        who: Who is at work.
        at: Now, aware UTC.
    """

    workspace: Workspace
    draft: Draft
    book: Book
    packs: tuple[Path, ...]
    who: str
    at: datetime

    def write(self, kind: str, stage: str = "", **told: object) -> Act:
        """Add an act to the book and return it.

        Raises:
            BrokenChainError: Somebody else added to it, or it does not hold.
            StorageError: The disk refused.
        """
        act = Act(kind, self.who.strip()[:MOST_NAME] or "?", self.at, stage, told)
        self.book = chain.add(self.workspace, self.book, act)
        return self.book.acts[-1]

    def life(self, stage: str) -> Life:
        """Return a stage by its id, its number, or the beginning of its id.

        Raises:
            NotFoundError: There is no such stage.
            PlanActError: No plan was adopted.
        """
        return stage_of(self.book, stage)


def stage_of(book: Book, stage: str) -> Life:
    """Return a stage by its id or, where that tells it apart, the beginning of it.

    Raises:
        NotFoundError: There is no such stage, or several begin so.
        PlanActError: No plan was adopted.
    """
    if book.plan is None:
        raise PlanActError(
            f"No plan of {book.campaign!r} was adopted.", fix="Run `longtake plan adopt`.", says="no_plan"
        )
    near = [life for life in book.lives if stage and life.id.startswith(stage)]
    exact = [life for life in near if life.id == stage]
    if len(exact or near) != 1:
        raise NotFoundError("stage", stage, known=tuple(life.id for life in book.lives))
    return (exact or near)[0]


@contextmanager
def desk(
    workspace: Workspace,
    name: str,
    *,
    who: str,
    at: datetime,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Iterator[Desk]:
    """Open a campaign folder, or a known campaign, with its plan.

    Raises:
        NotFoundError: The name is neither.
        LongtakeError: The campaign file, the lake or the chain cannot be used.
    """
    campaign = target(workspace, name, observed_at, progress)
    with desk_of(workspace, campaign, who=who, at=at, packs=own_packs(workspace, name)) as found:
        yield found


@contextmanager
def desk_of(
    workspace: Workspace, campaign: Campaign, *, who: str, at: datetime, packs: tuple[Path, ...] = ()
) -> Iterator[Desk]:
    """Open a campaign with its plan.

    Raises:
        LongtakeError: The lake or the chain cannot be used.
    """
    folders = packs or own_packs(workspace, None)
    with Asking(workspace, campaign.id) as session:
        draft = drafted(workspace, campaign, session)
        yield Desk(workspace, draft, chain.load(workspace, campaign.id), folders, who, at)
