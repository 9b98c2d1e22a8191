"""Let people in: invitations that make an account or add a role, once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from longtake.errors import LongtakeError
from longtake.services.people import tokens
from longtake.services.people.roles import LANES, RIGHTS

WORKSPACE = "workspace"
DAYS = 7


class InvitationError(LongtakeError):
    """An invitation cannot be made or taken."""

    code = "invitation"


def invite(
    *, campaign: str, role: str, lane: str = "", note: str = "", by: Any, now: datetime, days: int = DAYS
) -> str:
    """Make an invitation and return the token of its link.

    Args:
        campaign: The campaign's id; empty for the workspace.
        role: A role of a campaign, or ``workspace``.
        lane: The lane of an agency.
        note: For whom it is.
        by: Who invites; None for the first owner of a workspace.
        now: Aware.
        days: How long it works.

    Raises:
        InvitationError: The role, or the lane of an agency, is none.
    """
    from longtake.records.models import Invitation  # noqa: PLC0415 -- app ready

    if campaign and (role not in RIGHTS or role == "guest"):
        raise InvitationError(f"{role!r} is no role.", fix=", ".join(RIGHTS))
    if not campaign and role != WORKSPACE:
        raise InvitationError(f"{role!r} is no role of a workspace.", fix=WORKSPACE)
    if (role == "agency") != (lane in LANES) or (lane and lane not in LANES):
        raise InvitationError("An agency, and nobody else, has a lane.", fix=", ".join(LANES))
    token, digest = tokens.fresh()
    Invitation.objects.create(
        digest=digest,
        campaign=campaign,
        role=role,
        lane=lane,
        note=note[:120],
        invited_by=by,
        expires_at=now + timedelta(days=days),
    )
    return token


def first_owner(now: datetime) -> str | None:
    """Return the token that makes the first owner of a workspace; None once there is an owner.

    Earlier links for the first owner stop working.
    """
    from longtake.records.models import Invitation, Person  # noqa: PLC0415 -- app ready

    if Person.objects.filter(is_superuser=True).exists():
        return None
    Invitation.objects.filter(role=WORKSPACE, invited_by=None, taken_at=None).delete()
    return invite(campaign="", role=WORKSPACE, by=None, now=now, days=1)


def find(token: str, now: datetime) -> Any:
    """Return the invitation of a link.

    Raises:
        InvitationError: There is none, or it was taken, or its time is over.
    """
    from longtake.records.models import Invitation  # noqa: PLC0415 -- app ready

    found = Invitation.objects.filter(digest=tokens.digest(token), taken_at=None).first()
    if found is None or found.expires_at <= now:
        raise InvitationError("This invitation does not work any more.", fix="Ask for a new one.")
    return found


def take(invitation: Any, person: Any, now: datetime) -> None:
    """Give a person what an invitation promises; a second taker gets nothing.

    Raises:
        InvitationError: Somebody took it in the meantime.
    """
    from longtake.records.models import Invitation, Membership  # noqa: PLC0415 -- app ready

    if not Invitation.objects.filter(pk=invitation.pk, taken_at=None).update(taken_at=now):
        raise InvitationError("This invitation was taken.", fix="Ask for a new one.")
    if invitation.role == WORKSPACE:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        return
    Membership.objects.update_or_create(
        person=person,
        campaign=invitation.campaign,
        defaults={"role": invitation.role, "lane": invitation.lane},
    )
