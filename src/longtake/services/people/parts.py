"""The part a person plays in a campaign."""

from __future__ import annotations

from typing import Any

from longtake.services.people.roles import Part


def part_of(person: Any, campaign: str) -> Part | None:
    """Return a person's part in a campaign; None when it is none of theirs."""
    from longtake.records.models import Membership  # noqa: PLC0415 -- app ready

    if not person.is_authenticated or not person.is_active:
        return None
    found = Membership.objects.filter(person=person, campaign=campaign).first()
    if person.is_superuser:
        return Part("owner")
    return Part(found.role, found.lane) if found else None


def parts_of(person: Any) -> dict[str, Part]:
    """Return the part of a person in each of their campaigns."""
    from longtake.records.models import Membership  # noqa: PLC0415 -- app ready

    return {m.campaign: Part(m.role, m.lane) for m in Membership.objects.filter(person=person)}
