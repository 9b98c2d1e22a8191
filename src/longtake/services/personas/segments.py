"""The circles of a campaign as personas, from what their people say."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.personas.persona import Persona, Trait
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import Draft
from longtake.services.reports.positioning.crowd import QUESTIONS, Crowd, crowd

LEAST = 5
"""Judgements of a segment that make an aspect a trait of it."""


def segments(draft: Draft) -> tuple[Persona, ...]:
    """Return one persona a circle, by name; none without circles."""
    people = crowd(draft)
    made = []
    for number, circle in enumerate(people.circles):
        rule = json.dumps(rules(circle), ensure_ascii=False, sort_keys=True)
        made.append(Persona(circle.name, _traits(people, people.member[:, number]), rule))
    return tuple(sorted(made, key=lambda one: one.name))


def _traits(people: Crowd, inside: NDArray[np.bool_]) -> dict[str, Trait]:
    score, verified = people.score[inside], people.verified[inside]
    size = int(inside.sum())
    traits = {
        "share": Trait(size, people.n),
        "favourable": Trait(int((score > 0).sum()), int(np.isfinite(score).sum())),
        "verified": Trait(int((verified == 1).sum()), int(np.isfinite(verified).sum())),
    }
    for name, judged in sorted(zip(people.aspects, people.judged[inside].T, strict=True)):
        whole = int(np.isfinite(judged).sum())
        if whole >= LEAST:
            traits[f"aspect.{name}"] = Trait(int((judged == 1).sum()), whole)
    for question, said in zip(QUESTIONS, people.answers[inside].T, strict=True):
        traits[f"answer.{question}"] = Trait(int(said.sum()), size)
    return {key: trait for key, trait in traits.items() if trait.n}
