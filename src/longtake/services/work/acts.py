"""The acts of a campaign: those in its file, which can be edited, and those that came with files."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.campaign import Campaign
from longtake.domain.event import Event
from longtake.services.reports.draft import Draft
from longtake.services.reports.marks import events
from longtake.services.standing.asking import Asking
from longtake.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        event: What was done.
        index: Its place in the campaign's file; None when it came with an imported file.
    """

    event: Event
    index: int | None


def acts(workspace: Workspace, campaign: Campaign) -> tuple[Act, ...]:
    """Return every act, the oldest first; one that stands in the file and in the lake is returned once.

    Raises:
        LongtakeError: The lake cannot be read.
    """
    own = {_same(event): Act(event, index) for index, event in enumerate(campaign.events)}
    with Asking(workspace, campaign.id) as session:
        lake = [event for event in events(Draft(campaign, session)) if _same(event) not in own]
    every = [*own.values(), *(Act(event, None) for event in lake)]
    return tuple(sorted(every, key=lambda act: (act.event.start, act.event.kind, act.event.note or "")))


def _same(event: Event) -> tuple[object, ...]:
    return (event.kind, event.start, event.end, event.platform, event.city, event.node_id)
