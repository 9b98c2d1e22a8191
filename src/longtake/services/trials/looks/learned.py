"""What a trial came to, from its last look."""

from __future__ import annotations

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.trials.look import Comparison, Look
from longtake.domain.trials.verdict import Learned, Verdict
from longtake.services.trials.book import Book

ROWS = "trial.rows"


def verdict_from_look(book: Book, look: Look) -> Verdict:
    """Return the verdict that a look gives: improved, worse, or no evidence for either.

    Better or worse is said only where an interval that holds at every look leaves zero out; a broken split
    and posts that nobody assigned give no evidence whatever the numbers.
    """
    judged = look.judged
    estimate: Quantity = Unknown("no_rows", "trial", book.trial.primary.unit, 0)
    result = "no_evidence"
    if judged is not None:
        estimate = judged.difference
        if judged.found and isinstance(estimate, Estimate):
            result = "improved" if judged.better else "worse"
    elif look.decision == "described":
        estimate = Unknown("not_assigned", "described", book.trial.primary.unit, look.units)
    return Verdict(
        result=result,
        estimate=estimate,
        standing=look.standing,
        learned=tuple(_learned(book, look, judged, result)),
        figures=tuple(figures_of_look(book, look)),
        arm="" if judged is None else judged.arm,
    )


def _learned(book: Book, look: Look, judged: Comparison | None, result: str) -> list[Learned]:
    out = []
    control = book.trial.control.name
    if result in {"improved", "worse"} and judged is not None:
        out.append(Learned(f"{result}_{book.standing.strongest}", {"arm": judged.arm, "control": control}))
        out += _factors(book, judged.arm)
    elif look.decision == "broken_split":
        out.append(Learned("broken_split"))
    elif look.decision == "described":
        out.append(Learned("described"))
    elif look.decision == "futile":
        out.append(Learned("too_small"))
    else:
        out.append(Learned("not_found", {"units": look.units}))
    out += [
        Learned("factor_better" if one.better else "factor_worse", {"level": one.arm, "factor": one.metric})
        for one in look.factors
        if one.found
    ]
    if judged is not None and judged.shrunken is not None and result == "improved":
        out.append(Learned("shrunken"))
    if book.changes or book.backdated:
        out.append(Learned("changed"))
    return out


def _factors(book: Book, arm: str) -> list[Learned]:
    """Return in what the judged arm is unlike the control."""
    own = book.trial.arm_named(arm)
    if own is None:
        return []
    base = book.trial.control.factors
    return [
        Learned("unlike", {"factor": key, "level": value, "control": base[key]})
        for key, value in sorted(own.factors.items())
        if key in base and base[key] != value
    ]


def figures_of_look(book: Book, look: Look) -> list[Figure]:
    """Return what each arm shows and how each differs, as figures whose rows open."""
    place = f"{book.trial.campaign}:trial.{book.trial.id}"
    rows = Evidence(ROWS, {"trial": book.trial.id})
    out = [
        Figure(
            f"{place}.arm.{n}",
            "trial_arm",
            arm.value,
            rows,
            {"arm": arm.name, "metric": book.trial.primary.key},
        )
        for n, arm in enumerate(look.arms)
    ]
    out += [
        Figure(
            f"{place}.effect.{n}",
            "trial_effect",
            one.difference,
            rows,
            {"arm": one.arm, "metric": one.metric, "control": book.trial.control.name},
        )
        for n, one in enumerate(look.comparisons)
    ]
    return out
