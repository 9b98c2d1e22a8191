"""Design a trial, start it, and change one that runs: each an entry nobody can take back."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from longtake.domain.trials.power import Power, power_values
from longtake.domain.trials.trial import Trial
from longtake.domain.trials.trial_values import trial_digest, trial_values
from longtake.services.trials.book import Book, load
from longtake.services.trials.errors import TrialError
from longtake.services.trials.place import path_of
from longtake.services.trials.power.places import (
    cinema_lot,
    grid,
    power_of_cinemas,
    power_of_cities,
    treated_cities,
)
from longtake.services.trials.power.series import frozen_forecast, power_of_series
from longtake.services.trials.power.slots import power_of_slots
from longtake.services.trials.power.splits import power_of_split
from longtake.services.workspace import Workspace
from longtake.store.durable import chain

NOTHING = "only described"


def design(workspace: Workspace, trial: Trial, *, by: str, now: datetime) -> Book:
    """Write a design down; one that has not started may be written anew.

    Raises:
        TrialError: A trial of this id has started: it cannot be changed in place.
        StorageError: The disk refused.
    """
    path = path_of(workspace, trial.campaign, trial.id)
    version, head = 1, chain.GENESIS
    if path.exists() and chain.read(path):
        book = load(workspace, trial.campaign, trial.id)
        if book.state != "designed":
            raise TrialError(
                f"{trial.id} has started; its design is sealed.",
                fix="Change it with a reason (`longtake trial change`), or begin another.",
                says="trial_sealed",
                trial=trial.id,
            )
        if trial_digest(book.trial) == trial_digest(trial):
            return book
        version, head = book.version + 1, book.head
    body = {"act": "designed", "version": version, "trial": trial_values(trial), **signed(by, now)}
    chain.append(path, body, expected=head)
    return load(workspace, trial.campaign, trial.id)


def power_of_trial(book: Book, *, begins: date) -> Power:
    """Return what a trial can find, from its design and the past it was given.

    Args:
        book: The trial.
        begins: First day it would have.

    Raises:
        DesignError: A number is missing without which there is no power.
        NotEnoughDataError: The past is too short or too thin.
    """
    trial = book.trial
    if trial.split:
        return power_of_split(trial)
    if trial.design == "described":
        return Power(None, None, None, None, trial.primary.unit, False, NOTHING, trial.planned_units)
    if trial.design == "matched_slots":
        return power_of_slots(trial)
    if trial.design == "interrupted_series":
        return power_of_series(trial, frozen_forecast(trial, _history(book, begins), begins))
    known = grid(_history(book, begins), trial.primary.key)
    if trial.design == "matched_cinemas":
        return power_of_cinemas(trial, known, cinema_lot(known, salt_of(book)))
    return power_of_cities(trial, known, treated_cities(trial, known, salt_of(book)))


def start(workspace: Workspace, campaign: str, trial: str, *, begins: date, by: str, now: datetime) -> Book:
    """Start a trial: its power is computed and kept, its design sealed, its lot drawn.

    Args:
        workspace: Where it lies.
        campaign: The campaign's id.
        trial: Its own.
        begins: First day whose rows count.
        by: Who starts it.
        now: Aware.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has started already.
        DesignError: Its power cannot be computed, so it must not start; the missing number is named.
        NotEnoughDataError: Its past is too short or too thin for a power.
    """
    book = load(workspace, campaign, trial)
    if book.state != "designed":
        raise TrialError(
            f"{trial} has started already, on {book.begins}.",
            fix="Change it with a reason (`longtake trial change`), or begin another.",
            says="trial_started",
            trial=trial,
        )
    power = power_of_trial(book, begins=begins)
    late = [row.day for row in book.ordered if row.day >= begins.isoformat()]
    if late:
        raise TrialError(
            f"{trial} holds rows up to {max(late)}, after the day it would start.",
            fix="Start it on a later day: what is judged must not be known beforehand.",
            says="trial_known_days",
            trial=trial,
            day=max(late),
        )
    body = {
        "act": "started",
        "begins": begins.isoformat(),
        "digest": trial_digest(book.trial),
        "power": power_values(power),
        "salt": salt_of(book),
        "lot": _lot(book),
        **signed(by, now),
    }
    chain.append(path_of(workspace, campaign, trial), body, expected=book.head)
    return load(workspace, campaign, trial)


def change(workspace: Workspace, trial: Trial, *, why: str, by: str, now: datetime) -> Book:
    """Write a new version of a trial that runs; its level of evidence falls, and the reason is shown.

    Arms, metrics of rows and who assigned them stay: another comparison is another trial.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has not started, gives no reason, or would be another trial.
        DesignError: Its power cannot be computed any more.
    """
    book = load(workspace, trial.campaign, trial.id)
    if book.state == "designed" or book.begins is None:
        raise TrialError(
            f"{trial.id} has not started.", fix="Write it anew.", says="trial_unstarted", trial=trial.id
        )
    if not why.strip():
        raise TrialError("A change needs a reason.", fix="Say why.", says="trial_why")
    kept = ("campaign", "design", "arms", "metrics", "unit", "assigned_by", "places", "drawn")
    moved = [name for name in kept if name != "metrics" and getattr(book.trial, name) != getattr(trial, name)]
    if [(m.key, m.kind) for m in book.trial.metrics] != [(m.key, m.kind) for m in trial.metrics]:
        moved.append("metrics")
    if moved:
        raise TrialError(
            f"{trial.id} would become another trial: {', '.join(moved)} would change.",
            fix="Begin another trial.",
            says="trial_another",
            trial=trial.id,
        )
    if trial_digest(book.trial) == trial_digest(trial):
        return book
    body = {
        "act": "changed",
        "version": book.version + 1,
        "trial": trial_values(trial),
        "digest": trial_digest(trial),
        "power": power_values(power_of_trial(replace(book, trial=trial), begins=book.begins)),
        "why": why.strip()[:300],
        **signed(by, now),
    }
    chain.append(path_of(workspace, trial.campaign, trial.id), body, expected=book.head)
    return load(workspace, trial.campaign, trial.id)


def salt_of(book: Book) -> str:
    """Return what a trial's lot is drawn with: nobody could choose it, anybody can check it."""
    if book.salt:
        return book.salt
    first = book.entries[0].hash
    return hashlib.sha256(f"{first}\x1f{trial_digest(book.trial)}".encode()).hexdigest()[:32]


def signed(by: str, now: datetime) -> dict[str, str]:
    """Return who did something and when.

    Raises:
        ValueError: The time is not aware.
    """
    if now.tzinfo is None:
        raise ValueError("now has no time zone")
    return {"by": by[:120], "at": now.astimezone(UTC).isoformat(timespec="seconds")}


def _history(book: Book, begins: date) -> tuple[Any, ...]:
    return tuple(row for row in book.ordered if row.day < begins.isoformat())


def _lot(book: Book) -> dict[str, Any]:
    trial = book.trial
    if trial.design == "matched_cities":
        cities = treated_cities(trial, grid(book.ordered, trial.primary.key), salt_of(book))
        return {"treated": list(cities)}
    if trial.design == "matched_cinemas":
        lot = cinema_lot(grid(book.ordered, trial.primary.key), salt_of(book))
        return {
            "blocks": [list(block) for block in lot.blocks],
            "treated": list(lot.treated),
            "aside": list(lot.aside),
            "seed": lot.seed,
        }
    return {}
