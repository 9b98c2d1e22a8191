"""A plan with everything that happened to it, folded from its acts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from longtake.domain.answers.plan import Plan
from longtake.domain.answers.plan_values import plan_of
from longtake.domain.running.act import Act
from longtake.domain.running.life import Life, Version


@dataclass(frozen=True, slots=True)
class Book:
    """A plan as it is run.

    Attributes:
        campaign: The campaign's id.
        acts: Every act, the first first.
        plan: The plan as it was last adopted; None before.
        lives: Its stages in order, those of earlier rounds first.
    """

    campaign: str
    acts: tuple[Act, ...] = ()
    plan: Plan | None = None
    lives: tuple[Life, ...] = ()

    @property
    def last(self) -> str:
        """Digest of the last act; empty before the first."""
        return self.acts[-1].hash if self.acts else ""

    @property
    def memories(self) -> tuple[Act, ...]:
        """Every check of what stays in memory."""
        return tuple(act for act in self.acts if act.kind == "remembered")

    def life(self, stage: str) -> Life | None:
        """Return a stage by its id; None when there is none."""
        return next((life for life in self.lives if life.id == stage), None)

    def taking(self, act: Act) -> Book:
        """Return the book after one more act.

        Raises:
            KeyError: The act lacks what its kind brings, or is on a stage that is not there.
            TypeError: A value is of the wrong type.
            ValueError: A value is not allowed.
        """
        grown = replace(self, acts=(*self.acts, act))
        if act.kind in {"adopted", "edited"}:
            plan = plan_of(act.told["plan"])
            return replace(grown, plan=plan, lives=_versions(self.lives, plan, act))
        if not act.stage:
            return grown
        if self.life(act.stage) is None:
            raise KeyError(act.stage)
        return replace(
            grown, lives=tuple(one.taking(act) if one.id == act.stage else one for one in self.lives)
        )


@dataclass(frozen=True, slots=True)
class _Dates:
    days: Mapping[str, Any] = field(default_factory=dict)

    def of(self, stage: str) -> date | None:
        found = self.days.get(stage)
        return date.fromisoformat(found) if found else None


def book_of(campaign: str, acts: Iterable[Act]) -> Book:
    """Return the book of acts in order.

    Raises:
        KeyError: An act lacks what its kind brings, or is on a stage that is not there.
        TypeError: A value is of the wrong type.
        ValueError: A value is not allowed.
    """
    book = Book(campaign)
    for act in acts:
        book = book.taking(act)
    return book


def _versions(lives: tuple[Life, ...], plan: Plan, act: Act) -> tuple[Life, ...]:
    """Return the stages after a plan was adopted or edited.

    Stages that were locked stay whatever a later plan says of them; those that were only drafted go when a
    plan no longer has them.
    """
    dates = _Dates(act.told.get("dates", {}))
    asked = {stage.id: stage for stage in plan.stages}
    kept = []
    for life in lives:
        stage = asked.pop(life.id, None)
        if stage is None:
            kept += [life] if life.lock is not None else []
        elif stage == life.stage:
            day = dates.of(life.id)
            kept.append(life if life.lock is not None or day is None else replace(life, begins=day))
        else:
            kept.append(life.changed(stage, act, dates.of(life.id)))
    fresh = [Life((Version(1, stage, act),), dates.of(stage.id)) for stage in asked.values()]
    return (*kept, *fresh)
