"""Judged by a trial that was run elsewhere, named by its id."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import cast

from longtake.domain.estimate import Estimate
from longtake.domain.plan import Stage
from longtake.domain.running.split import SplitVerdict
from longtake.errors import NotEnoughDataError
from longtake.services.plans.designs.registration import Asked, Registration, Seen, signed
from longtake.services.plans.errors import PlanActError
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace
from longtake.trial.frequentist.power import Design, detectable, power

TRIALS = "longtake.services.trials"
METHOD = "fixed-size comparison of two shares"


def registered(draft: Draft, stage: Stage, asked: Asked, *, days: int) -> Registration:
    """Return a stage that a trial will judge, with the power its people give it.

    Raises:
        NotEnoughDataError: No people are counted on, or the baseline is no share.
        PlanActError: No trial is named.
    """
    if not asked.trial:
        raise PlanActError(
            f"{stage.id} is proved by a split test; name it.",
            fix="Give the id of the trial, or change the stage's design.",
            says="trial_wanted",
        )
    base = stage.goal.baseline
    share = base.value if isinstance(base, Estimate) and base.unit == "share" else None
    least = signed(stage) * stage.goal.minimum
    if share is None or asked.people < 2 or not 0 < share < 1 or not 0 < share + least < 1:
        raise NotEnoughDataError(METHOD, needed=2, got=asked.people, unit="people an arm")
    design = Design.of_shares(share, share + least, alpha=1 - asked.level)
    return Registration(
        design=stage.design,
        evidence=stage.evidence,
        begins=asked.begins,
        days=days,
        level=asked.level,
        least=least,
        relative=False,
        unit="share",
        power=power(design, effect=least, control_n=asked.people),
        smallest_found=detectable(design, control_n=asked.people),
        seal=f"{draft.campaign.id}/{asked.trial}",
        data={"trial": asked.trial, "people": asked.people},
    )


def seen(draft: Draft, workspace: Workspace, written: Registration, *, begins: date, days: int) -> Seen:
    """Return what the trial says.

    Args:
        draft: The campaign.
        workspace: Where the trial lies.
        written: What was registered.
        begins: First day of the measure.
        days: Days of the measure that have gone by.

    Raises:
        PlanActError: The trial is not to be had.
    """
    found = verdict_of(workspace, draft.campaign.id, written.data["trial"])
    return Seen(found.estimate, days, written.seal, begins, evidence=found.standing)


def verdict_of(workspace: Workspace, campaign: str, trial: str) -> SplitVerdict:
    """Return the verdict of a trial of the workspace.

    Raises:
        PlanActError: This installation runs no trials.
        LongtakeError: There is no such trial, or it cannot be judged yet.
    """
    if find_spec(TRIALS) is None:
        raise PlanActError(
            "This installation runs no split tests.",
            fix="Stop the stage, or plan it anew with another design.",
            says="no_trials",
        )
    ask = cast("Callable[[Workspace, str, str], SplitVerdict]", import_module(TRIALS).verdict_of)
    return ask(workspace, campaign, trial)
