"""What was done for a film, paid or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One act of a campaign, identified by all its fields but cost, followers and note.

    Attributes:
        kind: ad, kol, trailer, poster, screening, official_repost, giveaway, repair or another word;
            endorsement for what an authority passed on of its own accord: from outside, and not bought.
        start: Aware UTC.
        source_line: 1-based line or record number in the source file.
        end: Aware UTC; None for an instant.
        platform: None when it is not tied to one.
        city: None when it is not tied to one.
        cost_cny: Yuan spent; None when unknown (zero means free).
        followers: Followers of the account that acted.
        planned: True for what is planned, False for what happened.
        node_id: The communication node it belongs to.
        note: Free text.
    """

    kind: str
    start: datetime
    source_line: int
    end: datetime | None = None
    platform: str | None = None
    city: str | None = None
    cost_cny: float | None = None
    followers: float | None = None
    planned: bool | None = None
    node_id: str | None = None
    note: str | None = None
