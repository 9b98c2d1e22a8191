"""The board: what is being done, in four lanes."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from longtake.records.models.membership import LANES

STAGES = ("planned", "doing", "done")


class Card(models.Model):
    """One thing to do in one lane, with its owner and the number it should move.

    Attributes:
        campaign: Whose.
        lane: One of ``LANES``.
        stage: One of ``STAGES``.
        title: What is to be done.
        metric: Label key of the figure it should move, such as reproduction; empty when none is named.
        owner: Who answers for it, a name.
        due: By when.
        made_by: Who wrote it.
    """

    campaign = models.CharField(max_length=64, db_index=True)
    lane = models.CharField(max_length=12, choices=[(lane, lane) for lane in LANES])
    stage = models.CharField(max_length=10, choices=[(s, s) for s in STAGES], default="planned")
    title = models.CharField(max_length=160)
    metric = models.CharField(max_length=60, blank=True)
    owner = models.CharField(max_length=80)
    due = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The next due first, undated last in the order they were written."""

        ordering = [models.F("due").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        """Return what is to be done."""
        return self.title
