"""What a campaign does, when, for how much, and whom it brings directly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longtake.simulate.causes.cast import Crowd
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.strength import Effects

Floats = NDArray[np.float64]

FADE_HOURS = {"premiere": 22.0, "trailer": 8.0, "ad": 2.0}
BACKGROUND = 0.05
STRANGERS = 0.12
# Below this share of bought attention the money comes in single pushes, as everywhere.
SCATTERED = 0.3
HOME = 0.8
FREE = ("interview", "behind_the_scenes", "official_repost", "roadshow", "topic")


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        kind: As in :class:`longtake.domain.event.Event`.
        start: Hour it begins.
        hours: How long it lasts.
        platform: Where; None for everywhere.
        mass: Share of all that is brought directly.
        paid: Whether attention was bought.
        cost_cny: What it cost.
        followers: Followers of the account that acted; None where none did.
    """

    kind: str
    start: int
    hours: int
    platform: str | None
    mass: float
    paid: bool
    cost_cny: float = 0.0
    followers: float | None = None


def acts(luck: Luck, drawn: Nuisance, found: Effects, *, release: int, stop: int) -> tuple[Act, ...]:
    """Draw what is done, in order of hour.

    Bought attention goes on until ``stop`` where most of it is bought, and is scattered over the weeks
    elsewhere. Each yuan brings less than the one before where spending is saturated.

    Args:
        luck: Source of chance.
        drawn: What no cause decides.
        found: What the causes do.
        release: Hour of release.
        stop: Hour in which a bought campaign ends.
    """
    hours = drawn.days * 24
    social = [name for name in drawn.platforms if name not in ("douban", "maoyan")]
    paid = drawn.paid + (1 - drawn.paid) * found.bought
    out = [
        Act("trailer", 12, 2, luck.pick(social), 0.05, False, 0.0, 10 ** (4.5 + 2 * luck.uniform())),
        Act("poster", min(release - 6, 20 + luck.below(12)), 2, luck.pick(social), 0.02, False),
        Act("premiere", release, 2, None, 0.72 * (1 - paid), False),
    ]
    later = 1 + luck.below(4)
    for kind in luck.some(FREE, later):
        start = release + 8 + luck.below(max(1, round((hours - release) * 0.7)))
        out.append(Act(kind, start, 2, luck.pick(social), 0.21 * (1 - paid) / later, False))
    shares = luck.rng.dirichlet(np.full(drawn.pushes, 2.0)) * paid
    bought, spent = [], 0.0
    for number, mass in enumerate(shares.tolist()):
        steady = found.bought > SCATTERED
        first = release - 6 if number == 0 else release + luck.below(stop - release)
        if not steady and number:
            first = release + luck.below(max(24, round((hours - release) * 0.75)))
        kind = luck.weighed({"ad": 0.55 + steady, "kol": 0.35, "giveaway": 0.1})
        long = {"ad": 24 + luck.below(72), "kol": 3, "giveaway": 30}[kind]
        if steady and kind == "ad":
            long = max(12, stop - first)
        price = (spent + mass) ** found.saturation - spent**found.saturation
        spent += mass
        followers = 10 ** (5 + 1.6 * luck.uniform()) if kind == "kol" else None
        bought.append(Act(kind, first, long, luck.pick(social), mass, True, price, followers))
    total = sum(act.cost_cny for act in bought)
    priced = [replace(a, cost_cny=_round(drawn.spend_cny * a.cost_cny / total)) for a in bought]
    return tuple(sorted([*out, *priced], key=lambda act: (act.start, act.kind, act.platform or "")))


def _round(cny: float) -> float:
    return float(round(cny, -2))


def reach(luck: Luck, drawn: Nuisance, found: Effects, crowds: Sequence[Crowd]) -> Floats:
    """Return whom an act everywhere reaches, by circle and platform; adds up to one.

    Strangers are the last circle: where planned circles stay away, they come instead.
    """
    planned = luck.rng.dirichlet(np.full(len(crowds) - 1, 4.0))
    absent = min(0.95, drawn.habits["absent"] * (1 - found.absent) + found.absent)
    size = np.append(planned * (1 - STRANGERS) * (1 - absent), STRANGERS + (1 - STRANGERS) * absent)
    mix = np.array(drawn.mix)
    out = np.empty((len(crowds), mix.size))
    for row, crowd in zip(out, crowds, strict=True):
        tilted = mix * luck.rng.dirichlet(np.full(mix.size, 6.0))
        row[:] = tilted / tilted.sum()
        if crowd.platform is not None:
            home = np.array([name == crowd.platform for name in drawn.platforms])
            row[:] = HOME * home + (1 - HOME) * row
    return np.asarray(out * size[:, None])


def pushed(some: Sequence[Act], drawn: Nuisance, where: Floats, *, paid: bool) -> Floats:
    """Return what acts bring directly, hour by hour, shape (hours, circles, platforms).

    Args:
        some: What is done.
        drawn: What no cause decides.
        where: Reach by circle and platform, shape (circles, platforms).
        paid: Whether to count what was bought, or the rest with its background.
    """
    hours = drawn.days * 24
    out = np.zeros((hours, *where.shape))
    if not paid:
        out += BACKGROUND / hours * where
    for act in some:
        if act.paid != paid or act.start >= hours:
            continue
        fade = np.exp(-np.arange(6 * FADE_HOURS.get(act.kind, 3.0)) / FADE_HOURS.get(act.kind, 3.0))
        shape = np.convolve(np.ones(act.hours), fade / fade.sum())[: hours - act.start] / act.hours
        here = where
        if act.platform is not None:
            here = where * np.array([name == act.platform for name in drawn.platforms])
        out[act.start : act.start + shape.size] += act.mass * shape[:, None, None] * (here / here.sum())
    return out
