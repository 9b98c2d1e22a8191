"""Campaigns whose truth is known: heat that fades, weekends, errors that carry over, starts after a slump."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.trial.its.start import AfterWorst, OnDay, Rule

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heat:
    """How a campaign's heat behaves.

    Attributes:
        peak: Counts on the first day.
        quick: Time constant of the part that fades at once, in days.
        slow: Time constant of the part that lasts, in days.
        lasting: Share of the peak in the lasting part.
        floor: Share of the peak that never goes.
        weekend: Factor on two days of seven.
        noise: Standard deviation of the logarithm.
        carried: Share of an error that carries over to the next day, in [0, 1).
        crowding: Variance over mean squared of counts around their mean; 0 for Poisson counts.
    """

    peak: float = 3000.0
    quick: float = 3.0
    slow: float = 21.0
    lasting: float = 0.3
    floor: float = 0.05
    weekend: float = 1.3
    noise: float = 0.2
    carried: float = 0.5
    crowding: float = 0.01

    def course(self, days: int) -> Floats:
        """Return expected counts a day without any measure and without errors, shape (days,).

        Examples:
            >>> flat = Heat(peak=100, lasting=0.0, floor=1.0, quick=1e-9, weekend=1.0)
            >>> flat.course(3).round(6).tolist()
            [200.0, 100.0, 100.0]
        """
        day = np.arange(days)
        with np.errstate(under="ignore"):
            fading = (1 - self.lasting) * np.exp(-day / self.quick) + self.lasting * np.exp(-day / self.slow)
        week = np.where(day % 7 >= 5, self.weekend, 1.0)
        return np.asarray(self.peak * (fading + self.floor) * week)


USUAL = 14

STEADY = Heat(quick=1.0, lasting=0.0, floor=0.3, carried=0.6)
FADING = Heat()
LONG_TAIL = Heat(quick=5.0, slow=60.0, lasting=0.4, floor=0.02)


@dataclass(frozen=True, slots=True, eq=False)
class Campaign:
    """A campaign with a measure in it.

    Attributes:
        counts: Counts a day, shape (t,).
        start: First day of the measure.
        rule: How the start was chosen.
        lift: The true change, as a share.
    """

    counts: Floats
    start: int
    rule: Rule
    lift: float


def campaign(
    rng: np.random.Generator,
    heat: Heat,
    *,
    days: int,
    judged: int,
    lift: float,
    start: int | None = None,
    worst: int = 5,
    earliest: int = 35,
) -> Campaign:
    """Return a campaign whose measure starts on a set day, or right after its worst days.

    Args:
        rng: Source of the errors.
        heat: How it behaves.
        days: Days in all.
        judged: Days the measure works and is judged.
        lift: True change from the start on, as a share above -1.
        start: First day of the measure; after the worst run of days when None.
        worst: Days of that run, held against the 14 days before it.
        earliest: Earliest start after a slump.

    Raises:
        ValueError: The days do not hold a start and ``judged`` days.

    Examples:
        >>> made = campaign(np.random.default_rng(0), FADING, days=80, judged=14, lift=0.2, start=60)
        >>> made.counts.shape, made.start
        ((80,), 60)
    """
    if lift <= -1 or judged < 1 or days < earliest + judged or worst + USUAL > earliest:
        raise ValueError(f"days {days}, judged {judged}, lift {lift}, earliest {earliest}, worst {worst}")
    errors = rng.normal(size=days)
    for day in range(1, days):
        errors[day] = heat.carried * errors[day - 1] + np.sqrt(1 - heat.carried**2) * errors[day]
    crowd = rng.gamma(1 / heat.crowding, heat.crowding, days) if heat.crowding > 0 else np.ones(days)
    mean = heat.course(days) * np.exp(heat.noise * errors) * crowd
    counts = rng.poisson(mean).astype(np.float64)
    rule: Rule = AfterWorst(worst, earliest, days - judged, USUAL) if start is None else OnDay(start)
    first = int(rule.starts(counts[None])[0])
    if not 0 < first <= days - judged:
        raise ValueError(f"start {first} of {days} days")
    if lift:
        counts[first : first + judged] = rng.poisson(mean[first : first + judged] * (1 + lift))
    return Campaign(counts, first, rule, lift)


def city_campaign(
    rng: np.random.Generator,
    heat: Heat,
    *,
    cities: int,
    days: int,
    judged: int,
    lift: float,
    treated: int,
) -> Floats:
    """Return counts a city and day of cities that share a course; the first ``treated`` get the measure.

    Cities differ in size, in how much of the common ups and downs they take, and in errors of their own.

    Args:
        rng: Source of the errors.
        heat: The common course.
        cities: Number of cities.
        days: Days in all.
        judged: Days at the end on which the measure works.
        lift: True change of treated cities, as a share.
        treated: Number of treated cities.

    Returns:
        Counts, shape (cities, days).

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> city_campaign(rng, FADING, cities=20, days=60, judged=14, lift=0.2, treated=2).shape
        (20, 60)
    """

    def carried(size: int) -> Floats:
        errors = rng.normal(size=(size, days))
        for day in range(1, days):
            errors[:, day] = heat.carried * errors[:, day - 1] + np.sqrt(1 - heat.carried**2) * errors[:, day]
        return errors

    waves = heat.noise * rng.normal(1.0, 0.4, (cities, 2)) @ carried(2)
    own = 0.5 * heat.noise * carried(cities)
    size = rng.lognormal(0.0, 0.8, cities)
    mean = size[:, None] * heat.course(days) * np.exp(waves + own)
    mean[:treated, days - judged :] *= 1 + lift
    return rng.poisson(mean).astype(np.float64)
