"""Rows that are dropped into a trial: from a file, or from the campaign's own lake."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from longtake.domain.trials.rows import Row, row_values
from longtake.errors import NotFoundError
from longtake.ingest.peek import peek
from longtake.ingest.values.moment import SHANGHAI
from longtake.services.campaigns import known as campaigns
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.drafted import drafted
from longtake.services.trials.book import Book, Dropped, load
from longtake.services.trials.design import signed
from longtake.services.trials.entering.read import Read, read
from longtake.services.trials.entering.works import read_works, works_reader
from longtake.services.trials.errors import TrialError
from longtake.services.trials.place import path_of
from longtake.services.workspace import Workspace
from longtake.store.durable import chain
from longtake.store.durable.chain import canonical
from longtake.store.session import open_session

SERIES = ("comments", "tickets")


def drop(
    workspace: Workspace,
    campaign: str,
    trial: str,
    path: Path,
    *,
    name: str = "",
    by: str,
    now: datetime,
) -> tuple[Dropped, bool]:
    """Take a file's rows in; the same file a second time adds nothing.

    A row that was told before stands as the later file tells it, and both are kept and shown.

    Args:
        workspace: Where the trial lies.
        campaign: The campaign's id.
        trial: The trial's own.
        path: CSV, XLSX or XLS.
        name: What the file is called; its own name when empty.
        by: Who drops it.
        now: Aware.

    Returns:
        What became of it, and whether it is new.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has not started, and its design takes no past.
        UnreadableFileError: The file is no table of such rows.
        OSError: The file cannot be opened.
    """
    book = _open(workspace, campaign, trial)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    known = next((one for one in book.dropped if one.sha256 == digest), None)
    if known is not None:
        return known, False
    called = name or path.name
    found = _read(path, book, called, now)
    return _kept(workspace, book, found, (called, digest), by=by, now=now), True


def drop_series(
    workspace: Workspace, campaign: str, trial: str, series: str, *, by: str, now: datetime
) -> tuple[Dropped, bool]:
    """Take in a daily series of the campaign's own lake: comments, or tickets of its film.

    The last day is seldom whole and is left out.

    Raises:
        NotFoundError: There is no such trial, campaign or series.
        TrialError: The trial's design takes no series.
    """
    book = _open(workspace, campaign, trial)
    if book.trial.design != "interrupted_series":
        raise TrialError(
            f"{trial} takes no series of the campaign.", fix="Drop a file.", says="trial_no_series"
        )
    if series not in SERIES:
        raise NotFoundError("series", series, known=SERIES)
    rows = _series(workspace, campaign, series, book.trial.primary.key)
    digest = hashlib.sha256(canonical([row_values(row) for row in rows])).hexdigest()
    known = next((one for one in book.dropped if one.sha256 == digest), None)
    if known is not None:
        return known, False
    found = Read(rows, (), ())
    return _kept(workspace, book, found, (f"lake:{series}", digest), by=by, now=now), True


def _read(path: Path, book: Book, name: str, now: datetime) -> Read:
    """Return a file's rows: a list of works where a back office wrote it, else a table of the trial's own."""
    head, trial = peek(path), book.trial
    works = works_reader(path, head) if trial.split or trial.design == "described" else None
    if works is not None:
        today = now.astimezone(SHANGHAI).date()
        return read_works(path, head, works, trial, book.ordered, name=name, today=today)
    return read(path, trial, usual_day="" if book.begins is None else book.begins.isoformat())


def _open(workspace: Workspace, campaign: str, trial: str) -> Book:
    book = load(workspace, campaign, trial)
    if book.state == "designed" and not book.trial.by_place:
        raise TrialError(
            f"{trial} has not started: rows before the start prove nothing.",
            fix=f"Run `longtake trial start {campaign} {trial}` first.",
            says="trial_start_first",
            trial=trial,
        )
    return book


def _kept(
    workspace: Workspace, book: Book, found: Read, file: tuple[str, str], *, by: str, now: datetime
) -> Dropped:
    name, digest = file
    body = {
        "act": "rows",
        "file": name[:200],
        "sha256": digest,
        "rows": [row_values(row) for row in found.rows],
        "refused": [[one.line, one.column, one.value, one.expected] for one in found.refused],
        **signed(by, now),
    }
    trial = book.trial
    chain.append(path_of(workspace, trial.campaign, trial.id), body, expected=book.head)
    return load(workspace, trial.campaign, trial.id).dropped[-1]


def _series(workspace: Workspace, campaign: str, series: str, metric: str) -> tuple[Row, ...]:
    found = campaigns.find(workspace, campaign)
    with open_session(workspace.lake, campaign) as session:
        draft = drafted(workspace, found, session)
        if series == "comments":
            by_day = {row["day"].isoformat(): float(row["n"]) for row in draft.run("comments_by_day")}
        else:
            films: dict[str, list[dict[str, object]]] = {}
            for row in draft.run("boxoffice_by_day"):
                if row["film"] != EVERY_FILM and row["admissions"] is not None and row["date"] is not None:
                    films.setdefault(row["film"], []).append(row)
            own = films.get(own_film(draft, films), []) if films else []
            by_day = {str(row["date"])[:10]: float(str(row["admissions"])) for row in own}
    days = sorted(by_day)[:-1]
    return tuple(
        Row("", day, "", 1, {metric: (by_day[day],)}, line=place) for place, day in enumerate(days, 1)
    )
