"""Look at a running trial, on any day, and judge it: each look is an entry."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from longtake.domain.trials.look import Look
from longtake.domain.trials.look_values import look_values
from longtake.domain.trials.verdict import Verdict
from longtake.ingest.values.moment import SHANGHAI
from longtake.services.trials.book import Book, load
from longtake.services.trials.design import signed
from longtake.services.trials.errors import TrialError
from longtake.services.trials.looks.learned import verdict_from_look
from longtake.services.trials.looks.take import taken
from longtake.services.trials.place import path_of
from longtake.services.trials.verdicts.kept import verdict_values
from longtake.services.workspace import Workspace
from longtake.store.durable import chain


def look(
    workspace: Workspace,
    campaign: str,
    trial: str,
    *,
    by: str,
    now: datetime,
    weights_from: date | None = None,
) -> Look:
    """Return what the rows say now, and write down that somebody looked.

    Args:
        workspace: Where the trial lies.
        campaign: The campaign's id.
        trial: The trial's own.
        by: Who looks.
        now: Aware.
        weights_from: First day the next weights of a bandit are used; the day after today when None.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has not started.
        LongtakeError: Its rows cannot bear what its design asks.
    """
    return _look(workspace, _running(workspace, campaign, trial), by=by, now=now, weights_from=weights_from)


def judge(workspace: Workspace, campaign: str, trial: str, *, by: str, now: datetime) -> Verdict:
    """Return the verdict of a trial as its rows stand, and write it down; a look goes before it.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has not started, has no rows, or its planned days are not over.
        LongtakeError: Its rows cannot bear what its design asks.
    """
    found = _look(workspace, _running(workspace, campaign, trial), by=by, now=now, weights_from=None)
    if found.decision in {"no_rows", "waiting"}:
        raise TrialError(
            f"{trial} cannot be judged yet: {found.days} of its days are in.",
            fix="Drop the rows that are missing.",
            says=f"trial_{found.decision}",
            trial=trial,
            days=str(found.days),
        )
    book = load(workspace, campaign, trial)
    verdict = verdict_from_look(book, found)
    entry = chain.append(
        path_of(workspace, campaign, trial),
        {"act": "verdict", "verdict": verdict_values(verdict), **signed(by, now)},
        expected=book.head,
    )
    return Verdict(
        verdict.result,
        verdict.estimate,
        verdict.standing,
        verdict.learned,
        verdict.figures,
        verdict.arm,
        entry.hash,
    )


def _running(workspace: Workspace, campaign: str, trial: str) -> Book:
    book = load(workspace, campaign, trial)
    if book.begins is None:
        raise TrialError(
            f"{trial} has not started.",
            fix=f"Run `longtake trial start {campaign} {trial}`.",
            says="trial_start_first",
            trial=trial,
        )
    return book


def _look(workspace: Workspace, book: Book, *, by: str, now: datetime, weights_from: date | None) -> Look:
    found = taken(book)
    since = weights_from or now.astimezone(SHANGHAI).date() + timedelta(days=1)
    if found.day:
        # Weights are for units to come: never for those that are in already.
        since = max(since, date.fromisoformat(found.day) + timedelta(days=1))
    body = {
        "act": "look",
        "look": look_values(found),
        "weights_from": since.isoformat(),
        **signed(by, now),
    }
    trial = book.trial
    chain.append(path_of(workspace, trial.campaign, trial.id), body, expected=book.head)
    return found
