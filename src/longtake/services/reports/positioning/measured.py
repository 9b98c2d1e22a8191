"""What is measured of a crowd: each result once a draft, for the section and for the signs alike."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.circles.spread import Crossing
from longtake.heat.measures.share import share
from longtake.opinion.grouping import Groups, groups
from longtake.opinion.polarisation.shape import Shape, shape
from longtake.opinion.resonance.audience import Audience, audience
from longtake.opinion.resonance.divergence import Divergence, divergence
from longtake.opinion.resonance.matrix import Resonance, resonance
from longtake.opinion.votes import Votes
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.heat import talk
from longtake.services.reports.heat.crossing import measured as crossed
from longtake.services.reports.positioning.crowd import Crowd, crowd
from longtake.services.reports.positioning.speaking import divided
from longtake.services.reports.talk_share import talk_share

Floats = NDArray[np.float64]

STARS = 5
BINS = 5
LEAST_JUDGED = 20
LEAST_REST = 10
LEAST_VOTES = 3
"""Aspects a person has judged to be placed on the map of who reacts to what."""


def apart(draft: Draft) -> Divergence:
    """Return how far the circles' mean polarity is apart."""

    def make() -> Divergence:
        people = crowd(draft)
        scored = np.isfinite(people.score)
        return divergence(people.score[scored], people.member[scored], level=LEVEL)

    found: Divergence = draft.once("positioning.apart", make)
    return found


def apart_with_rest(draft: Draft) -> Divergence:
    """Return how far circles are apart where those outside every planned circle are one circle more.

    A film that the planned circles never came to see is judged by the rest.
    """

    def make() -> Divergence:
        people = crowd(draft)
        scored = np.isfinite(people.score)
        member = people.member[scored]
        rest = ~member.any(axis=1)
        if people.kind == "planned" and min(int(rest.sum()), int((~rest).sum())) >= LEAST_REST:
            member = np.column_stack([member, rest])
        return divergence(people.score[scored], member, level=LEVEL)

    found: Divergence = draft.once("positioning.apart_with_rest", make)
    return found


def strangers(draft: Draft) -> Quantity:
    """Return the share of people outside every planned circle."""
    people, method = crowd(draft), "share of people outside the planned circles"
    if people.kind != "planned":
        return Unknown("no_circles_planned", method, "share", people.n)
    if people.n and not people.member.any():
        # Circles that are names without a rule that fits: nobody is outside of what was never drawn.
        return Unknown("circles_catch_nobody", method, "share", people.n)
    return share(int((~people.member.any(axis=1)).sum()), people.n, level=LEVEL)


def judged(people: Crowd) -> tuple[tuple[str, ...], Floats, Floats]:
    """Return aspects enough people judged, and favourable and all judgements of each, circle by aspect."""
    size = np.isfinite(people.judged).sum(axis=0)
    kept = [number for number, n in enumerate(size.tolist()) if n >= LEAST_JUDGED]
    inside = people.member.astype(np.float64).T
    own = people.judged[:, kept]
    favourable = inside @ (own == 1).astype(np.float64)
    return (
        tuple(people.aspects[one] for one in kept),
        favourable,
        inside @ np.isfinite(own).astype(np.float64),
    )


def matrix(draft: Draft) -> Resonance:
    """Return the favourable share of each aspect in each circle."""

    def make() -> Resonance:
        _, favourable, whole = judged(crowd(draft))
        return resonance(favourable, whole, level=LEVEL)

    found: Resonance = draft.once("positioning.matrix", make)
    return found


def stars(draft: Draft) -> Shape:
    """Return the shape of people's ratings, half stars rounded up."""

    def make() -> Shape:
        given = crowd(draft).rating
        whole = np.ceil(given[np.isfinite(given)]).astype(np.int64).clip(1, STARS)
        return shape(np.bincount(whole - 1, minlength=STARS), level=LEVEL)

    found: Shape = draft.once("positioning.stars", make)
    return found


def leanings(draft: Draft) -> Shape:
    """Return the shape of people's polarity in five equal steps."""

    def make() -> Shape:
        held = crowd(draft).score
        step = np.floor((held[np.isfinite(held)] + 1) / 2 * BINS).astype(np.int64).clip(0, BINS - 1)
        return shape(np.bincount(step, minlength=BINS), level=LEVEL)

    found: Shape = draft.once("positioning.leanings", make)
    return found


def came(draft: Draft) -> Audience:
    """Return planned circles against those who spoke."""

    def make() -> Audience:
        people = crowd(draft)
        planned = [circle.planned_share for circle in people.circles]
        return audience(people.member, planned, level=LEVEL)

    found: Audience = draft.once("positioning.came", make)
    return found


def reacting(draft: Draft) -> Groups | None:
    """Return the groups of people by what they praise and blame; None with fewer than three aspects."""
    people = crowd(draft)
    if len(people.aspects) < LEAST_VOTES:
        return None
    found: Groups = draft.once(
        "positioning.reacting",
        lambda: groups(Votes.of_matrix(people.judged, statements=people.aspects), least_votes=LEAST_VOTES),
    )
    return found


def favourable(people: Crowd, mark: float) -> Quantity:
    """Return the share of people with a polarity above zero among those with one mark of verification."""
    held = people.score[(people.verified == mark) & np.isfinite(people.score)]
    return share(int((held > 0).sum()), held.size, level=LEVEL)


def weakest(draft: Draft) -> Quantity:
    """Return how far the weakest link of the chain is below the middle one: 0 as strong, 1 broken."""
    talks = draft.once("talks", lambda: talk.talk(draft))
    found = crossed(draft, talks)
    method = "weakest link over the median link"
    if not isinstance(found, Crossing):
        return Unknown("one_link", method, "share", 0, 2)
    return below_middle(found)


def below_middle(found: Crossing) -> Quantity:
    """Return one less the weakest link over the median link, the weakest link's interval kept."""
    method, links = "weakest link over the median link", found.links
    middle = float(np.median([link.value for link in links]))
    if len(links) < 2 or middle <= 0:
        return Unknown("one_link", method, "share", found.n, None)
    low = min(links, key=lambda link: link.value)
    ends = [min(1.0, max(0.0, 1 - end / middle)) for end in (low.high, low.value, low.low)]
    return Estimate(ends[1], ends[0], ends[2], low.level, "share", method, found.n)


def figures(draft: Draft) -> dict[str, Figure]:
    """Return the figures that signs are read from, by the sign's key."""
    ratings = stars(draft)
    excess = ratings.excess
    if ratings.n == 0:
        excess = Unknown("no_rating", excess.method, "share", 0)
    every = Evidence("rows.comments", {"author_not": "official"})
    scored = Evidence("rows.comments", {"author_not": "official", "scored": True})
    rated = Evidence("rows.comments", {"author_not": "official", "rated": True})
    named = Evidence("rows.labels", {"named": "aspect.", "judged": True})
    made = {
        "circle_divergence": ("divergence", apart_with_rest(draft).excess, scored),
        "polarised": ("polarised", excess, rated),
        "planned_missed": ("missed", came(draft).missed, every),
        "strangers": ("strangers", strangers(draft), every),
        "weak_link": ("weak_link", weakest(draft), every),
        "aspect_split": ("split", matrix(draft).overall, named),
        "speakers_divided": ("speakers", *divided(draft)),
        "misplaced_talk": ("misplaced", *talk_share(draft, "misplaced")),
    }
    return {
        key: draft.figure(f"positioning.{name}", f"positioning_{name}", quantity, rows)
        for key, (name, quantity, rows) in made.items()
    }
