"""The rows behind a number of a trial."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from longtake.errors import LongtakeError, NotFoundError
from longtake.locale import catalogue
from longtake.render.wording import Wording
from longtake.services import trials
from longtake.services.reports.draft import ZONE
from longtake.services.trials.opening import figures_of, rows_behind
from longtake.services.trials.telling import Amounts
from longtake.web.access import Place, of_campaign
from longtake.web.pages.show import show
from longtake.web.screens import failures
from longtake.web.screens.trials.form import said

PAGE = 60


@of_campaign("trials.see")
@require_GET
def rows(request: HttpRequest, place: Place, trial: str, figure: str) -> HttpResponse:
    """Show the rows a number counts, a page at a time, each with its file and line."""
    wanted = f"{place.campaign.id}:trial.{trial}.{figure.replace('-', '.')}"
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and len(asked) < 7 and int(asked) else 1
    words = catalogue(request.lang)
    try:
        book = trials.load(place.workspace, place.campaign.id, trial)
    except LongtakeError as error:
        return failures.refused(request, error)
    try:
        stretch = rows_behind(place.workspace, wanted, limit=PAGE, offset=(number - 1) * PAGE)
    except NotFoundError as error:
        return show(
            request,
            "trials/broken.html.j2",
            trial=trial,
            place=place,
            work="trials",
            problem=said(request.lang, error),
            status=422,
        )
    found = figures_of(book)[wanted]
    amounts = Amounts(words, book.trial)
    shares = figure.startswith("effect") and not book.trial.by_place
    points = shares and book.trial.primary.kind == "proportion"
    return show(
        request,
        "trials/rows.html.j2",
        figure=found,
        shown=amounts.signed(found.quantity, points=points)
        if figure.startswith("effect")
        else amounts.value(found.quantity),
        stretch=stretch,
        number=number,
        last=max(1, -(-stretch.total // PAGE)),
        place=place,
        work="trials",
        book=book,
        wording=Wording(words, ZONE),
    )
