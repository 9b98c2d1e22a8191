"""Lists, counts and takings of an invented campaign, as far as somebody kept them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.observation import Observation
from longtake.simulate.cascade import DAY_HOURS
from longtake.simulate.causes.cast import Cast
from longtake.simulate.causes.course import Course
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance
from longtake.simulate.causes.strength import Effects
from longtake.simulate.fading import THRESHOLD
from longtake.simulate.hotlist import hotlist
from longtake.simulate.sample import Snapshot
from longtake.simulate.takings import CITIES, PRICE, SIZE, WEEKDAY
from longtake.simulate.works import topic_counts, work_counts

Floats = NDArray[np.float64]
ANSWERS = ("likes", "comments", "shares", "favourites")
GIVEN_ON = ("shares", "favourites")
SEATS = 118


def counted(
    luck: Luck, drawn: Nuisance, found: Effects, film: Cast, course: Course
) -> tuple[Observation, ...]:
    """Return counts of the Weibo topic by the hour and of a work on each video platform by the day.

    Bought plays are liked less than others; where nothing invites, plays are hardly shared.
    """
    rows: list[Observation] = []
    if "weibo" in course.platforms:
        outages = {luck.below(drawn.days * 24): 1 + luck.below(10) for _ in range(luck.below(5))}
        rows += topic_counts(
            luck.rng, topic=film.title, start=drawn.start, counts=course.on("weibo"), outages=outages
        )
    for platform in ("douyin", "bilibili"):
        if platform not in course.platforms:
            continue
        cold = 1 - 0.6 * course.bought_on(platform)
        some = work_counts(
            luck.rng,
            work=f"《{film.title}》",
            platform=platform,
            start=drawn.start,
            published=course.release,
            counts=course.on(platform),
        )
        for row in some:
            factor = cold if row.metric in ANSWERS else 1.0
            factor *= found.inviting if row.metric in GIVEN_ON else 1.0
            rows.append(replace(row, value=float(round((row.value or 0.0) * factor))))
    return tuple(replace(row, source_line=i) for i, row in enumerate(rows, 1))


def listed(luck: Luck, drawn: Nuisance, found: Effects, film: Cast, course: Course) -> tuple[Snapshot, ...]:
    """Return snapshots of the list every one, three or six hours, the campaign's topic and its rivals' on it.

    A rival's topic stays small in a healthy window; otherwise it stands above the campaign's best from the
    shock on, for days.
    """
    hours = drawn.days * 24
    hour = np.arange(hours)
    own = course.on("weibo") if "weibo" in course.platforms else course.spread.counts.sum(axis=(1, 2))
    calm = own / DAY_HOURS[hour % 24]
    busy = (calm + np.concatenate([[0.0], calm[:-1]])) / 2 * THRESHOLD[hour % 24]
    top = 1.2e5 * 12 ** luck.uniform()
    level = top * busy / max(float(busy.max()), 1.0)
    levels = {film.title: np.where(level > 2000, level, 0.0)}
    for rival in film.rivals:
        first = course.shock if found.rival else luck.below(hours)
        height = top * (found.rival or 0.5 * luck.uniform()) * (0.7 + 0.6 * luck.uniform())
        away = np.maximum(hour - first - luck.below(18), 0)
        pulse = np.where(hour >= first, np.exp(-away / (20 + 60 * luck.uniform())), 0.0)
        some = height * pulse * THRESHOLD[hour % 24] / THRESHOLD.max()
        levels[rival] = np.where(some > 2000, some, 0.0)
    every = luck.pick((1, 3, 3, 6))
    kept, _ = hotlist(
        luck.rng,
        start=drawn.start,
        hours=hours,
        own=levels,
        missing=0.4 * luck.uniform(),
        every=every,
        activity=course.plan.platform,
    )
    return kept


def taken(luck: Luck, drawn: Nuisance, found: Effects, film: Cast, course: Course) -> tuple[BoxOffice, ...]:
    """Return one row a city and day: demand that follows word of mouth, cinemas that answer two days later.

    Of a week's takings ``.25 + .42 R`` come back in the next; showings are cut at the shock where they are.
    """
    days = max(1, (drawn.days * 24 - course.release) // 24)
    opening = 2e5 * 30 ** luck.uniform()
    first = (drawn.start + timedelta(hours=course.release)).date()
    kept = np.cumprod(
        [(0.25 + 0.42 * _at(course, course.plan.reproduction, day)) ** (1 / 7) for day in range(days)]
    )
    noise = luck.rng.normal(0.0, 0.06, (days, 2 * len(CITIES) + 1))
    rows: list[BoxOffice] = []
    for day in range(days):
        date = first + timedelta(days=day)
        shown = kept[max(0, day - 2)] * (found.showings if 24 * day + course.release >= course.shock else 1.0)
        asked = kept[day] * _at(course, course.plan.supply, day) * WEEKDAY[date.weekday()] / WEEKDAY[4]
        for i, city in enumerate(CITIES):
            showings = max(1, round(900 * SIZE[i] * (opening / 2.4e6) ** 0.6 * shown * np.exp(noise[day, i])))
            # Fewer showings lose a part of those who would have come, not all of them.
            cut = found.showings**0.7 if 24 * day + course.release >= course.shock else 1.0
            gross = opening * SIZE[i] * asked * cut * np.exp(noise[day, -1] + noise[day, len(CITIES) + i])
            admissions = max(1, round(gross / PRICE[i]))
            seats = max(showings * SEATS, admissions)
            rows.append(
                BoxOffice(
                    film=film.title,
                    source_line=len(rows) + 1,
                    date=date,
                    city=city,
                    gross_cny=float(round(admissions * PRICE[i])),
                    admissions=float(admissions),
                    showings=float(showings),
                    seats=float(seats),
                )
            )
    return tuple(rows)


def _at(course: Course, path: Floats, day: int) -> float:
    first = course.release + 24 * day
    return float(path[first : first + 24].mean())


def thinned(luck: Luck, rows: Sequence[Observation], share: float) -> tuple[Observation, ...]:
    """Return each row with a probability, numbered anew."""
    kept = [row for row in rows if luck.chance(share)]
    return tuple(replace(row, source_line=i) for i, row in enumerate(kept, 1))
