"""Who did what, when: the record of a campaign, and that of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from longtake.domain.answers.report import Column, Table
from longtake.locale import Catalogue, catalogue
from longtake.records import trail
from longtake.records.models.board import STAGES
from longtake.render.tables import csv_table
from longtake.services.people.roles import LANES
from longtake.services.reports.draft import ZONE
from longtake.web.access import Place, of_campaign, workspace_owner
from longtake.web.pages.show import show

PAGE = 50
CHUNK = 2_000
COLUMNS = tuple(
    Column(key) for key in ("at", "sign_in_name", "name", "campaign", "act", "act_code", "detail")
)


@of_campaign("acts")
@require_GET
def record(request: HttpRequest, place: Place) -> HttpResponse:
    """Show who did what in a campaign, a page at a time."""
    return _page(request, place)


@of_campaign("acts")
@require_GET
def record_csv(request: HttpRequest, place: Place) -> HttpResponseBase:
    """Return the entries that were asked for as CSV."""
    return _csv(request, place.campaign.id)


@workspace_owner
@require_GET
def workspace_record(request: HttpRequest) -> HttpResponse:
    """Show who did what in the whole workspace, signing in included."""
    return _page(request, None)


@workspace_owner
@require_GET
def workspace_record_csv(request: HttpRequest) -> HttpResponseBase:
    """Return the workspace's entries that were asked for as CSV."""
    return _csv(request, None)


def did(words: Catalogue, what: str) -> str:
    """Return an act in words, its own word when the catalogue has none."""
    return words.say(f"acts.did.{what}") if words.has(f"acts.did.{what}") else what


def told(words: Catalogue, detail: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what an entry tells besides, each with its name."""
    names = ((key, value) for key, value in sorted(detail.items()) if value not in ("", None))
    return [
        (
            words.say(f"acts.told.{key}") if words.has(f"acts.told.{key}") else key,
            _value(words, key, value),
        )
        for key, value in names
    ]


def _value(words: Catalogue, key: str, value: Any) -> str:
    text = str(value)
    if isinstance(value, bool):
        return words.say("acts.yes" if value else "acts.no")
    if key == "lane" and text in LANES:
        return words.say("web.lane." + text)
    if key == "stage" and text in STAGES:
        return words.say("web.stage." + text)
    group = {"role": "web.role.", "kind": "acts.kind."}.get(key, "")
    return words.say(group + text) if group and words.has(group + text) else text


def _asked(request: HttpRequest, campaign: str | None) -> tuple[Any, int | None, str]:
    who, what = request.GET.get("who", ""), request.GET.get("what", "")[:32]
    number = int(who) if who.isascii() and who.isdecimal() and len(who) < 12 else None
    return trail.entries(campaign, who=number, what=what), number, what


def _page(request: HttpRequest, place: Place | None) -> HttpResponse:
    campaign = place.campaign.id if place else None
    found, who, what = _asked(request, campaign)
    total = found.count()
    last = max(1, -(-total // PAGE))
    page = request.GET.get("page", "1")
    number = min(max(int(page), 1), last) if page.isascii() and page.isdecimal() and len(page) < 7 else 1
    words = catalogue(request.lang)
    rows = [
        {
            "at": entry.at,
            "person": entry.person,
            "campaign": entry.campaign,
            "did": did(words, entry.what),
            "told": told(words, entry.detail),
        }
        for entry in found[(number - 1) * PAGE : number * PAGE]
    ]
    kept = {key: value for key, value in (("who", who), ("what", what)) if value not in ("", None)}
    return show(
        request,
        "record.html.j2",
        place=place,
        work="members",
        rows=rows,
        total=total,
        number=number,
        last=last,
        people=trail.people(campaign),
        kinds=sorted((did(words, kind), kind) for kind in trail.kinds(campaign)),
        who=who,
        what=what,
        nobody=trail.NOBODY,
        query=urlencode(kept),
    )


def _csv(request: HttpRequest, campaign: str | None) -> HttpResponseBase:
    found, _, _ = _asked(request, campaign)
    words = catalogue(request.lang)
    zone = ZoneInfo(ZONE)

    def line(entry: Any) -> tuple[str, ...]:
        detail = "; ".join(f"{name}: {value}" for name, value in told(words, entry.detail))
        return (
            entry.at.astimezone(zone).isoformat(timespec="seconds"),
            entry.person.username if entry.person else "",
            str(entry.person) if entry.person else "",
            entry.campaign,
            did(words, entry.what),
            entry.what,
            detail,
        )

    def parts() -> Iterator[bytes]:
        yield csv_table(Table(COLUMNS, ())).encode("utf-8-sig")
        entries = found.iterator(chunk_size=CHUNK)
        while some := tuple(line(entry) for entry in islice(entries, CHUNK)):
            text = csv_table(Table(COLUMNS, some))
            yield text.partition("\r\n")[2].encode()

    answer = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="acts.csv"'
    return answer
