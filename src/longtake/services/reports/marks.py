"""Events on the time axis, the same on every chart."""

from __future__ import annotations

from longtake.domain.answers.report import Mark
from longtake.domain.campaign import Campaign
from longtake.domain.event import Event
from longtake.services.reports.draft import Draft

FREE = frozenset({"endorsement", "official_repost", "poster", "trailer", "release", "repair"})


def events(draft: Draft) -> tuple[Event, ...]:
    """Return what was done, oldest first, from the campaign file and from imported calendars."""
    return tuple(
        Event(
            kind=row["kind"],
            start=row["start"],
            source_line=row["source_line"],
            end=row["end"],
            platform=row["platform"],
            city=row["city"],
            cost_cny=row["cost_cny"],
            followers=row["followers"],
            planned=row["planned"],
            node_id=row["node_id"],
            note=row["note"],
        )
        for row in draft.run("events_on_axis")
    )


def marks(draft: Draft) -> tuple[Mark, ...]:
    """Return the release, the nodes and the events as marks, oldest first."""
    made = [
        Mark(event.kind, event.start, event.end, _paid(event), event.note or "") for event in events(draft)
    ]
    made += [
        Mark(row["kind"], row["at"], None, None, row["title"] or row["node_id"])
        for row in draft.run("nodes")
        if row["at"] is not None
    ]
    made += _release(draft.campaign)
    return tuple(sorted(made, key=lambda mark: (mark.start, mark.kind, mark.note)))


def _release(campaign: Campaign) -> list[Mark]:
    return [Mark("release", campaign.release_at)] if campaign.release_at else []


def _paid(event: Event) -> bool | None:
    if event.cost_cny is not None:
        return event.cost_cny > 0
    return True if event.kind in {"ad", "giveaway"} else False if event.kind in FREE else None
