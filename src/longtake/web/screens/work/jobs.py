"""How far work is; stop it, try it again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from longtake.records import queue, trail
from longtake.records.models import Job
from longtake.services.people.parts import part_of
from longtake.web.access import Place, of_campaign, signed_in
from longtake.web.pages.show import show


@signed_in
@require_GET
def show_job(request: HttpRequest, number: int) -> HttpResponse:
    """Show one job; the fragment that a page asks for again and again while it lives."""
    job = _job(request, number, "enter")
    if getattr(request, "htmx", False):
        answer = show(request, "job-fragment.html.j2", job=job, receipt=address_after(job))
        if not job.live:
            answer["HX-Refresh"] = "true" if job.kind != "import" else "false"
            if job.state == "done" and job.kind == "import":
                del answer["HX-Refresh"]
                answer["HX-Redirect"] = address_after(job)
        return answer
    return show(request, "job.html.j2", job=job, receipt=address_after(job))


@signed_in
@require_POST
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Ask a job to stop."""
    job = _job(request, number, "files")
    queue.cancel(job)
    trail.note("job-cancel", person=request.user, campaign=job.campaign, kind=job.kind)
    return redirect("job", number=job.pk)


@signed_in
@require_POST
def retry(request: HttpRequest, number: int) -> HttpResponse:
    """Queue a job again."""
    job = _job(request, number, "files")
    if queue.retry(job):
        trail.note("job-retry", person=request.user, campaign=job.campaign, kind=job.kind)
    return redirect("job", number=job.pk)


@of_campaign("edit")
@require_POST
def measure(request: HttpRequest, place: Place) -> HttpResponse:
    """Ask for the figures of the campaign as it stands now."""
    job = queue.submit("measure", place.campaign.id, by=request.user, once=True)
    trail.note("measure", person=request.user, campaign=place.campaign.id)
    return redirect("job", number=job.pk)


def address_after(job: Job) -> str:
    """Return where a person goes when a job is over."""
    if job.kind == "import" and job.state == "done":
        return reverse("receipt", kwargs={"campaign": job.campaign, "number": f"job-{job.pk}"})
    if job.campaign:
        return reverse("overview", kwargs={"campaign": job.campaign})
    return reverse("campaigns")


def live_jobs(campaign: str) -> list[Any]:
    """Return the jobs of a campaign that wait or run, the oldest first."""
    live = Job.objects.filter(campaign=campaign, state__in=("queued", "running"))
    return list(live.exclude(kind__in=queue.PATIENT).order_by("id"))


def _job(request: HttpRequest, number: int, right: str) -> Job:
    job = Job.objects.filter(pk=number).first()
    if job is None:
        raise Http404
    if not job.campaign:
        if not request.user.is_superuser:
            raise Http404
        return job
    part = part_of(request.user, job.campaign)
    if part is None or not part.may(right):
        raise Http404
    return job
