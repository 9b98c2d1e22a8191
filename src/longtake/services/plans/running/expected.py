"""What is expected of a repair in this campaign, in multiples of the least change worth it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from pathlib import Path

from longtake.diagnosis.playbook.case import Case, alike, cases
from longtake.domain.answers.plan import Stage
from longtake.domain.answers.plan_values import quantity_of
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.running.book import Book
from longtake.domain.running.life import Life
from longtake.services.plans.designs.registration import registration_of
from longtake.trial.plans.learning import Expected, learned, sceptical

APART = 1.0
"""Two repairs of one cause, or two campaigns, differ by about the least change worth it."""

OBSERVED = "observational"

NEAR = 0.15
"""Largest difference of a sign, which has no unit, that still counts as alike."""


def repair_key(stage: Stage) -> str:
    """Return the key of a stage's repair, without the pack it came from.

    Examples:
        >>> "say_what_it_is@repairs-story@2026-11-20".partition("@")[0]
        'say_what_it_is'
    """
    return stage.repair.partition("@")[0]


def expected(book: Book, stage: Stage, folders: Iterable[Path] = ()) -> Expected:
    """Return what is expected of a stage's repair.

    A sceptic's prior, moved by the team's finished cases of the same repair, then by every verdict of this
    campaign: in full by one on the same repair, less by one on another repair of the same cause.

    Args:
        book: The campaign's plan and its verdicts.
        stage: The stage.
        folders: Folders of the team's own packs.

    Raises:
        PlaybookError: A pack cannot be used.
    """
    found = sceptical(1.0)
    for case in cases(folders).values():
        if case.repair == repair_key(stage) and case.campaign != book.campaign:
            found = learned(
                found, case.effect, apart=APART * (math.sqrt(2) if case.evidence == OBSERVED else 1.0)
            )
    for life in book.lives:
        effect = effect_of(life)
        if effect is None or life.id == stage.id or life.stage.cause != stage.cause:
            continue
        found = learned(found, effect, apart=apart(life, stage))
    return found


def apart(life: Life, stage: Stage) -> float:
    """Return by how much what a verdict measured may differ from what a stage's repair would do.

    Nothing for a comparison of the same repair; the least worth having for another repair of the same cause,
    and as much again where the verdict is only an observation, which holds whatever else went on.

    References:
        Turner, Spiegelhalter, Smith and Thompson, 2009, Bias modelling in evidence synthesis,
        doi:10.1111/j.1467-985X.2008.00547.x: a biased study enters with its variance raised.
    """
    observed = life.verdict is not None and life.verdict.told["evidence"] == OBSERVED
    other = repair_key(life.stage) != repair_key(stage)
    return APART * math.sqrt(int(observed) + int(other))


def effect_of(life: Life) -> Quantity | None:
    """Return a verdict's effect in multiples of the least change worth it, above zero better."""
    if life.verdict is None:
        return None
    found = quantity_of(life.verdict.told["effect"])
    return in_leasts(found, registration_of(life.registration).least)


def in_leasts(effect: Quantity, least: float) -> Quantity:
    """Return an effect in multiples of the least change worth it, whose sign says what is better.

    Examples:
        >>> fell = Estimate(-0.2, -0.3, -0.1, 0.9, "share", "by hand", 14)
        >>> found = in_leasts(fell, -0.1)
        >>> found.value, round(found.low, 6), round(found.high, 6)
        (2.0, 1.0, 3.0)
    """
    if not isinstance(effect, Estimate):
        return effect
    ends = sorted((effect.low / least, effect.high / least))
    return Estimate(effect.value / least, ends[0], ends[1], effect.level, "leasts", effect.method, effect.n)


def precedents(
    stage: Stage, conditions: Mapping[str, float], folders: Iterable[Path]
) -> tuple[tuple[Case, int, int], ...]:
    """Return finished cases of a stage's repair: each with how many of its conditions hold here, of how many.

    Raises:
        PlaybookError: A pack cannot be used.
    """
    found = cases(folders).values()
    same = [case for case in found if case.repair == repair_key(stage)]
    told = [(case, *alike(case, conditions, within=NEAR)) for case in same]
    return tuple(sorted(told, key=lambda one: (-one[1] / max(one[2], 1), one[0].key)))


def conditions_of(book: Book, life: Life) -> dict[str, float]:
    """Return the signs that were known when the plan of a stage was adopted."""
    first = life.versions[0].act.seq
    adopted = [act for act in book.acts if act.kind == "adopted" and act.seq <= first]
    return (
        {str(key): float(value) for key, value in adopted[-1].told.get("signs", {}).items()}
        if adopted
        else {}
    )
