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

Key = tuple[str, tuple[tuple[str, str], ...]]
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
    first_two = [*open_to, "", ""][:2]
    wanted = [request.GET.get(side, other) for side, other in zip("ab", first_two, strict=True)]
    chosen = [name for name in wanted if name in open_to]
    measured: list[Kept] = [k for name in chosen if (k := kept(workspace(), name)) is not None]
    rows: list[dict[str, Any]] = []
    wording = Wording(catalogue(request.lang), ZONE)
    if len(measured) == 2:
        first, second = (_alike(one) for one in measured)
        keys = sorted({*first, *second}, key=lambda key: (LABELS.index(key[0]), key))
        rows = [
            {
                "name": wording.name(first.get(key) or second[key]),
                "pair": [_cell(wording, one.get(key)) for one in (first, second)],
            }
            for key in keys
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


def _alike(one: Kept) -> dict[Key, Figure]:
    """Return the figures that can be compared, by what they measure and where.

    One platform's number is never put beside another's.
    """
    found: dict[Key, Figure] = {}
    for figure in one.figures().values():
        if figure.label in LABELS and isinstance(figure.quantity, Estimate):
            found.setdefault((figure.label, tuple(sorted(figure.slots.items()))), figure)
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
