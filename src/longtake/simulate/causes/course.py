"""How a world goes: when things break, how R and the world's own activity move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance, release_hour
from longtake.simulate.causes.spread import Spread
from longtake.simulate.causes.strength import Effects

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EAGER = 0.9
WEEKEND = 1.12
TURNING_HOURS = 10.0


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What is laid down before anything happens; hours count from the world's first midnight.

    Attributes:
        release: When the film comes out.
        spoken: When the first viewers have spoken.
        shock: When what comes from outside comes.
        stop: When a bought campaign ends.
        reproduction: R by hour before losses between circles, shape (hours,).
        supply: Factor on all activity by hour, shape (hours,).
        platform: Factor on the whole platform by hour, the part of ``supply`` that its other topics share.
    """

    release: int
    spoken: int
    shock: int
    stop: int
    reproduction: Floats
    supply: Floats
    platform: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A plan, and the counts that came of it.

    Attributes:
        spread: Counts by hour, circle and platform.
        plan: What was laid down.
        platforms: Names of the platforms, in the order of the counts.
    """

    spread: Spread
    plan: Plan
    platforms: tuple[str, ...]

    @property
    def release(self) -> int:
        """Hour of release."""
        return self.plan.release

    @property
    def shock(self) -> int:
        """Hour in which what comes from outside comes."""
        return self.plan.shock

    def on(self, platform: str) -> Ints:
        """Return counts of one platform by hour, shape (hours,); zeros where nobody talks there."""
        counts = self.spread.counts.sum(axis=1)
        if platform not in self.platforms:
            return np.zeros(counts.shape[0], dtype=np.int64)
        return np.asarray(counts[:, self.platforms.index(platform)])

    def bought_on(self, platform: str) -> float:
        """Return the share of a platform's counts that was bought."""
        place = self.platforms.index(platform)
        return float(self.spread.bought[:, :, place].sum() / max(1, int(self.on(platform).sum())))


def courses(luck: Luck, drawn: Nuisance, found: Effects, outside: Sequence[str]) -> Plan:
    """Lay down when things break and how R and activity move.

    R is a little lower before release, falls slowly as all heat does, and by what the causes do: from the
    release on, or once the first viewers have spoken. A shock from outside lowers activity within half a day
    and leaves R as it is.

    Args:
        luck: Source of chance.
        drawn: What no cause decides.
        found: What the causes do.
        outside: What comes from outside; "platform" where the whole platform falls.
    """
    hours, release = drawn.days * 24, release_hour(drawn)
    left = hours - release
    hour = np.arange(hours)
    spoken = release + 20 + luck.below(max(1, min(44, round(0.35 * left))))
    shock = release + 30 + luck.below(max(1, round(0.45 * left)))
    stop = release + 40 + luck.below(max(1, round(0.4 * left)))
    out = hour >= release
    r = drawn.reproduction * drawn.ageing ** (hour / hours)
    r = r * np.where(out, found.from_start, EAGER) * np.where(hour >= spoken, found.after_first, 1.0)
    fallen = 1 - (1 - found.supply) * (1 - np.exp(-np.maximum(hour - shock, 0) / TURNING_HOURS))
    weekday = (drawn.start.weekday() + hour // 24) % 7
    week = np.where(weekday >= 5, WEEKEND, 1.0)
    feast = np.ones(hours)
    if drawn.feast is not None:
        first, length, height = drawn.feast
        feast = np.where((hour >= 24 * first) & (hour < 24 * (first + length)), height, 1.0)
    everywhere = fallen if "platform" in outside else np.ones(hours)
    return Plan(release, spoken, shock, stop, r, week * feast * fallen, week * feast * everywhere)
