"""Hand work to the worker, follow it, and take it over from a worker that died."""

from __future__ import annotations

import os
import socket
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult

from longtake.errors import LongtakeError
from longtake.records.models import Job

try:
    from django.tasks import task
except ImportError:  # Django 5.2 has it as a package of its own
    from django_tasks import task

QUIET = timedelta(seconds=45)
MOST_ATTEMPTS = 3
NOTE = 200
PATIENT = ("rows", "papers", "alerts")
"""Kinds of work that give way to any other, unless a person asked for it."""
LATER = -10


@task()
def perform(job: int) -> None:
    """Do a job by its number; what does it is named in the settings."""
    import_string(settings.WORKER)(job)


def submit(
    kind: str, campaign: str = "", *, given: dict[str, Any] | None = None, by: Any = None, once: bool = False
) -> Job:
    """Ask for a piece of work; it is queued or nothing happened.

    Args:
        kind: One of ``records.models.job.KINDS``.
        campaign: Whose.
        given: Plain values the work needs.
        by: The person who asks; None for the product itself.
        once: Return the job of this kind and campaign that waits already, if there is one.
    """
    with transaction.atomic():
        if once and (waiting := Job.objects.filter(kind=kind, campaign=campaign, state="queued").first()):
            return waiting
        job = Job.objects.create(kind=kind, campaign=campaign, given=given or {}, asked_by=by)
        _enqueue(job)
    return job


def others_wait(job: Job) -> bool:
    """Whether work waits that people wait for, while a job is done that nobody waits for."""
    waiting = Job.objects.filter(state="queued").exclude(pk=job.pk)
    return bool(waiting.exclude(kind__in=PATIENT, asked_by=None).exists())


def _enqueue(job: Job) -> None:
    patient = job.kind in PATIENT and job.asked_by_id is None
    perform.using(priority=LATER if patient else 0).enqueue(job.pk)


def claim(number: int) -> Job | None:
    """Return a waiting job as this process's own; None when another has it or it is over."""
    me = f"{socket.gethostname()}:{os.getpid()}"
    waiting = Job.objects.filter(pk=number, state="queued")
    now = timezone.now()
    if waiting.filter(cancel=True).update(state="cancelled", ended_at=now):
        return None
    if not waiting.update(state="running", worker=me, beat_at=now, step="", done=0, total=None, note=""):
        return None
    job = Job.objects.get(pk=number)
    Job.objects.filter(pk=number).update(attempts=job.attempts + 1)
    return job


def beat(number: int) -> bool:
    """Say that the worker of a job lives; return whether somebody asked it to stop."""
    Job.objects.filter(pk=number, state="running").update(beat_at=timezone.now())
    return bool(Job.objects.filter(pk=number, cancel=True).exists())


def told(number: int, *, step: str, done: int, total: int | None, note: str) -> None:
    """Write down how far a job is."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in note)[-NOTE:]
    Job.objects.filter(pk=number).update(step=step, done=done, total=total, note=shown)


def end(
    job: Job, state: str, *, outcome: dict[str, Any] | None = None, error: LongtakeError | None = None
) -> None:
    """Close a job."""
    said = {"says": getattr(error, "says", ""), "slots": getattr(error, "slots", {})} if error else {}
    Job.objects.filter(pk=job.pk).update(
        state=state,
        ended_at=timezone.now(),
        outcome=outcome or said,
        error=error.message if error else "",
        fix=error.fix if error else "",
    )


def cancel(job: Job) -> None:
    """Ask a job to stop; one that waits stops at once."""
    Job.objects.filter(pk=job.pk, state__in=("queued", "running")).update(cancel=True)
    Job.objects.filter(pk=job.pk, state="queued").update(state="cancelled", ended_at=timezone.now())


def retry(job: Job) -> bool:
    """Queue a failed or cancelled job again; return whether it was one."""
    with transaction.atomic():
        fresh = {"state": "queued", "cancel": False, "attempts": 0, "error": "", "fix": "", "ended_at": None}
        again = Job.objects.filter(pk=job.pk, state__in=("failed", "cancelled")).update(**fresh)
        if again:
            _enqueue(job)
    return bool(again)


def recover() -> int:
    """Queue the jobs of dead workers again, close those that killed too many; return how many were found."""
    found = 0
    for job in Job.objects.filter(state="running"):
        if _lives(job):
            continue
        found += 1
        if job.attempts >= MOST_ATTEMPTS or job.cancel:
            died = LongtakeError("The worker died while doing this.", fix="Look at its log.")
            died.says = "worker_died"  # type: ignore[attr-defined]
            end(job, "cancelled" if job.cancel else "failed", error=None if job.cancel else died)
            continue
        with transaction.atomic():
            if Job.objects.filter(pk=job.pk, state="running", worker=job.worker).update(state="queued"):
                _enqueue(job)
    for job in Job.objects.filter(state="queued"):
        # A worker that died between the queue's claim and ours leaves a job that nobody will ever start.
        if not DBTaskResult.objects.filter(status="READY", args_kwargs__args__0=job.pk).exists():
            _enqueue(job)
    return found


def _lives(job: Job) -> bool:
    host, _, process = job.worker.rpartition(":")
    if host == socket.gethostname() and process.isdigit():
        if int(process) == os.getpid():
            return True
        try:
            os.kill(int(process), 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
    return bool(job.beat_at and timezone.now() - job.beat_at < QUIET)
