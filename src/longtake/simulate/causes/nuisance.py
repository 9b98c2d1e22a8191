"""What differs between campaigns whatever goes wrong with them."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import datetime, timedelta, timezone

import numpy as np

from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.strength import LADDER, Effects, mild

CHINA = timezone(timedelta(hours=8))
FIRST_DAY, LAST_DAY = datetime(2025, 3, 3, tzinfo=CHINA), datetime(2026, 1, 22, tzinfo=CHINA)
GENRES = ("comedy", "warm", "sad", "suspense", "action", "romance")
PLATFORMS = ("weibo", "douyin", "bilibili", "xiaohongshu")
PAPERS = (
    *("trailer", "film", "events", "hotlist", "boxoffice", "counts", "circles", "entries"),
    *("characters", "proposition", "costs", "release", "competitors"),
)
HELD = (0.75, 0.7, 0.78, 0.5, 0.8, 0.65, 0.62, 0.75, 0.8, 0.75, 0.8, 0.92, 0.6)
MILD = 0.4


@dataclass(frozen=True, slots=True)
class Nuisance:
    """Everything about a world that no cause decides.

    Attributes:
        comments: How many comments people have, 300 to 6,000.
        per_comment: Counts on the platforms for each of them.
        days: Length of the world, 6 to 24.
        lead_days: Days before release.
        start: First midnight.
        kind: short or feature.
        genre: What kind of film it is.
        other_genre: What its trailer shows if it shows another film, and what the few who feel sold another
            film anywhere had hoped for.
        minutes: Length of the film.
        trailer_seconds: Length of the trailer, 60 to 150.
        characters: How many have names.
        platforms: Where people talk, loudest first.
        mix: Share of each.
        danmaku: Share of Bilibili's comments that run over the film.
        circles: Planned audience circles, 2 to 4.
        reproduction: R a healthy campaign of its kind has at release.
        ageing: Factor on R over the whole world: all heat fades.
        paid: Share of the launch's direct counts that is bought.
        pushes: Acts of promotion after release.
        spend_cny: What they cost together.
        liking: Log odds of praise over blame.
        opinionated: Factor on praise and blame over chatter.
        fills: Which files and parts of ``campaign.toml`` exist, by the names of :data:`PAPERS`.
        mild: A sign without its cause, in four of ten worlds.
        habits: The usual few of each sign: violated, exceeded, fed_up, elsewhere, copies, crossing, divide,
            absent, entries, inviting, other_film, hurry.
        clock_noise_hours: How far noted times of events are off, at most.
        feast: First day, days and factor of a holiday on all activity; None for none.
    """

    comments: int
    per_comment: float
    days: int
    lead_days: int
    start: datetime
    kind: str
    genre: str
    other_genre: str
    minutes: float
    trailer_seconds: float
    characters: int
    platforms: tuple[str, ...]
    mix: tuple[float, ...]
    danmaku: float
    circles: int
    reproduction: float
    ageing: float
    paid: float
    pushes: int
    spend_cny: float
    liking: float
    opinionated: float
    fills: frozenset[str]
    mild: Effects
    habits: dict[str, float]
    clock_noise_hours: float
    feast: tuple[int, int, float] | None


def nuisance(rng: np.random.Generator) -> Nuisance:
    """Draw what no cause decides; the causes are not asked for, so they cannot decide it.

    Examples:
        >>> drawn = nuisance(np.random.default_rng(1))
        >>> 300 <= drawn.comments <= 6000, 6 <= drawn.days <= 24
        (True, True)
    """
    luck = Luck(rng)

    def between(low: float, high: float) -> float:
        return low + (high - low) * luck.uniform()

    def spread(low: float, high: float) -> float:
        return float(low * (high / low) ** luck.uniform())

    kind = luck.pick(("short", "feature"))
    genre = luck.pick(GENRES)
    days = 6 + luck.below(19)
    span = (LAST_DAY - FIRST_DAY).days - days
    cinema = ("maoyan", "douban") if kind == "feature" else ("douban",)
    several = luck.some(PLATFORMS, 2 + luck.below(3))
    platforms = (*several, *luck.some(cinema, luck.below(len(cinema) + 1)))
    shares = np.sort(rng.dirichlet(np.full(len(platforms), 1.6)) + 0.03)[::-1]
    held = {paper for paper, p in zip(PAPERS, HELD, strict=True) if luck.chance(p)}
    if kind == "short":
        held.discard("boxoffice")
    if not held & {"events", "counts", "hotlist", "boxoffice"}:
        held.add(luck.pick(("events", "counts")))
    return Nuisance(
        comments=round(spread(300, 6000)),
        per_comment=spread(1.5, 20.0),
        days=days,
        lead_days=1 + luck.below(max(1, min(4, days // 4))),
        start=FIRST_DAY + timedelta(days=luck.below(span)),
        kind=kind,
        genre=genre,
        other_genre=luck.pick([other for other in GENRES if other != genre]),
        minutes=spread(6, 25) if kind == "short" else between(70, 100),
        trailer_seconds=between(60, 150),
        characters=3 + luck.below(6),
        platforms=platforms,
        mix=tuple(float(share) for share in shares / shares.sum()),
        danmaku=between(0.15, 0.7),
        circles=2 + luck.below(3),
        reproduction=between(0.6, 0.84),
        ageing=between(0.72, 1.0),
        paid=between(0.25, 0.6),
        pushes=2 + luck.below(6),
        spend_cny=spread(4e4, 6e6),
        liking=between(0.1, 1.3),
        opinionated=between(0.7, 1.4),
        fills=frozenset(held),
        mild=_mild(luck),
        habits={
            "violated": between(0.012, 0.045),
            "exceeded": between(0.008, 0.04),
            "fed_up": between(0.004, 0.025),
            "elsewhere": between(0.004, 0.022),
            "copies": between(0.0, 0.04),
            "crossing": between(0.18, 0.36),
            "divide": between(0.0, 0.7),
            "absent": between(0.0, 0.25),
            "entries": between(0.5, 0.95),
            "inviting": between(0.05, 0.11),
            "other_film": between(0.0, 0.15),
            "hurry": math.exp(between(-0.15, 0.15)),
        },
        clock_noise_hours=spread(0.02, 2.0),
        feast=(luck.below(days), 3 + luck.below(5), between(1.15, 1.5)) if luck.chance(0.2) else None,
    )


def _mild(luck: Luck) -> Effects:
    """Return one sign of one cause at half its weak strength, or nothing."""
    if not luck.chance(MILD):
        return Effects()
    cause = luck.pick(tuple(LADDER))
    weak = LADDER[cause][0]
    departing = [f.name for f in fields(weak) if getattr(weak, f.name) != f.default]
    return mild(cause, luck.pick(departing))


def release_hour(drawn: Nuisance) -> int:
    """Return the hour of release: 9 o'clock for a feature, 12 for a short.

    Examples:
        >>> release_hour(nuisance(np.random.default_rng(1))) % 24 in (9, 12)
        True
    """
    return 24 * drawn.lead_days + (9 if drawn.kind == "feature" else 12)
