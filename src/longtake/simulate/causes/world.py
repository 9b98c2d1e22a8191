"""One invented campaign whose heat slides for known causes, or stays healthy."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace

import numpy as np

from longtake.domain.answers.cause import CAUSES
from longtake.domain.boxoffice import BoxOffice
from longtake.domain.observation import Observation
from longtake.simulate.causes import market
from longtake.simulate.causes.acts import Act, acts, pushed, reach
from longtake.simulate.causes.cast import Cast, cast
from longtake.simulate.causes.course import Course, courses
from longtake.simulate.causes.facts import campaign
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance, nuisance
from longtake.simulate.causes.speaking.people import Audience, notices, speak
from longtake.simulate.causes.speaking.tongue import Tongue
from longtake.simulate.causes.spread import passing, spread
from longtake.simulate.causes.story import story
from longtake.simulate.causes.strength import Effects, effects
from longtake.simulate.causes.truth import heat_truth, story_truth, voice_truth
from longtake.simulate.causes.words.vocabulary import words
from longtake.simulate.sample import Sample, Snapshot

STREAMS = ("nuisance", "fate", "cast", "acts", "spread", "people", "story", "facts", "market", "thin")
OUTSIDE = ("holiday", "platform", "rival", "showings")
# How often a trailer that is not of its film departs in kind, in tempo, in the people it shows.
AXES = {"other_film": 0.8, "hurry": 0.6, "other_pair": 0.6}
SCATTERED = 0.12
FLAGGED = 0.8
SOLD_AS_OTHER = 0.3
VOICES = {"poster": "official", "premiere": "official", "kol": "kol", "giveaway": "giveaway"}


def world(
    seed: int,
    causes: Mapping[str, str] | None = None,
    *,
    reversal: str | None = None,
    wording: str = "first",
    thin: float = 1.0,
) -> Sample:
    """Return an invented campaign; :func:`longtake.simulate.exports.exports` gives its files.

    What no cause decides (volume, length, platforms, genre, spend, missing files ...) is drawn from the seed
    alone: worlds of one seed differ in what their causes do, and in chance that passes through it.

    Args:
        seed: Number of the world, at least 0.
        causes: weak, medium or strong by cause of :data:`longtake.domain.answers.cause.CAUSES`; empty or
            None for a healthy campaign, whose heat slides as slowly as all heat does.
        reversal: weak, medium or strong for a trailer that means to be overturned, and pleases;
            None for none.
        wording: "first" or "second": two sets of words that share no sentence.
        thin: Share of rows people kept, in (0, 1]: comments, counts and list snapshots at random, and the
            first cities of the box office.

    Raises:
        ValueError: A cause, a strength or the wording is not one of those there are, ``thin`` is out of its
            range, or a mismatch is asked for beside a reversal.

    Examples:
        >>> made = world(7, {"interaction": "strong"})
        >>> made.truth["causes"], len(made.comments) == len(made.said)
        ({'interaction': 'strong'}, True)
    """
    if not 0 < thin <= 1:
        raise ValueError(f"thin {thin} is not in (0, 1]")
    planned = effects(causes or {}, reversal=reversal)
    planted = {cause: (causes or {})[cause] for cause in CAUSES if cause in (causes or {})}
    luck = {name: Luck(np.random.default_rng([seed, i])) for i, name in enumerate(STREAMS)}
    drawn = nuisance(luck["nuisance"].rng)
    outside = _outside(luck["fate"], drawn) if "external" in planted else ()
    planned = _through(_along(luck["fate"], planned, reversal=reversal is not None), outside)
    found = _scattered(luck["fate"], planned) | drawn.mild
    spoken = words(wording)
    gap = found.other_film + drawn.habits["other_film"] > SOLD_AS_OTHER
    film = cast(luck["cast"], drawn, spoken, sold=drawn.other_genre if gap else drawn.genre)
    course, done = _happened(luck, drawn, found, film, outside)
    told = story(luck["story"], drawn, found, spoken, film)
    length = round(drawn.minutes * 60_000)
    who = Audience(drawn, found, outside, film.crowds, course.release, course.shock, length, told.telling)
    tongue = Tongue(luck["people"], spoken, film)
    rows = speak(luck["people"], who, tongue, course.spread)
    if "weibo" in drawn.platforms:
        posts = {act.start: VOICES[act.kind] for act in done if act.kind in VOICES}
        rows += notices(luck["people"], who, tongue, posts)
    rows.sort(key=lambda row: row.order)
    kept = [row for row in rows if luck["thin"].chance(thin)] or rows[:1]
    flagged = reversal is not None and luck["facts"].chance(FLAGGED)
    observations, hotlist, boxoffice = _papers(luck, drawn, found, film, course, thin=thin)
    return Sample(
        campaign=campaign(
            luck["facts"], drawn, found, film, done, spoken=spoken, seed=seed, reversal=flagged
        ),
        comments=tuple(row.comment for row in kept),
        said=tuple(row.said for row in kept),
        observations=observations,
        hotlist=hotlist,
        boxoffice=boxoffice,
        cues=(
            *(told.film if "film" in drawn.fills else ()),
            *(told.trailer if "trailer" in drawn.fills else ()),
        ),
        truth={
            "seed": seed,
            "causes": planted,
            "reversal": reversal,
            "wording": wording,
            "thin": thin,
            "outside": list(outside),
            "effects": asdict(found),
            "papers": sorted(drawn.fills),
            **story_truth(told),
            **heat_truth(course, drawn),
            **voice_truth(kept, film),
        },
    )


def _outside(luck: Luck, drawn: Nuisance) -> tuple[str, ...]:
    """Return what comes from outside: one to three things; showings matter to features alone."""
    able = [name for name in OUTSIDE if name != "showings" or drawn.kind == "feature"]
    return tuple(sorted(luck.some(able, 1 + luck.below(3))))


def _along(luck: Luck, planned: Effects, *, reversal: bool) -> Effects:
    """Return effects whose gap lies along one to three axes; a reversal always turns the kind of film."""
    if not planned.other_film:
        return planned
    axes = {name for name, p in AXES.items() if luck.chance(p)} or {luck.pick(tuple(AXES))}
    axes |= {"other_film"} if reversal else set()
    return replace(planned, **{name: getattr(Effects(), name) for name in AXES if name not in axes})


def _through(planned: Effects, outside: Sequence[str]) -> Effects:
    """Return external effects through what comes; a rival or a cut takes fewer than a holiday's end."""
    if not outside:
        return planned
    wide = "holiday" in outside or "platform" in outside
    return replace(
        planned,
        rival=planned.rival if "rival" in outside else 0.0,
        showings=planned.showings if "showings" in outside else 1.0,
        supply=planned.supply if wide else 1 - 0.75 * (1 - planned.supply),
    )


