"""People who spoke, one by one: the circles they belong to and how they judge."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from longtake.domain.campaign import Circle
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import JOIN, Draft
from longtake.services.reports.speech.flooded import copies

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Key = tuple[str, str]

LEAST = 30
"""People it takes for a platform or a region to count as an observed circle."""
MOST = 5
SIDES = {"pos": 1, "neg": -1, "mixed": 0}
QUESTIONS = ("moved_why", "character_read", "would_share")


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Everybody who spoke: official accounts and flooding copies are left out, each person counts once.

    Attributes:
        circles: The circles.
        kind: Where they come from: planned, platform or region; none without any.
        member: Whether a person belongs to a circle, shape (n, circles).
        score: Mean polarity of each person, in [-1, 1], NaN where none is scored, shape (n,).
        rating: Mean stars, NaN where none is given, shape (n,).
        verified: 1 where the platform marks the person as a viewer, 0 where as none, NaN where it does not
            tell, shape (n,).
        aspects: Aspects somebody judged, most judged first.
        judged: 1 favourable, -1 unfavourable, 0 both, NaN not judged, shape (n, aspects).
        answers: Whether a person answers each of the three closing questions, shape (n, 3).
    """

    circles: tuple[Circle, ...]
    kind: str
    member: Flags
    score: Floats
    rating: Floats
    verified: Floats
    aspects: tuple[str, ...]
    judged: Floats
    answers: Flags

    @property
    def n(self) -> int:
        """People."""
        return self.score.size


def crowd(draft: Draft) -> Crowd:
    """Return the people of a campaign, counted once a draft."""
    found: Crowd = draft.once("positioning.crowd", lambda: _gather(draft))
    return found


def _gather(draft: Draft) -> Crowd:
    copied = flooding(draft)
    rows = [
        row
        for row in draft.run("circle_members")
        if row["author_kind"] != "official" and key_of(row) not in copied
    ]
    # A comment without a known author stands for somebody of its own.
    person = {key_of(row): row["author"] or JOIN.join(key_of(row)) for row in rows}
    # In the order of their comments, not of their pseudonyms: those differ from workspace to workspace.
    place = {name: number for number, name in enumerate(dict.fromkeys(person.values()))}
    of = {key: place[name] for key, name in person.items()}
    circles, kind = _circles(draft, rows, of)
    member = np.zeros((len(place), len(circles)), dtype=bool)
    for number, circle in enumerate(circles):
        inside = {key_of(row) for row in draft.run("circle_members", **rules(circle))} & of.keys()
        member[[of[key] for key in inside], number] = True
    aspects, judged, answers = _labels(draft, of, len(place))
    return Crowd(
        circles=circles,
        kind=kind,
        member=member,
        score=_mean(rows, of, "score_e4", len(place)) / 10_000,
        rating=_mean(rows, of, "rating_e2", len(place)) / 100,
        verified=_verified(rows, of, len(place)),
        aspects=aspects,
        judged=judged,
        answers=answers,
    )


def key_of(row: Mapping[str, Any]) -> Key:
    """Return what names a comment: its platform and its id there."""
    return row["platform"], row["comment_id"]


def flooding(draft: Draft) -> set[Key]:
    """Return the comments that are copies in a flood."""
    storm = copies(draft).storm
    return {key_of(row) for row, copied in zip(draft.run("spoken"), storm.tolist(), strict=True) if copied}


def _mean(rows: Sequence[Mapping[str, Any]], of: Mapping[Key, int], name: str, n: int) -> Floats:
    """Return the mean of what is known of each person; NaN where nothing is."""
    told = [(of[key_of(row)], row[name]) for row in rows if row[name] is not None]
    if not told:
        return np.full(n, np.nan)
    who, value = np.array(told, dtype=np.float64).T
    size = np.bincount(who.astype(np.int64), minlength=n)
    sums = np.bincount(who.astype(np.int64), weights=value, minlength=n)
    return np.where(size > 0, sums / np.maximum(size, 1), np.nan)


def _verified(rows: Sequence[Mapping[str, Any]], of: Mapping[Key, int], n: int) -> Floats:
    """Return whether each person is a marked viewer; one mark is enough."""
    found = np.full(n, np.nan)
    for row in rows:
        if row["verified_viewer"] is not None:
            who = of[key_of(row)]
            found[who] = np.fmax(found[who], float(row["verified_viewer"]))
    return found


def _circles(
    draft: Draft, rows: Sequence[Mapping[str, Any]], of: Mapping[Key, int]
) -> tuple[tuple[Circle, ...], str]:
    """Return the planned circles; without any, platforms that enough people spoke on, else regions."""
    if draft.campaign.circles:
        return draft.campaign.circles, "planned"
    for kind, name in (("platform", "platforms"), ("region", "regions")):
        heard: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            if row[kind] is not None:
                heard[row[kind]].add(of[key_of(row)])
        large = sorted((one for one in heard if len(heard[one]) >= LEAST), key=lambda o: (-len(heard[o]), o))
        if len(large) >= 2:
            return tuple(Circle(one, **{name: (one,)}) for one in large[:MOST]), kind  # type: ignore[arg-type]
    return (), "none"


def _labels(draft: Draft, of: Mapping[Key, int], n: int) -> tuple[tuple[str, ...], Floats, Flags]:
    names = {row["label"] for row in draft.run("label_counts") if row["label"].startswith("aspect.")}
    told = draft.run("label_keys", labels=JOIN.join(sorted(names | {"summary"})))
    sides: dict[tuple[int, str], Counter[int]] = defaultdict(Counter)
    answers = np.zeros((n, len(QUESTIONS)), dtype=bool)
    for row in told:
        who = of.get(key_of(row))
        if who is None:
            continue
        if row["value"] in QUESTIONS:
            answers[who, QUESTIONS.index(row["value"])] = True
        elif row["value"] in SIDES:
            sides[who, row["label"].removeprefix("aspect.")][SIDES[row["value"]]] += 1
    size = Counter(aspect for _, aspect in sides)
    aspects = tuple(sorted(size, key=lambda aspect: (-size[aspect], aspect)))
    judged = np.full((n, len(aspects)), np.nan)
    column = {aspect: number for number, aspect in enumerate(aspects)}
    for (who, aspect), counts in sides.items():
        judged[who, column[aspect]] = np.sign(counts[1] - counts[-1])
    return aspects, judged, answers
