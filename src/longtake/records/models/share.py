"""Links that show a campaign's screens to people without an account."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ShareLink(models.Model):
    """A link that shows a campaign's screens, without rows, until it expires or is withdrawn.

    Attributes:
        digest: SHA-256 of the token in the link.
        campaign: What it shows.
        note: For whom it is.
        password: Its hash; empty when the link alone opens it.
        expires_at: When it stops working.
        withdrawn_at: When somebody took it back.
        opened: How often it was opened.
        made_by: Who made it.
    """

    digest = models.CharField(max_length=64, unique=True)
    campaign = models.CharField(max_length=64, db_index=True)
    note = models.CharField(max_length=120, blank=True)
    password = models.CharField(max_length=200, blank=True)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    def __str__(self) -> str:
        """Return what it shows."""
        return f"{self.campaign} {self.note}".strip()
