"""The section that names a cause, or says that none can be told."""

from __future__ import annotations

from longtake.domain.answers.cause import CAUSES, HEALTHY
from longtake.domain.answers.diagnosis import Belief, Diagnosis
from longtake.domain.answers.report import Cell, Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence, Figure
from longtake.services.reports.diagnosis.chapters import chapter
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.services.reports.diagnosis.telling import telling
from longtake.services.reports.draft import LEVEL, Draft

METHOD = "weighed signs, several causes at once (ridge, out of fold)"
SPOKEN = 3


def section(draft: Draft) -> Section | None:
    """Return the section; None where nothing at all was measured."""
    found = diagnosed(draft)
    if not any(belief.evidence for belief in found.beliefs):
        return None
    figures = {belief.cause: probability(draft, belief, found) for belief in found.beliefs}
    return Section(
        "diagnosis",
        (*_answer(found, figures), *_because(found), *_lacking(found)),
        figures=tuple(figures[belief.cause] for belief in found.beliefs)[:5],
        charts=(_chart(draft, found),),
        quotes={
            belief.cause: quotes
            for belief in _opened(found)
            if belief.cause != HEALTHY and (quotes := telling(draft, belief))
        },
        notes=("diagnosis_model", "diagnosis_observes"),
        more=(
            *(figures[belief.cause] for belief in found.beliefs[5:]),
            *(one.sign.figure for belief in found.beliefs for one in belief.evidence),
            *(one.sign.figure for one in found.lacking),
        ),
        tables={"evidence": _evidence(found), **({"lacking": _lacks(found)} if found.lacking else {})},
        chapters=tuple(
            chapter(draft, belief, figures[belief.cause], found)
            for belief in found.beliefs
            if belief.cause != HEALTHY
        ),
    )


def probability(draft: Draft, belief: Belief, found: Diagnosis) -> Figure:
    """Return the belief in a cause as a figure; its rows are those of its weightiest sign."""
    n = sum(len(other.evidence) for other in found.beliefs)
    estimate = Estimate(belief.probability, belief.low, belief.high, LEVEL, "probability", METHOD, n)
    rows = belief.evidence[0].sign.figure.evidence if belief.evidence else Evidence("rows.comments")
    return draft.figure(
        f"diagnosis.{belief.cause}", "cause_probability", estimate, rows, {"cause": belief.cause}
    )


def _opened(found: Diagnosis) -> tuple[Belief, ...]:
    """Return the beliefs whose rows are shown: those named, or the likeliest cause on abstention."""
    causes = [belief for belief in found.beliefs if belief.cause in CAUSES]
    return found.named or tuple(causes[:1])


def _answer(found: Diagnosis, figures: dict[str, Figure]) -> tuple[Sentence, ...]:
    if found.abstains:
        first = next(belief for belief in found.beliefs if belief.cause in CAUSES)
        words = {"cause": first.cause}
        return (Sentence("diagnosis_abstains", {"probability": figures[first.cause]}, words),)
    if found.named[0].cause == HEALTHY:
        return (Sentence("diagnosis_healthy", {"probability": figures[HEALTHY]}, tone="good"),)
    named = [belief for belief in found.named if belief.cause != HEALTHY]
    said = [
        Sentence(
            "diagnosis_named" if i == 0 else "diagnosis_also",
            {"probability": figures[belief.cause]},
            {"cause": belief.cause},
            tone="warn",
        )
        for i, belief in enumerate(named)
    ]
    return tuple(said)


def _because(found: Diagnosis) -> tuple[Sentence, ...]:
    """Return the weightiest signs for what is named, in words, and the weightiest against it."""
    said = []
    for belief in _opened(found):
        if belief.cause == HEALTHY:
            continue
        speaking = [one for one in belief.evidence if one.weight > 0][:SPOKEN]
        said += [Sentence(f"sign.{one.sign.key}", {"value": one.sign.figure}) for one in speaking]
        against = [one for one in belief.evidence if one.weight < 0 and one.strength != "faint"][:1]
        said += [
            Sentence("diagnosis_against", {"value": one.sign.figure}, {"sign_name": one.sign.key})
            for one in against
        ]
    return tuple(said)


def _lacking(found: Diagnosis) -> tuple[Sentence, ...]:
    return (Sentence("diagnosis_lacking"),) if found.lacking else ()


def _chart(draft: Draft, found: Diagnosis) -> Chart:
    return Chart(
        id="causes",
        title="causes",
        form="interval",
        table=Table(
            (
                Column("cause"),
                Column("probability", "chance"),
                Column("low", "chance"),
                Column("high", "chance"),
            ),
            tuple(
                (belief.cause, round(belief.probability, 4), round(belief.low, 4), round(belief.high, 4))
                for belief in found.beliefs
            ),
        ),
        x="cause",
        y="probability",
        low="low",
        high="high",
        unit="probability",
        figures=tuple(f"{draft.campaign.id}:diagnosis.{belief.cause}" for belief in found.beliefs),
    )


def _evidence(found: Diagnosis) -> Table:
    columns = (
        Column("cause"),
        Column("sign_name"),
        Column("value", "number"),
        Column("low", "number"),
        Column("high", "number"),
        Column("unit"),
        Column("direction"),
        Column("how_strong"),
        Column("evidence_weight", "number"),
        Column("turns_at", "number"),
    )
    rows: list[tuple[Cell, ...]] = []
    for belief in found.beliefs:
        for one in belief.evidence:
            quantity = one.sign.figure.quantity
            if isinstance(quantity, Estimate):
                rows.append(
                    (
                        belief.cause,
                        one.sign.key,
                        quantity.value,
                        quantity.low,
                        quantity.high,
                        quantity.unit,
                        "for" if one.weight > 0 else "against",
                        one.strength,
                        round(one.weight, 3),
                        one.turns_at,
                    )
                )
    return Table(columns, tuple(rows))


def _lacks(found: Diagnosis) -> Table:
    columns = (Column("cause"), Column("sign_name"), Column("reason"), Column("need"))
    return Table(
        columns,
        tuple(
            (one.sign.cause, one.sign.key, getattr(one.sign.figure.quantity, "reason", ""), need)
            for one in found.lacking
            for need in one.needs
        ),
    )
