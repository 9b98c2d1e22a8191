"""Who works on a campaign, and invitations to it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longtake.records import trail
from longtake.records.models import Invitation, Membership, Person
from longtake.services.people import invitations
from longtake.services.people.roles import LANES, RIGHTS
from longtake.web.access import Place, of_campaign, workspace_owner
from longtake.web.pages.show import show, tell

ROLES = tuple(role for role in RIGHTS if role != "guest")


@of_campaign("people")
@require_GET
def members(request: HttpRequest, place: Place) -> HttpResponse:
    """Show who is in, and who was invited."""
    return _page(request, place, link="")


@of_campaign("people")
@require_POST
def invite(request: HttpRequest, place: Place) -> HttpResponse:
    """Make an invitation and show its link once."""
    role = request.POST.get("role", "")
    given = {"role": role, "lane": request.POST.get("lane", "") if role == "agency" else ""}
    note = request.POST.get("note", "").strip()
    try:
        token = invitations.invite(
            campaign=place.campaign.id, note=note, by=request.user, now=timezone.now(), **given
        )
    except invitations.InvitationError:
        return _page(request, place, link="", problem="web.lane_needed", status=422)
    trail.note("invite", person=request.user, campaign=place.campaign.id, note=note[:80], **given)
    return _page(request, place, link=request.build_absolute_uri(f"/join/{token}/"))


@of_campaign("people")
@require_POST
def drop(request: HttpRequest, place: Place, number: int) -> HttpResponse:
    """Take somebody's part away."""
    there = Membership.objects.filter(pk=number, campaign=place.campaign.id)
    found = there.select_related("person").first()
    if found is None:
        raise Http404
    trail.note(
        "drop-member",
        person=request.user,
        campaign=place.campaign.id,
        role=found.role,
        name=found.person.username,
    )
    found.delete()
    tell(request, "member_dropped")
    return redirect(place.url("members"))


@workspace_owner
@require_http_methods(["GET", "POST"])
def workspace_people(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the workspace, and invite another owner."""
    link = ""
    if request.method == "POST":
        token = invitations.invite(campaign="", role="workspace", by=request.user, now=timezone.now())
        link = request.build_absolute_uri(f"/join/{token}/")
        trail.note("invite", person=request.user, role="workspace")
    people = Person.objects.prefetch_related("memberships").order_by("username")
    return show(request, "workspace-people.html.j2", people=people, link=link)


def _page(
    request: HttpRequest, place: Place, *, link: str, problem: str = "", status: int = 200
) -> HttpResponse:
    there = Membership.objects.filter(campaign=place.campaign.id).select_related("person").order_by("id")
    waiting = Invitation.objects.filter(
        campaign=place.campaign.id, taken_at=None, expires_at__gt=timezone.now()
    ).order_by("id")
    return show(
        request,
        "members.html.j2",
        place=place,
        work="members",
        members=there,
        waiting=waiting,
        roles=ROLES,
        lanes=LANES,
        link=link,
        problem=problem,
        status=status,
    )
