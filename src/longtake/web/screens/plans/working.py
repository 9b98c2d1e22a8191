"""Acts on a plan that the worker does, and what a page shows of them meanwhile."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest

from longtake.records import queue
from longtake.records.models import Job
from longtake.web.access import Place

KIND = "plan"


def ask(request: HttpRequest, place: Place, act: str, **given: Any) -> Job:
    """Hand an act to the worker; the same act that still waits is not asked for twice."""
    told = {"act": act, **given}
    same = Job.objects.filter(kind=KIND, campaign=place.campaign.id, state="queued", given=told).first()
    return same or queue.submit(KIND, place.campaign.id, given=told, by=request.user)


def shown(place: Place, *, stage: str = "", act: str = "adopt") -> list[Job]:
    """Return the job a page tells of: the last of a stage, or else of an act, unless it is done."""
    jobs = Job.objects.filter(kind=KIND, campaign=place.campaign.id).exclude(given__act="power")
    mine = jobs.filter(given__stage=stage) if stage else jobs.filter(given__act=act)
    last = mine.order_by("-id").first()
    return [last] if last is not None and last.state not in {"done", "cancelled"} else []


def job_of(place: Place, number: str, *, stage: str) -> Job:
    """Return the job that computes the power of a stage.

    Raises:
        Http404: There is none of that number.
    """
    known = number.isdecimal() and len(number) < 12
    job = Job.objects.filter(pk=int(number), kind=KIND, campaign=place.campaign.id).first() if known else None
    if job is None or (job.given.get("act"), job.given.get("stage")) != ("power", stage):
        raise Http404
    return job
