"""Who may open a route. Every route says so; one that does not cannot be opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from longtake.domain.campaign import Campaign
from longtake.errors import NotFoundError
from longtake.services.campaigns import known as campaigns
from longtake.services.measured.kept import Kept, kept
from longtake.services.people import sharing
from longtake.services.people.parts import part_of
from longtake.services.people.roles import Part
from longtake.services.workspace import Workspace

View = Callable[..., HttpResponseBase]
UNLOCKED = "unlocked-shares"


@dataclass(slots=True)
class Place:
    """The campaign a request is about, and the part its visitor plays there.

    Attributes:
        campaign: What its file says.
        part: The visitor's part.
        token: The share link's token; empty for who signed in.
    """

    campaign: Campaign
    part: Part
    token: str = ""

    @property
    def workspace(self) -> Workspace:
        """Where everything lies."""
        return workspace()

    def kept(self) -> Kept | None:
        """Return the figures of the campaign as it stands now; None when they are not measured yet."""
        return kept(self.workspace, self.campaign.id)

    def url(self, name: str, **given: Any) -> str:
        """Return the address of one of the campaign's routes, for this visitor."""
        if self.token:
            return reverse(f"shared-{name}", kwargs={"token": self.token, **given})
        return reverse(name, kwargs={"campaign": self.campaign.id, **given})


def workspace() -> Workspace:
    """Return the workspace this process serves."""
    return Workspace(settings.WORKSPACE)


def anyone(view: View) -> View:
    """Open a route to everybody."""
    view.access = "anyone"  # type: ignore[attr-defined]
    return view


def signed_in(view: View) -> View:
    """Open a route to whoever signed in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **given)

    guarded.access = "signed-in"  # type: ignore[attr-defined]
    return guarded


def workspace_owner(view: View) -> View:
    """Open a route to the owners of the workspace."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request, *args, **given)

    guarded.access = "workspace-owner"  # type: ignore[attr-defined]
    return guarded


def of_campaign(right: str) -> Callable[[View], View]:
    """Open a route to whoever has a right in its campaign.

    To everybody else the campaign does not exist; a member without the right is refused.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, campaign: str, **given: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            part = part_of(request.user, campaign)
            if part is None:
                raise Http404
            if not part.may(right):
                raise PermissionDenied
            return view(request, Place(_campaign(campaign), part), **given)

        guarded.access = f"campaign:{right}"  # type: ignore[attr-defined]
        return guarded

    return guard


def by_link(view: View) -> View:
    """Open a route of figures to whoever holds a live share link, and its password if it has one."""

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **given: Any) -> HttpResponseBase:
        link = sharing.find(token, timezone.now())
        if link is None:
            raise Http404
        if link.password and link.pk not in request.session.get(UNLOCKED, []):
            return redirect("shared-unlock", token=token)
        return view(request, Place(_campaign(link.campaign), Part("guest"), token), **given)

    guarded.access = "share-link"  # type: ignore[attr-defined]
    return guarded


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to sign in, and back here afterwards."""
    here = request.get_full_path() if request.method == "GET" else "/"
    return redirect(f"{reverse('sign-in')}?{urlencode({'next': here})}")


def _campaign(name: str) -> Campaign:
    try:
        return campaigns.find(workspace(), name)
    except NotFoundError as error:
        raise Http404 from error
