"""Links for people without an account."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from longtake.records import trail
from longtake.records.models import ShareLink
from longtake.services.people import sharing, throttle
from longtake.services.people.throttle import TooManyAttemptsError
from longtake.web.access import UNLOCKED, Place, anyone, of_campaign
from longtake.web.pages.show import show, tell

DAYS = (1, 7, 30, 90)


@of_campaign("share")
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the links there are, and make another."""
    link = ""
    if request.method == "POST":
        days = request.POST.get("days", "")
        token = sharing.share(
            campaign=place.campaign.id,
            days=int(days) if days.isdecimal() and len(days) < 4 else 7,
            password=request.POST.get("password", "")[:200],
            note=request.POST.get("note", "").strip(),
            by=request.user,
            now=timezone.now(),
        )
        trail.note("share", person=request.user, campaign=place.campaign.id, days=days[:3])
        link = request.build_absolute_uri(f"/s/{token}/")
    live = ShareLink.objects.filter(
        campaign=place.campaign.id, withdrawn_at=None, expires_at__gt=timezone.now()
    ).order_by("-id")
    return show(request, "share.html.j2", place=place, work="share", links=live, link=link, days=DAYS)


@of_campaign("share")
@require_POST
def withdraw(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Take a link back."""
    if not sharing.withdraw(place.campaign.id, number, timezone.now()):
        raise Http404
    trail.note("withdraw", person=request.user, campaign=place.campaign.id, link=number)
    tell(request, "link_withdrawn")
    return redirect(place.url("share"))


@anyone
@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for the password of a link."""
    now, problem, status = timezone.now(), "", 200
    link = sharing.find(token, now)
    if link is None:
        raise Http404
    if request.method == "POST":
        name, address = f"link {link.pk}", request.META.get("REMOTE_ADDR", "")
        try:
            throttle.check(name, address, now)
        except TooManyAttemptsError:
            return show(request, "unlock.html.j2", problem="web.too_many", status=429)
        if sharing.opens(link, request.POST.get("password", "")[:200]):
            throttle.passed(name)
            request.session[UNLOCKED] = [*request.session.get(UNLOCKED, []), link.pk]
            return redirect("shared-overview", token=token)
        throttle.failed(name, address, now)
        problem, status = "web.wrong_link_password", 422
    return show(request, "unlock.html.j2", problem=problem, status=status)