def _scattered(luck: Luck, planned: Effects) -> Effects:
    """Return effects that depart a little more or less than planned: no two strong ones are alike."""
    out = {}
    for f in fields(planned):
        calm, value = getattr(Effects(), f.name), getattr(planned, f.name)
        moved = calm + (value - calm) * math.exp(SCATTERED * (2 * luck.uniform() - 1))
        # Shares and factors below one end at one and at zero.
        out[f.name] = min(max(moved, 0.0), 1.0) if 0 <= value <= 1 else moved
    return Effects(**out)


def _happened(
    luck: Mapping[str, Luck], drawn: Nuisance, found: Effects, film: Cast, outside: Sequence[str]
) -> tuple[Course, tuple[Act, ...]]:
    plan = courses(luck["acts"], drawn, found, outside)
    done = acts(luck["acts"], drawn, found, release=plan.release, stop=plan.stop)
    where = reach(luck["acts"], drawn, found, film.crowds)
    made = spread(
        luck["spread"].rng,
        paid=pushed(done, drawn, where, paid=True),
        free=pushed(done, drawn, where, paid=False),
        reproduction=plan.reproduction,
        supply=plan.supply,
        pass_on=passing(len(film.crowds), drawn.habits["crossing"], 1 - found.crossing),
        mix=np.array(drawn.mix),
        total=drawn.comments * drawn.per_comment,
    )
    return Course(made, plan, drawn.platforms), done


def _papers(
    luck: Mapping[str, Luck], drawn: Nuisance, found: Effects, film: Cast, course: Course, *, thin: float
) -> tuple[tuple[Observation, ...], tuple[Snapshot, ...], tuple[BoxOffice, ...]]:
    """Return counts, lists and takings, those that somebody kept."""
    chance, thinner = luck["market"], luck["thin"]
    counts = market.counted(chance, drawn, found, film, course) if "counts" in drawn.fills else ()
    lists = market.listed(chance, drawn, found, film, course) if "hotlist" in drawn.fills else ()
    office = market.taken(chance, drawn, found, film, course) if "boxoffice" in drawn.fills else ()
    cities = list(dict.fromkeys(row.city for row in office))
    told = set(cities[: math.ceil(thin * len(cities))])
    return (
        market.thinned(thinner, counts, thin),
        tuple(snapshot for snapshot in lists if thinner.chance(thin)),
        tuple(row for row in office if row.city in told),
    )
