"""Finished cases: what a repair brought, and the signs that held when it was tried."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from longtake.diagnosis.playbook.pack import Entry, Said, entries
from longtake.domain.answers.cause import CAUSES
from longtake.domain.answers.plan import COLLECT, EVIDENCE
from longtake.domain.estimate import Estimate

OUTCOMES = ("improved", "no_evidence", "worse")


@dataclass(frozen=True, slots=True)
class Case:
    """One stage that was judged.

    Attributes:
        key: Its name.
        campaign: The campaign it was tried in.
        repair: Key of the repair.
        cause: The cause it was to repair.
        metric: Key of the metric.
        outcome: improved, no_evidence or worse.
        effect: What it brought, in multiples of the least change worth it, above zero better.
        evidence: The label of evidence, after deviations.
        days: Days that were judged.
        judged: Day of the verdict.
        conditions: Values of the signs when it was adopted, by sign.
        about: What was done and what came of it, in words.
        pack: Name and date of its pack.
    """

    key: str
    campaign: str
    repair: str
    cause: str
    metric: str
    outcome: str
    effect: Estimate
    evidence: str
    days: int
    judged: date
    conditions: Mapping[str, float]
    about: Said
    pack: str


def cases(folders: Iterable[Path] = ()) -> dict[str, Case]:
    """Return the finished cases by key; the package brings none of its own.

    Raises:
        PlaybookError: A pack cannot be used.

    Examples:
        >>> cases()
        {}
    """
    return entries("case", _made, folders)


def alike(case: Case, conditions: Mapping[str, float], *, within: float) -> tuple[int, int]:
    """Return how many of a case's conditions hold elsewhere, and of how many both sides know the value.

    Args:
        case: The case.
        conditions: Values of the signs there, by sign.
        within: Largest difference that still counts as holding.

    Examples:
        >>> told = Estimate(1.0, 0.5, 1.5, 0.9, "leasts", "by hand", 14)
        >>> one = Case("a", "x", "r", "external", "m", "improved", told, "randomised", 7, date(2026, 1, 8),
        ...            {"gap": 0.4, "floods": 0.1}, Said("一", "one"), "p@2026-01-08")
        >>> alike(one, {"gap": 0.45, "floods": 0.9}, within=0.1)
        (1, 2)
    """
    both = sorted(set(case.conditions) & set(conditions))
    held = [name for name in both if abs(case.conditions[name] - conditions[name]) <= within]
    return len(held), len(both)


def _made(entry: Entry) -> Case:
    low, value, high = (entry.get(name, float) for name in ("low", "value", "high"))
    level = entry.get("level", float)
    if not (low <= value <= high and 0 < level <= 1):
        raise entry.wrong(f"low {low}, value {value}, high {high}, level {level} do not fit")
    days = entry.get("days", int)
    if days < 1:
        raise entry.wrong(f"days is {days}, expected above zero")
    held = entry.get("conditions", dict)
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in held.values()):
        raise entry.wrong("conditions are numbers by sign")
    judged = entry.get("judged", date)
    return Case(
        key=entry.key,
        campaign=entry.get("campaign", str),
        repair=entry.get("repair", str),
        cause=entry.one_of("cause", (*CAUSES, COLLECT)),
        metric=entry.get("metric", str),
        outcome=entry.one_of("outcome", OUTCOMES),
        effect=Estimate(value, low, high, level, "leasts", "verdict of a stage", days),
        evidence=entry.one_of("evidence", EVIDENCE),
        days=days,
        judged=judged,
        conditions={str(name): float(number) for name, number in sorted(held.items())},
        about=entry.said("about"),
        pack=entry.pack,
    )
