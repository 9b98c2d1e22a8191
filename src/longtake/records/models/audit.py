"""Who did what, when; written, never changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Act(models.Model):
    """One act of a person.

    Attributes:
        at: When.
        person: Who; None for the product itself.
        campaign: Where; empty for the workspace.
        what: A short word such as import, undo, invite, share, edit.
        detail: Plain values, without secrets.
    """

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    campaign = models.CharField(max_length=64, blank=True, db_index=True)
    what = models.CharField(max_length=32)
    detail = models.JSONField(default=dict)

    class Meta:
        """The newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.what} {self.campaign}".strip()
