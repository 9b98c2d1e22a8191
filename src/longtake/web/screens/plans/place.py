"""A campaign's plan for one visitor: who acts, what may be seen, how a section is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpRequest

from longtake.domain.answers.report import Report, Section
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.locale import catalogue
from longtake.render.pictures import Drawn, drawn
from longtake.render.view import View
from longtake.render.wording import Wording
from longtake.services.plans.running.chain import load
from longtake.services.plans.running.desk import Desk, desk_of
from longtake.services.reports.draft import ZONE
from longtake.web.access import Place


class PlanPlace(Place):
    """A campaign whose figures are those of its plan: their rows stand on a page of their own."""

    def url(self, name: str, **given: Any) -> str:
        """Return the address of a route, that of rows the plan's own."""
        return super().url("plan-rows" if name == "rows" else name, **given)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A section of a plan as a page shows it.

    Attributes:
        view: The report with this section alone.
        wording: Words and zone.
        pictures: Charts by id.
        section: The section.
    """

    view: View
    wording: Wording
    pictures: dict[str, Drawn]
    section: Section


def of_plan(place: Place) -> PlanPlace:
    """Return the place with the plan's own addresses."""
    return PlanPlace(place.campaign, place.part, place.token)


def book_of(place: Place) -> Book:
    """Return the campaign's plan, from its chain."""
    return load(place.workspace, place.campaign.id)


def whole(place: Place) -> None:
    """Refuse a visitor who sees one lane alone.

    Raises:
        Http404: To them the page does not exist.
    """
    if place.part.lane:
        raise Http404


def stage_of(place: Place, book: Book, stage: str) -> Life:
    """Return a stage that the visitor may see.

    Raises:
        Http404: There is none of that id, or it runs in another lane.
    """
    life = book.life(stage)
    if life is None or place.part.lane not in {"", life.lane}:
        raise Http404
    return life


@contextmanager
def at_desk(request: HttpRequest, place: Place) -> Iterator[Desk]:
    """Open the campaign with its plan, now, for who signed in."""
    now = datetime.now(UTC)
    with desk_of(place.workspace, place.campaign, who=str(request.user), at=now) as desk:
        yield desk


def sheet(place: Place, section: Section, lang: str) -> Sheet:
    """Return a section with its charts drawn."""
    campaign = place.campaign
    report = Report(
        campaign=campaign.id,
        name=campaign.name,
        kind=campaign.kind or "short",
        release_at=campaign.release_at,
        sample=campaign.sample,
        lead=(),
        strip=(),
        sections=(section,),
        receipts=(),
        rows={},
    )
    wording = Wording(catalogue(lang), ZONE)
    return Sheet(View(report, wording), wording, drawn(report, wording), section)
