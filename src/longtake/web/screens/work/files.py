"""Hand files in, see what became of every row, explain tables, take imports back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from longtake.domain.receipt import FileReceipt
from longtake.errors import LongtakeError
from longtake.ingest.mapping import FIELDS, Mapping
from longtake.ingest.templates.words import METRICS
from longtake.locale import catalogue
from longtake.records import queue, trail
from longtake.records.models import Job
from longtake.render.view import MOST_REFUSED
from longtake.services.imports import receipts
from longtake.services.work import files as work
from longtake.services.work import inbox
from longtake.web.access import Place, of_campaign
from longtake.web.pages.notices import notices
from longtake.web.pages.show import show, tell
from longtake.web.screens.work.jobs import live_jobs

MOST_FILES = 60
PILE = 12
"""As many files of one folder and reader stand together on a receipt."""
JOB = "job-"


@of_campaign("files")
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, place: Place) -> HttpResponse:
    """Show what was handed in and take more."""
    if request.method == "POST":
        return _upload(request, place)
    commits = [
        {
            "id": c.import_id,
            "rows": sum(c.tables.values()),
            "files": len(receipts.of_commit(c)),
            "sequence": c.sequence,
        }
        for c in reversed(place.workspace.lake.commits(place.campaign.id))
        if c.receipt.get("origin") != "described"
    ]
    past = Job.objects.filter(campaign=place.campaign.id, kind="import").exclude(
        state__in=("queued", "running")
    )[:10]
    return show(
        request,
        "files.html.j2",
        place=place,
        work="files",
        commits=commits,
        working=live_jobs(place.campaign.id),
        past=past,
        limit=settings.UPLOAD_BYTES,
    )


def _upload(request: HttpRequest, place: Place) -> HttpResponse:
    given = request.FILES.getlist("files")
    paths = request.POST.getlist("paths")
    if not given:
        return _answer(request, place, problem="web.upload_empty", status=422)
    folder = inbox.tray(place.workspace)
    for number, file in enumerate(given):
        shown = paths[number] if len(paths) == len(given) else (file.name or "")
        inbox.put(folder, shown, file.chunks())
    job = queue.submit("import", place.campaign.id, given={"tray": folder.name}, by=request.user)
    trail.note("upload", person=request.user, campaign=place.campaign.id, files=len(given))
    return _answer(request, place, job=job)


def _answer(
    request: HttpRequest, place: Place, *, job: Job | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    """Answer a script with the address to go to, a browser by sending it there."""
    if problem:
        tell(request, problem.removeprefix("web."), good=False)
    target = f"/jobs/{job.pk}/" if job else place.url("files")
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"next": target, "problem": problem}, status=status)
    return redirect(target)


@of_campaign("rows")
@require_GET
def receipt(request: HttpRequest, place: Place, number: str) -> HttpResponse:
    """Show what became of every file and every refused row of one import."""
    found, import_id, tray, waiting = _receipts(place, number)
    every = piles(found)
    words = [
        {"receipt": one, "notices": notices(request.lang, one.notices), "files": files}
        for one, files in every[:MOST_FILES]
    ]
    sums = {key: sum(getattr(one, key) for one in found) for key in ("rows_in", "kept", "duplicate")} | {
        "refused": sum(len(one.refused) for one in found)
    }
    live = {commit.import_id for commit in place.workspace.lake.commits(place.campaign.id)}
    return show(
        request,
        "receipt.html.j2",
        place=place,
        work="files",
        files=words,
        left=sum(len(files) for _, files in every[MOST_FILES:]),
        sums=sums,
        import_id=import_id if import_id in live else "",
        unread=not any(one.rows_in for one in found),
        tray=tray,
        waiting=waiting,
        most_refused=MOST_REFUSED,
        working=live_jobs(place.campaign.id),
    )


def piles(found: Sequence[FileReceipt]) -> list[tuple[FileReceipt, tuple[str, ...]]]:
    """Return receipts with the files each stands for.

    Many files of one folder that nothing is to be said about stand together, with their sums; others alone.
    """
    groups: dict[tuple[str, str | None], list[FileReceipt]] = {}
    for one in found:
        groups.setdefault(_pile(one), []).append(one)
    made: list[tuple[FileReceipt, tuple[str, ...]]] = []
    told: set[tuple[str, str | None]] = set()
    for one in found:
        key = _pile(one)
        group = groups[key]
        if one.error or one.refused or one.notices or one.unknown_columns or len(group) < PILE:
            made.append((one, (one.path,)))
        elif key not in told:
            told.add(key)
            quiet = [x for x in group if not (x.error or x.refused or x.notices or x.unknown_columns)]
            shown = one.path if len(quiet) == 1 else f"{key[0]}/"
            whole = replace(
                one,
                path=shown,
                rows_in=sum(x.rows_in for x in quiet),
                kept=sum(x.kept for x in quiet),
                duplicate=sum(x.duplicate for x in quiet),
            )
            made.append((whole, tuple(x.path for x in quiet)))
    return made


def _pile(one: FileReceipt) -> tuple[str, str | None]:
    folder, _, _ = one.path.partition("/") if "/" in one.path else ("", "", "")
    return (folder or one.path, one.reader)


def _receipts(place: Place, number: str) -> tuple[list[FileReceipt], str, str, list[str]]:
    if number.startswith(JOB) and number.removeprefix(JOB).isdecimal():
        job = Job.objects.filter(
            pk=int(number.removeprefix(JOB)), campaign=place.campaign.id, kind="import", state="done"
        ).first()
        if job is None:
            raise Http404
        done: dict[str, Any] = job.outcome
        waiting = [name for name in done["unknown"] if _waits(place, done["tray"], name)]
        return (
            [receipts.from_json(item) for item in done["files"]],
            done["import"] or "",
            done["tray"],
            waiting,
        )
    for commit in place.workspace.lake.commits(place.campaign.id):
        if commit.import_id == number:
            return list(receipts.of_commit(commit)), commit.import_id, "", []
    raise Http404


def _waits(place: Place, tray: str, name: str) -> bool:
    try:
        return (inbox.tray_of(place.workspace, tray) / name).is_file()
    except LongtakeError:
        return False


@of_campaign("files")
@require_POST
def undo(request: HttpRequest, place: Place, number: str) -> HttpResponse:
    """Take an import back."""
    if number not in {commit.import_id for commit in place.workspace.lake.commits(place.campaign.id)}:
        raise Http404
    job = queue.submit("undo", place.campaign.id, given={"import": number}, by=request.user)
    trail.note("undo", person=request.user, campaign=place.campaign.id, number=number)
    return redirect("job", number=job.pk)


@of_campaign("files")
@require_http_methods(["GET", "POST"])
def map_table(request: HttpRequest, place: Place, tray: str) -> HttpResponse:
    """Ask what the columns of a table mean; remember it and read the table."""
    name = (request.POST if request.method == "POST" else request.GET).get("file", "")
    owner = Job.objects.filter(campaign=place.campaign.id, kind="import", given__tray=tray).exists()
    if not owner:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    if request.method == "POST" and "drop" in given:
        return _forgotten(request, place, tray, name)
    asked = given.get("kind", "")
    head, found = work.proposal(place.workspace, tray, name, asked if asked in FIELDS else "")
    kind = asked if asked in FIELDS else (found.mapping.kind if found else "comments")
    chosen = dict(found.mapping.columns) if found else {}
    constants = dict(found.mapping.constants) if found else {}
    problem, status = None, 200
    if request.method == "POST":
        said = {field: request.POST.get(f"field.{field}", "") for field in FIELDS[kind]}
        chosen = {field: column for field, column in said.items() if column in head.columns and column}
        platform = request.POST.get("platform", "").strip()
        constants = {"platform": platform} if platform and "platform" in FIELDS[kind] else {}
        for field, name_of in (("kind", "count_kind"), ("metric", "metric_of_all")):
            if kind == "counts" and field not in chosen and (value := request.POST.get(name_of, "").strip()):
                constants[field] = value[:40]
        try:
            work.explain(place.workspace, tray, name, Mapping(kind, chosen, constants))
        except LongtakeError as error:
            problem, status = error, 422
        else:
            job = queue.submit("import", place.campaign.id, given={"tray": tray}, by=request.user)
            trail.note("map", person=request.user, campaign=place.campaign.id, file=name, kind=kind)
            tell(request, "mapping_kept")
            return redirect("job", number=job.pk)
    words = catalogue(request.lang)
    return show(
        request,
        "map.html.j2",
        place=place,
        work="files",
        tray=tray,
        file=name,
        head=head,
        kind=kind,
        kinds=tuple(FIELDS),
        fields=FIELDS[kind],
        chosen=chosen,
        constants=constants,
        found=found,
        lacks=[words.say(f"web.mapped.{one}") for one in found.mapping.missing] if found else [],
        metric_words=[(one, words.word("metric", one)) for one in dict.fromkeys(METRICS.values())],
        problem=problem,
        status=status,
    )


def _forgotten(request: HttpRequest, place: Place, tray: str, name: str) -> HttpResponse:
    """Remove a waiting table; an upload of which nothing was read leaves the list with its last table."""
    last = work.forget(place.workspace, tray, name)
    trail.note("file-drop", person=request.user, campaign=place.campaign.id, file=name)
    job = Job.objects.filter(campaign=place.campaign.id, kind="import", given__tray=tray).first()
    number = job.outcome.get("import") if last and job is not None else None
    for commit in place.workspace.lake.commits(place.campaign.id):
        if commit.import_id == number and not any(commit.tables.values()):
            queue.submit("undo", place.campaign.id, given={"import": number}, by=request.user)
    tell(request, "file_dropped")
    return redirect(place.url("files"))
