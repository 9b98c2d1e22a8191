"""The campaigns with planted causes that the diagnosis is calibrated and measured on."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from longtake.domain.answers.cause import CAUSES, HEALTHY
from longtake.simulate.causes.strength import STRENGTHS
from longtake.simulate.causes.world import world
from longtake.simulate.sample import Sample

THINNER = (0.5, 0.25, 0.1, 0.05)
SETS = ("train", "test", "second", "thinned")
FIRST_SEED = {"train": 100_000, "test": 500_000}
# Worlds of each cause and strength, healthy ones, pairs of causes, and reversals.
SIZES = {"train": (40, 120, 60, 60), "test": (20, 60, 40, 36)}
STEP = 1_000


@dataclass(frozen=True, slots=True)
class Case:
    """One world to make.

    Attributes:
        name: Set, what is planted, seed: unique, and stable between runs.
        of: train, test, second or thinned.
        seed: Number of the world.
        causes: Pairs of cause and strength; empty for healthy ones and reversals.
        reversal: Strength of an intended reversal that pleases; None for none.
        wording: Set of words.
        thin: Share of rows that is kept.
    """

    name: str
    of: str
    seed: int
    causes: tuple[tuple[str, str], ...] = ()
    reversal: str | None = None
    wording: str = "first"
    thin: float = 1.0

    def make(self) -> Sample:
        """Return the world."""
        return world(
            self.seed, dict(self.causes), reversal=self.reversal, wording=self.wording, thin=self.thin
        )


def cases(of: str, *, share: float = 1.0) -> tuple[Case, ...]:
    """Return the worlds of a set.

    ``train`` and ``test`` have each cause at three strengths, healthy worlds, pairs of causes and intended
    reversals, and share no seed. ``second`` is ``test`` told in the second set of words; ``thinned`` is a
    third of ``test`` with a half, a quarter, a tenth and a twentieth of its rows.

    Args:
        of: One of :data:`SETS`.
        share: Part of each kind of world to take, in (0, 1]; at least one of each.

    Raises:
        ValueError: There is no such set, or the share is out of its range.
    """
    if of not in SETS or not 0 < share <= 1:
        raise ValueError(f"set {of!r} is not one of {SETS}, or share {share} is not in (0, 1]")
    if of == "second":
        return tuple(_retold(case, of, "second", 1.0) for case in cases("test", share=share))
    if of == "thinned":
        some = [case for case in cases("test", share=share / 3) if len(case.causes) < 2 and not case.reversal]
        return tuple(_retold(case, of, "first", thin) for thin in THINNER for case in some)
    each, healthy, pairs, reversals = SIZES[of]
    out: list[Case] = []
    seeds = iter(range(FIRST_SEED[of], FIRST_SEED[of] + STEP * 100, STEP))

    def add(planted: str, n: int, **more: Any) -> None:
        first = next(seeds)
        for seed in range(first, first + max(1, round(n * share))):
            out.append(Case(f"{of}/{planted}/{seed}", of, seed, **more))

    for cause in CAUSES:
        for strength in STRENGTHS:
            add(f"{cause}-{strength}", each, causes=((cause, strength),))
    add(HEALTHY, healthy)
    kinds = list(combinations(CAUSES, 2))
    for number, (one, other) in enumerate(kinds):
        strengths = (STRENGTHS[number % 3], STRENGTHS[(number + 1 + number // 3) % 3])
        planted = ((one, strengths[0]), (other, strengths[1]))
        add(f"{one}-{strengths[0]}+{other}-{strengths[1]}", max(1, pairs // len(kinds)), causes=planted)
    for strength in STRENGTHS:
        add(f"reversal-{strength}", reversals // len(STRENGTHS), reversal=strength)
    return tuple(out)


def _retold(case: Case, of: str, wording: str, thin: float) -> Case:
    rest = case.name.split("/", 1)[1]
    name = f"{of}/{rest}" if thin == 1.0 else f"{of}/{rest}@{thin:g}"
    return Case(name, of, case.seed, case.causes, case.reversal, wording, thin)
