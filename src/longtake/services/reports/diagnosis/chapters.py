"""Each cause opened: what speaks for it and against it, what would turn it, what is missing."""

from __future__ import annotations

from longtake.domain.answers.diagnosis import Belief, Diagnosis, Lacking, Weighed
from longtake.domain.answers.report import Chapter, Sentence
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.services.reports.diagnosis.telling import telling
from longtake.services.reports.draft import Draft

TURN = "value of the sign at which the answer turns, all else equal"


def chapter(draft: Draft, belief: Belief, probability: Figure, found: Diagnosis) -> Chapter:
    """Return one cause opened.

    Args:
        draft: The campaign and its rows.
        belief: How far the cause is believed.
        probability: That belief as a figure.
        found: The diagnosis the belief is part of.

    Returns:
        A chapter that is open where the cause is named. Parts without a sentence are left out.
    """
    named = belief in found.named
    speaking = [one for one in belief.evidence if one.weight > 0]
    against = [one for one in belief.evidence if one.weight <= 0]
    parts = {
        "speaks_for": tuple(_stated(one) for one in speaking) or (Sentence("diagnosis_nothing_for"),),
        "speaks_against": tuple(_valued(one) for one in against),
        "would_turn": _turns(draft, belief, named=named),
        "is_missing": tuple(
            said for one in found.lacking if one.sign.cause == belief.cause for said in _missing(one)
        ),
    }
    return Chapter(
        id=belief.cause,
        title=Sentence("diagnosis_chapter", {"probability": probability}, {"cause": belief.cause}),
        parts={key: said for key, said in parts.items() if said},
        quotes=telling(draft, belief),
        quoted="tells_best" if speaking else "touches_on",
        open=named,
    )


def _stated(one: Weighed) -> Sentence:
    return Sentence(f"sign.{one.sign.key}", {"value": one.sign.figure})


def _valued(one: Weighed) -> Sentence:
    return Sentence("diagnosis_valued", {"value": one.sign.figure}, {"sign_name": one.sign.key})


def _missing(one: Lacking) -> tuple[Sentence, ...]:
    """Return why a sign has no number and, one a sentence, what it takes."""
    why = {"sign_name": one.sign.key, "reason": getattr(one.sign.figure.quantity, "reason", "")}
    return tuple(
        Sentence("diagnosis_missing", words={**why, "need": need})
        if i == 0
        else Sentence("diagnosis_missing_also", words={"need": need})
        for i, need in enumerate(one.needs)
    )


def _turns(draft: Draft, belief: Belief, *, named: bool) -> tuple[Sentence, ...]:
    """Return the signs that would turn the answer on their own; a higher value speaks for the cause."""
    said = []
    for one in belief.evidence:
        quantity = one.sign.figure.quantity
        if one.turns_at is None or not isinstance(quantity, Estimate):
            continue
        at = Estimate(one.turns_at, one.turns_at, one.turns_at, 1.0, quantity.unit, TURN, quantity.n)
        turning = draft.figure(
            f"diagnosis.turns.{one.sign.key}",
            "turning_point",
            at,
            one.sign.figure.evidence,
            {"sign_name": one.sign.key},
        )
        key = "diagnosis_drops_out" if named else "diagnosis_comes_in"
        figures = {"value": one.sign.figure, "turns_at": turning}
        said.append(Sentence(key, figures, {"sign_name": one.sign.key}))
    return tuple(said) or (Sentence("diagnosis_no_turn"),)
