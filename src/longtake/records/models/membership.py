"""Who plays which part in which campaign."""

from __future__ import annotations

from django.conf import settings
from django.db import models

ROLES = ("owner", "editor", "analyst", "agency", "juror", "viewer")
LANES = ("narrative", "audience", "channel", "interaction")


class Membership(models.Model):
    """One person's role in one campaign.

    Attributes:
        person: Who.
        campaign: The campaign's id, as in the workspace.
        role: One of ``ROLES``.
        lane: The lane of an agency, one of ``LANES``; empty for every other role.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    campaign = models.CharField(max_length=64, db_index=True)
    role = models.CharField(max_length=12, choices=[(role, role) for role in ROLES])
    lane = models.CharField(max_length=12, blank=True, choices=[(lane, lane) for lane in LANES])

    class Meta:
        """One role a person and campaign; a lane exactly for agencies."""

        constraints = [
            models.UniqueConstraint(fields=["person", "campaign"], name="one_role"),
            models.CheckConstraint(
                condition=(models.Q(role="agency") & ~models.Q(lane=""))
                | (~models.Q(role="agency") & models.Q(lane="")),
                name="lane_of_agency",
            ),
        ]

    def __str__(self) -> str:
        """Return who does what where."""
        return f"{self.person} {self.role} {self.campaign}"
