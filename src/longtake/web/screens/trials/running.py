"""One trial: its page, its start, its rows, a look on any day, its verdict."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from longtake.domain.trials.power import power_of
from longtake.domain.trials.rows import Row
from longtake.errors import LongtakeError, NotFoundError
from longtake.locale import catalogue
from longtake.records import trail
from longtake.services import trials
from longtake.services.trials import telling
from longtake.services.trials.entering.template import template as blank
from longtake.services.trials.telling.tables import tables_of
from longtake.web.access import Place, of_campaign
from longtake.web.pages.show import show
from longtake.web.pages.show import tell as flash
from longtake.web.screens import failures
from longtake.web.screens.trials.form import said
from longtake.web.screens.trials.picture import drawings

MOST_FILES, MOST_REFUSED, MOST_ROWS = 20, 12, 400


@of_campaign("trials.see")
@require_GET
def page(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Show a trial as it stands: the last look that was taken, never a new one."""
    return _page(request, place, trial)


@of_campaign("trials.run")
@require_POST
def start(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Start a trial: power kept, design sealed, lot drawn."""
    begins = _day(request.POST.get("begins", ""))

    def act() -> None:
        first = begins or trials.next_day(_load(place, trial), _now())
        trials.start(
            place.workspace, place.campaign.id, trial, begins=first, by=str(request.user), now=_now()
        )

    return _done(request, place, trial, "start", act)


@of_campaign("trials.run")
@require_POST
def rows(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Take rows in, from files or from the campaign's own series."""
    series = request.POST.get("series", "")
    files = request.FILES.getlist("files")[:MOST_FILES]
    told: dict[str, Any] = {"kept": 0, "duplicate": 0, "corrected": 0, "refused": 0}

    def act() -> None:
        if series:
            found, new = trials.drop_series(
                place.workspace, place.campaign.id, trial, series, by=str(request.user), now=_now()
            )
            _add(told, found, new=new)
        for file in files:
            with tempfile.TemporaryDirectory(prefix="longtake-trial-") as scratch:
                # The name decides nothing and leads nowhere; only its ending is kept.
                path = Path(scratch) / f"rows{Path(file.name or '').suffix.lower()[:6]}"
                _spool(file, path)
                found, new = trials.drop(
                    place.workspace,
                    place.campaign.id,
                    trial,
                    path,
                    name=Path(file.name or "rows").name[:120],
                    by=str(request.user),
                    now=_now(),
                )
            _add(told, found, new=new)
        if not files and not series:
            raise trials.TrialError("No rows were given.", fix="Choose a file.", says="trial_no_file")

    answer = _done(request, place, trial, "rows", act)
    if answer.status_code == 302:
        flash(request, "trial_rows", **told)
    return answer


@of_campaign("trials.run")
@require_POST
def look(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Look at a trial; the look is an entry."""

    def act() -> None:
        trials.look(place.workspace, place.campaign.id, trial, by=str(request.user), now=_now())

    return _done(request, place, trial, "look", act)


@of_campaign("trials.see")
@require_GET
def verdict(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Show a trial's verdict."""
    try:
        book = _load(place, trial)
    except LongtakeError as error:
        return failures.refused(request, error)
    words = catalogue(request.lang)
    lines = () if book.verdict is None else telling.verdict_lines(book, book.verdict, words)
    return show(
        request,
        "trials/verdict.html.j2",
        place=place,
        work="trials",
        book=book,
        lines=lines,
        design=telling.design_lines(book, words),
        power=_power(book, words),
        departures=telling.departures(book, words),
    )


@of_campaign("trials.run")
@require_POST
def judge(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Judge a trial as its rows stand."""

    def act() -> None:
        trials.judge(place.workspace, place.campaign.id, trial, by=str(request.user), now=_now())

    return _done(request, place, trial, "verdict", act, to="trial-verdict")


@of_campaign("trials.run")
@require_GET
def template(request: HttpRequest, place: Place, trial: str) -> HttpResponse:
    """Return a table to fill in."""
    try:
        text = blank(_load(place, trial).trial)
    except LongtakeError as error:
        return failures.refused(request, error)
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{trial}.csv"'
    return answer


def _page(
    request: HttpRequest, place: Place, trial: str, *, problem: str = "", status: int = 200
) -> HttpResponse:
    try:
        book = _load(place, trial)
    except NotFoundError as error:
        return failures.refused(request, error)
    except LongtakeError as error:
        return show(
            request,
            "trials/broken.html.j2",
            place=place,
            work="trials",
            trial=trial,
            problem=said(request.lang, error),
            status=409,
        )
    words = catalogue(request.lang)
    last = book.looks[-1] if book.looks else None
    found = None if last is None else last.look
    amounts = telling.Amounts(words, book.trial)
    since = book.weights[-1][0] if book.weights else ""
    return show(
        request,
        "trials/trial.html.j2",
        place=place,
        work="trials",
        book=book,
        last=last,
        look=found,
        seen_at=None if last is None else datetime.fromisoformat(last.at),
        row_told=_told,
        unseen=len(book.rows) - last.rows if last is not None else len(book.since()),
        headline="" if found is None or found.judged is None else telling.headline(book, found.judged, words),
        lines=() if found is None else telling.look_lines(book, found, words, weights_from=since),
        tables=() if found is None else tables_of(book, found, words),
        drawings={} if found is None else drawings(book, found, amounts),
        design=telling.design_lines(book, words),
        power=_power(book, words),
        could=_could(request, book, words),
        departures=telling.departures(book, words),
        begins=trials.next_day(book, _now()),
        most_refused=MOST_REFUSED,
        most_rows=MOST_ROWS,
        limit=settings.UPLOAD_BYTES,
        problem=problem,
        status=status,
    )


def _power(book: trials.Book, words: Any) -> tuple[str, ...]:
    return telling.power_lines(book.trial, power_of(book.power), words) if book.power else ()


def _could(request: HttpRequest, book: trials.Book, words: Any) -> tuple[bool, tuple[str, ...]]:
    """Return, before the start, whether it may start, and its power or what is missing."""
    if book.begins is not None:
        return False, ()
    try:
        found = trials.power_of_trial(book, begins=trials.next_day(book, _now()))
    except LongtakeError as error:
        return False, (said(request.lang, error),)
    return True, telling.power_lines(book.trial, found, words)


def _done(
    request: HttpRequest,
    place: Place,
    trial: str,
    act_name: str,
    act: Callable[[], None],
    *,
    to: str = "trial",
) -> HttpResponse:
    try:
        act()
    except NotFoundError as error:
        return failures.refused(request, error)
    except LongtakeError as error:
        return _page(request, place, trial, problem=said(request.lang, error), status=422)
    trail.note(f"trial-{act_name}", person=request.user, campaign=place.campaign.id, trial=trial)
    return redirect(place.url(to, trial=trial))


def _told(row: Row) -> str:
    sums = " ".join(f"{key} {' '.join(f'{v:g}' for v in values)}" for key, values in sorted(row.sums.items()))
    return f"{row.units} / {sums}"


def _load(place: Place, trial: str) -> trials.Book:
    return trials.load(place.workspace, place.campaign.id, trial)


def _add(told: dict[str, Any], found: trials.Dropped, *, new: bool) -> None:
    told["kept"] += found.kept if new else 0
    told["duplicate"] += found.duplicate if new else found.rows_in
    told["corrected"] += found.corrected if new else 0
    told["refused"] += len(found.refused) + found.late if new else 0


def _spool(file: Any, path: Path) -> None:
    with path.open("wb") as out:
        for chunk in file.chunks():
            out.write(chunk)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _now() -> datetime:
    return datetime.now(UTC)
