"""Two campaigns side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.locale import catalogue
from longtake.render.inventory import slug
from longtake.render.wording import Wording
from longtake.services.campaigns import known as campaigns
from longtake.services.measured.kept import Kept, kept
from longtake.services.people.parts import parts_of
from longtake.services.people.roles import Part
from longtake.services.reports.draft import ZONE
from longtake.web.access import signed_in, workspace
from longtake.web.pages.show import show

LABELS = (
    "reproduction",
    "promotion_total",
    "comments_half_life",
    "list_hours",
    "positive_share",
    "polarity_mean",
    "depth_composite",
    "box_office_total",
    "legs",
    "final_gross",
)


@signed_in
@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Show the same figures of two campaigns, each with its interval."""
    mine = parts_of(request.user)
    open_to = {
        campaign.id: campaign
        for campaign in campaigns.known(workspace())
        if request.user.is_superuser or _whole(mine.get(campaign.id))
    }
    chosen = [name for name in (request.GET.get("a", ""), request.GET.get("b", "")) if name in open_to]
    measured: list[Kept] = [k for name in chosen if (k := kept(workspace(), name)) is not None]
    rows: list[dict[str, Any]] = []
    wording = Wording(catalogue(request.lang), ZONE)
    if len(measured) == 2:
        both = [_by_label(one) for one in measured]
        rows = [
            {"name": wording.name(pair[0] or pair[1]), "pair": [_cell(wording, f) for f in pair]}  # type: ignore[arg-type]
            for label in LABELS
            if any(pair := [one.get(label) for one in both])
        ]
    return show(
        request,
        "compare.html.j2",
        open_to=open_to,
        chosen=chosen,
        rows=rows,
        measured=measured,
        ready=len(measured),
    )


def _by_label(one: Kept) -> dict[str, Figure]:
    """Return the first known figure of each label, an unknown one where none is known."""
    found: dict[str, Figure] = {}
    for figure in one.figures().values():
        before = found.get(figure.label)
        if before is None or (
            not isinstance(before.quantity, Estimate) and isinstance(figure.quantity, Estimate)
        ):
            found[figure.label] = figure
    return found


def _cell(wording: Wording, figure: Figure | None) -> dict[str, Any] | None:
    if figure is None:
        return None
    return {
        "slug": slug(figure.id),
        "campaign": figure.id.partition(":")[0],
        "shown": wording.shown(figure.quantity),
    }


def _whole(part: Part | None) -> bool:
    return part is not None and part.may("rows") and not part.lane
