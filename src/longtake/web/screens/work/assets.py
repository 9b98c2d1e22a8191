"""What is put before people over the weeks: a month grid, a list, pauses, and what stood around each."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from longtake.services.assets import KINDS
from longtake.services.assets import planned as from_file
from longtake.services.assets.calendar import Asset
from longtake.services.reports.draft import CHINA
from longtake.web.access import Place, of_campaign
from longtake.web.pages.months import months
from longtake.web.pages.show import show
from longtake.web.screens.work.jobs import live_jobs


@of_campaign("read")
@require_GET
def assets(request: HttpRequest, place: Place) -> HttpResponse:
    """Show the assets of one kind or of all, as a calendar and as a list."""
    kept = place.kept()
    found = kept.assets() if kept is not None else from_file(place.campaign)
    asked = request.GET.get("kind", "")
    kind = asked if asked in KINDS else ""
    chosen = [one for one in found.assets if kind in {"", one.kind}]
    by_day: dict[date, list[Asset]] = defaultdict(list)
    for one in chosen:
        if one.at is not None:
            by_day[_day(one.at)].append(one)
    paused = {
        gap.after: gap for line in found.lines if line.kind == (kind or "all") for gap in line.cadence.gaps
    }
    context: dict[str, Any] = {
        "assets": chosen,
        "lines": found.lines,
        "kinds": [one for one in KINDS if any(asset.kind == one for asset in found.assets)],
        "kind": kind,
        "months": months(by_day),
        "paused": paused,
        "measured": kept is not None,
        "may_see": kept is not None and place.part.sees("heat"),
        "live": live_jobs(place.campaign.id),
    }
    return show(request, "assets.html.j2", place=place, work="assets", **context)


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
