"""Work that takes longer than a page may."""

from __future__ import annotations

from django.conf import settings
from django.db import models

KINDS = ("import", "measure", "rows", "papers", "alerts", "sample", "undo", "plan")
STATES = ("queued", "running", "done", "failed", "cancelled")


class Job(models.Model):
    """One piece of work with its progress.

    Attributes:
        kind: One of ``KINDS``.
        campaign: Whose; empty for the workspace.
        state: One of ``STATES``.
        given: What it was asked, plain values.
        step: What it is doing: find, read, label, store, measure, write ...
        done: Steps done of ``total``.
        total: None when nobody knows how many there are.
        note: What is at hand, such as a file's name.
        error: Why it failed, in words; empty otherwise.
        fix: What would do.
        outcome: What came of it, plain values.
        attempts: How often it was begun.
        cancel: Whether somebody asked it to stop.
        worker: Process that runs it, ``host:pid``.
        beat_at: When that process was last seen alive.
        asked_by: Who asked for it; None for the product itself.
    """

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    campaign = models.CharField(max_length=64, blank=True, db_index=True)
    state = models.CharField(
        max_length=10, choices=[(state, state) for state in STATES], default="queued", db_index=True
    )
    given = models.JSONField(default=dict)
    step = models.CharField(max_length=20, blank=True)
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    error = models.TextField(blank=True)
    fix = models.TextField(blank=True)
    outcome = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel = models.BooleanField(default=False)
    worker = models.CharField(max_length=120, blank=True)
    beat_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """The newest first."""

        ordering = ["-id"]

    def __str__(self) -> str:
        """Return what it is."""
        return f"{self.kind} {self.campaign} {self.state}"

    @property
    def live(self) -> bool:
        """Whether it waits or runs."""
        return self.state in {"queued", "running"}
