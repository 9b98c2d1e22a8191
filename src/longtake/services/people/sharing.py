"""Links that show a campaign to people without an account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from longtake.errors import LongtakeError
from longtake.services.people import tokens
from longtake.services.people.parts import part_of

MOST_DAYS = 365


class ShareError(LongtakeError):
    """A share link cannot be made or opened."""

    code = "share"


def share(*, campaign: str, days: int, password: str, note: str, by: Any, now: datetime) -> str:
    """Make a link and return its token.

    Args:
        campaign: What it shows.
        days: How long it works, 1 to 365.
        password: What it asks for; empty for nothing.
        note: For whom it is.
        by: Who makes it.
        now: Aware.

    Raises:
        ShareError: The number of days is out of range.
    """
    from longtake.records.models import ShareLink  # noqa: PLC0415 -- app ready
    from longtake.records.passwords import hashed  # noqa: PLC0415 -- app ready

    if not 1 <= days <= MOST_DAYS:
        raise ShareError(f"A link works for 1 to {MOST_DAYS} days.", fix="Choose fewer.")
    token, digest = tokens.fresh()
    ShareLink.objects.create(
        digest=digest,
        campaign=campaign,
        note=note[:120],
        password=hashed(password) if password else "",
        expires_at=now + timedelta(days=days),
        made_by=by,
    )
    return token


def find(token: str, now: datetime) -> Any:
    """Return the live link of a token; None when there is none."""
    from longtake.records.models import ShareLink  # noqa: PLC0415 -- app ready

    found = ShareLink.objects.filter(digest=tokens.digest(token), withdrawn_at=None).first()
    return found if found is not None and found.expires_at > now else None


def opens_papers(token: str, now: datetime) -> bool:
    """Whether a link may open the one page: when whoever made it may read the campaign's documents now."""
    link = find(token, now)
    part = part_of(link.made_by, link.campaign) if link is not None else None
    return part is not None and part.may("papers")


def opens(link: Any, password: str) -> bool:
    """Whether a password opens a link."""
    from longtake.records.passwords import matches  # noqa: PLC0415 -- app ready

    return not link.password or matches(password, link.password)


def withdraw(campaign: str, number: int, now: datetime) -> bool:
    """Take a link back; return whether there was one to take back."""
    from longtake.records.models import ShareLink  # noqa: PLC0415 -- app ready

    live = ShareLink.objects.filter(pk=number, campaign=campaign, withdrawn_at=None)
    return bool(live.update(withdrawn_at=now))
