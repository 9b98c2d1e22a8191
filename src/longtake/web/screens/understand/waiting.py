"""What stands where figures are not measured yet."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from longtake.records import queue
from longtake.records.models import Job
from longtake.web.access import Place
from longtake.web.pages.show import show

JUST_NOW = timedelta(seconds=5)


def jobs(request: HttpRequest, place: Place) -> list[Any]:
    """Return the work that is going on for a campaign; a guest sees none."""
    del request
    if place.part.role == "guest":
        return []
    return list(Job.objects.filter(campaign=place.campaign.id, state__in=("queued", "running")).order_by("id"))


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
        elif last is not None and last.ended_at and timezone.now() - last.ended_at < JUST_NOW:
            # Measured a moment ago and still not what this process looks for: two versions of the code.
            return show(request, "failure.html.j2", status=503, kind="mixed", error=None)
        elif place.part.role != "guest":
            live = [queue.submit("measure", place.campaign.id, by=request.user, once=True)]
    return show(request, "measuring.html.j2", place=place, screen=screen, live=live, failed=failed)
