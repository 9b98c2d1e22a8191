"""What people write on the time axis."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Annotation(models.Model):
    """A remark at one time, shown below every chart of a campaign.

    Attributes:
        campaign: Whose.
        at: The time it speaks of.
        text: What it says.
        by: Who wrote it.
        made_at: When.
    """

    campaign = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    text = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """In the order of time."""

        ordering = ["at", "id"]

    def __str__(self) -> str:
        """Return what it says."""
        return self.text
