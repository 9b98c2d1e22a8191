"""What stands where figures are not measured yet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from longtake.records import queue
from longtake.records.models import Job
from longtake.services.standing.state import code
from longtake.web.access import Place
from longtake.web.pages.show import show

STARTED = timezone.now()
"""When this process began to serve: what was measured before may be of the version it replaced."""


def jobs(request: HttpRequest, place: Place) -> list[Any]:
    """Return the work that is going on for a campaign; a guest sees none."""
    del request
    if place.part.role == "guest":
        return []
    live = Job.objects.filter(campaign=place.campaign.id, state__in=("queued", "running"))
    return list(live.exclude(kind__in=queue.PATIENT).order_by("id"))


def page(request: HttpRequest, place: Place, screen: str) -> HttpResponse:
    """Say that there are no rows yet, or that they are being measured now."""
    rows = place.workspace.lake.commits(place.campaign.id)
    if not any(commit.receipt.get("origin") != "described" for commit in rows):
        return show(request, "no-rows.html.j2", place=place, screen=screen)
    live = jobs(request, place)
    failed = None
    if not live:
        last = Job.objects.filter(campaign=place.campaign.id, kind="measure").first()
        if last is not None and last.state in {"failed", "cancelled"}:
            failed = last
        elif last is not None and last.made_at > STARTED and last.outcome.get("code", code()) != code():
            # The worker that runs beside this process is of another version: measuring again would not help.
            return show(request, "failure.html.j2", status=503, kind="mixed", error=None)
        elif place.part.role != "guest":
            live = [queue.submit("measure", place.campaign.id, by=request.user, once=True)]
    return show(request, "measuring.html.j2", place=place, screen=screen, live=live, failed=failed)
