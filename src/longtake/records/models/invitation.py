"""Links that let a person in."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """A link that makes one account or adds one role, once.

    Attributes:
        digest: SHA-256 of the token; the token itself is in the link alone.
        campaign: The campaign it opens; empty for the workspace itself.
        role: The role it gives; ``workspace`` makes its taker an owner of the workspace.
        lane: The lane of an agency.
        note: For whom it is, in the inviter's words.
        invited_by: Who made it; None for the first one of a workspace.
        expires_at: When it stops working.
        taken_at: When it was taken; None while it waits.
    """

    digest = models.CharField(max_length=64, unique=True)
    campaign = models.CharField(max_length=64, blank=True, db_index=True)
    role = models.CharField(max_length=12)
    lane = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=120, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    expires_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        """Return what it gives."""
        return f"{self.role} {self.campaign}".strip()
