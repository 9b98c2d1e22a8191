"""Measure a campaign and keep what came out, ready to be shown."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from longtake import render
from longtake.domain.answers.report import Mark, Report, RowSample, Section
from longtake.domain.campaign import Campaign
from longtake.locale import LANGUAGES, catalogue
from longtake.render.inventory import slug
from longtake.render.pictures import drawn
from longtake.render.view import View
from longtake.render.wording import Wording
from longtake.services import evidence
from longtake.services.assets.calendar import AssetCalendar, calendar
from longtake.services.campaigns import known as campaigns
from longtake.services.imports import receipts
from longtake.services.measured.codec import plain
from longtake.services.measured.heading import heading
from longtake.services.measured.kept import ASSETS, HEAD, INDEX, REMARKS, WHOLE, Kept, folder_of, kept
from longtake.services.measured.light import light, whole
from longtake.services.measured.papers import keep_steps
from longtake.services.plans import drafted
from longtake.services.plans.draft import own_packs
from longtake.services.progress import Progress, Silent
from longtake.services.reports.assemble import assemble, figures_of, sample
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.services.reports.draft import Draft
from longtake.services.standing.asking import Asking
from longtake.services.standing.state import state_of
from longtake.services.tell.paper import steps
from longtake.services.workspace import Workspace, write_whole
from longtake.store.session import open_session

ROWS = 600
TAKEN_ALONG = 12
OF_PAGES = ("events_on_axis", "comments_by_day")
"""Queries that the ledger and the plan ask, answered here so that nobody waits for the lake on a page."""
OVER_TIME = frozenset({"timeline", "list"})


def measure(
    workspace: Workspace, campaign: str, *, remarks: Sequence[Mark] = (), progress: Progress | None = None
) -> str:
    """Measure a campaign as it stands now and keep the result; return the name of its state.

    The rows behind the figures are kept by :func:`keep_rows`. What is measured already is not measured again;
    charts are drawn again when the remarks on them changed.
    What was kept of earlier states goes away once the new one is there.

    Args:
        workspace: Where the rows are.
        campaign: The campaign's id.
        remarks: What people wrote on the time axis, drawn on every chart over time.
        progress: Where to show progress.

    Raises:
        NotFoundError: There is no such campaign.
        LongtakeError: The rows cannot be read, or the disk refused.
    """
    bar = progress or Silent()
    found = campaigns.find(workspace, campaign)
    state = state_of(workspace, campaign)
    place = folder_of(workspace, campaign, state)
    found_kept = kept(workspace, campaign)
    if found_kept is not None:
        if found_kept.remarks != plain(tuple(remarks)):
            _redraw(found_kept, remarks, bar)
        return state
    bar.begin("measure", None)
    lines: dict[str, tuple[str, ...]] = {}
    put_out: list[AssetCalendar] = []

    def beside(draft: Draft) -> None:
        put_out.append(calendar(draft))
        packs, why = own_packs(workspace, None), diagnosed(draft)
        for lang in LANGUAGES:
            lines[lang] = steps(drafted(draft, why, lang=lang, folders=packs), lang)

    report = assemble(workspace, found, rows=0, also=beside)
    with Asking(workspace, campaign) as session:
        going = heading(found, session)
        for query in OF_PAGES:
            session.run(query)
    bar.advance()
    evidence.keep(workspace, campaign, (*figures_of(report), *put_out[0].figures))
    fresh = place.with_name(f".{state}-{os.getpid()}")
    shutil.rmtree(fresh, ignore_errors=True)
    _draw(fresh, report, remarks, bar)
    bar.begin("write", None)
    _write(fresh, report, found, plain(going), put_out[0])
    keep_steps(fresh, lines)
    if state_of(workspace, campaign) != state:
        # Files came in meanwhile: these figures are of rows that are no longer all there are.
        shutil.rmtree(fresh, ignore_errors=True)
        return measure(workspace, campaign, remarks=remarks, progress=bar)
    shutil.rmtree(place, ignore_errors=True)
    fresh.replace(place)
    for old in place.parent.iterdir():
        if old.name != state:
            shutil.rmtree(old, ignore_errors=True)
    return state


def keep_rows(
    workspace: Workspace,
    campaign: str,
    *,
    pause: Callable[[], bool] = lambda: False,
    progress: Progress | None = None,
) -> bool:
    """Keep the first rows behind every figure, and the files to take along; return whether all are kept.

    The figures can be read meanwhile: on a large campaign their rows take longer than they do. What is kept
    already is not looked for again.

    Args:
        workspace: Where the rows are.
        campaign: The campaign's id; nothing happens when it is not measured as it stands now.
        pause: Asked before each figure; stops when it says yes.
        progress: Where to show progress.

    Raises:
        LongtakeError: The rows cannot be read, or the disk refused.
    """
    made, bar = kept(workspace, campaign), progress or Silent()
    if made is None or (made.folder / WHOLE).exists():
        return True
    figures = [found for name in made.figures() if (found := made.figure(name)) is not None]
    bar.begin("rows", len(figures))
    with open_session(workspace.lake, campaign) as session:
        for figure in figures:
            if made.rows(slug(figure.id)) is None:
                if pause():
                    return False
                first = sample(session, figure, ROWS)
                _json(made.folder / "rows" / f"{slug(figure.id)}.json", plain(first))
            bar.advance()
    report = replace(
        whole(made.with_sections(*made.sections), {figure.id: figure for figure in figures}),
        rows={f.id: _taken_along(rows) for f in figures if (rows := made.rows(slug(f.id))) is not None},
        receipts=receipts.of_campaign(workspace, campaign),
    )
    for lang in LANGUAGES:
        write_whole(made.folder / f"figures.{lang}.xlsx", render.workbook(report, lang))
    write_whole(made.folder / "figures.json", render.figures_json(report))
    write_whole(made.folder / WHOLE, b"")
    return True


def _taken_along(found: RowSample) -> RowSample:
    return replace(found, table=replace(found.table, rows=found.table.rows[:TAKEN_ALONG]))


def _write(
    folder: Path, report: Report, campaign: Campaign, going: dict[str, Any], put_out: AssetCalendar
) -> None:
    head = replace(report, sections=(), rows={}, receipts=())
    shown = {"sections": [section.id for section in report.sections], "heading": going}
    for section in report.sections:
        _json(folder / "sections" / f"{slug(section.id)}.json", light(plain(section)))
    _json(folder / ASSETS, light(plain(put_out)))
    figures = (*figures_of(report), *put_out.figures)
    for figure in figures:
        _json(folder / "figures" / f"{slug(figure.id)}.json", plain(figure))
    _json(folder / INDEX, {slug(figure.id): light(plain(figure)) for figure in figures})
    _json(folder / HEAD, {"report": light(plain(head)), **shown, "campaign": campaign.id})


def _redraw(kept_now: Kept, remarks: Sequence[Mark], progress: Progress) -> None:
    """Draw the charts of figures that are measured already anew."""
    report = kept_now.with_sections(*kept_now.sections)
    fresh = kept_now.folder / f".charts-{os.getpid()}"
    shutil.rmtree(fresh, ignore_errors=True)
    _draw(fresh, report, remarks, progress)
    old = kept_now.folder / f".old-{os.getpid()}"
    (kept_now.folder / "charts").replace(old)
    (fresh / "charts").replace(kept_now.folder / "charts")
    shutil.rmtree(old, ignore_errors=True)
    shutil.rmtree(fresh, ignore_errors=True)


def _draw(folder: Path, report: Report, remarks: Sequence[Mark], progress: Progress) -> None:
    marked = replace(report, sections=tuple(_marked(section, remarks) for section in report.sections))
    progress.begin("draw", len(LANGUAGES))
    for lang in LANGUAGES:
        wording = Wording(catalogue(lang), report.zone)
        view = View(marked, wording)
        for name, picture in drawn(marked, wording).items():
            acts = [{"number": e.number, "tone": view.tone(e), "text": view.event(e)} for e in picture.events]
            still = {"wide": picture.wide, "narrow": picture.narrow, "acts": acts, "apart": picture.apart}
            _json(folder / "charts" / lang / f"{slug(name)}.json", still)
            _json(folder / "charts" / lang / f"{slug(name)}.live.json", picture.live)
        progress.advance()
    _json(folder / "charts" / REMARKS, plain(tuple(remarks)))


def _marked(section: Section, remarks: Sequence[Mark]) -> Section:
    """Return a section whose charts over time carry the remarks, in the order of time."""
    charts = tuple(
        replace(chart, marks=tuple(sorted((*chart.marks, *remarks), key=lambda m: (m.start, m.kind, m.note))))
        if chart.form in OVER_TIME
        else chart
        for chart in section.charts
    )
    return replace(section, charts=charts)


def _json(path: Path, value: Any) -> None:
    write_whole(path, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())
