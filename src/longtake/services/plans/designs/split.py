"""Judged by a trial of the campaign, named by its id."""

from __future__ import annotations

import math
from datetime import date

from longtake.domain.answers.plan import Stage
from longtake.domain.estimate import Unknown
from longtake.domain.trials.power import power_of
from longtake.errors import NotEnoughDataError
from longtake.services import trials
from longtake.services.plans.designs.registration import Asked, Registration, Seen
from longtake.services.plans.errors import PlanActError
from longtake.services.reports.draft import Draft
from longtake.services.trials.errors import TrialError
from longtake.services.workspace import Workspace


def registered(draft: Draft, workspace: Workspace, stage: Stage, asked: Asked, *, days: int) -> Registration:
    """Return a stage that a trial will judge, with the trial's own power, evidence and least effect.

    Raises:
        NotFoundError: There is no such trial.
        NotEnoughDataError: The trial bears no test, so it has no power.
        PlanActError: No trial is named, or it was judged already.
    """
    if not asked.trial:
        raise PlanActError(
            f"{stage.id} is proved by a split test; name it.",
            fix="Give the id of a trial (`longtake trial`), or change the stage's design.",
            says="trial_wanted",
        )
    book = trials.load(workspace, draft.campaign.id, asked.trial)
    if book.verdict is not None:
        raise PlanActError(
            f"Trial {asked.trial} was judged already.",
            fix="Design a new trial: what is known cannot be registered.",
            says="trial_over",
            trial=asked.trial,
        )
    told = power_of(book.power) if book.power else trials.power_of_trial(book, begins=asked.begins)
    if told.power is None:
        raise NotEnoughDataError(told.method, needed=told.units + 1, got=told.units, unit="units of a test")
    return Registration(
        design=stage.design,
        evidence=book.standing.key,
        begins=asked.begins,
        days=days,
        level=1 - book.trial.alpha,
        # The trial judges its own metric, which may rise where the stage's is meant to fall.
        least=book.trial.minimum if book.trial.primary.rise else -book.trial.minimum,
        relative=told.relative,
        unit=told.unit,
        power=told.power,
        smallest_found=math.inf if told.smallest is None else told.smallest,
        seal=book.digest or book.head,
        data={"trial": asked.trial, "primary": book.trial.primary.key},
    )


def seen(draft: Draft, workspace: Workspace, written: Registration, *, begins: date, days: int) -> Seen:
    """Return what the trial says; its own rules decide when it is over.

    Args:
        draft: The campaign.
        workspace: Where the trial lies.
        written: What was registered.
        begins: First day of the measure.
        days: Days of the measure that have gone by.

    Raises:
        NotFoundError: The trial is gone.
        BrokenChainError: Its entries are not what was written.
    """
    try:
        found = trials.verdict_of(workspace, draft.campaign.id, written.data["trial"])
    except TrialError:
        waiting = Unknown("trial_open", "verdict of a trial", written.unit, 0)
        return Seen(waiting, min(days, written.days - 1), written.seal, begins)
    return Seen(found.estimate, written.days, written.seal, begins, evidence=found.standing)
