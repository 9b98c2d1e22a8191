"""Who people say they are, in passing, and whether that divides them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.diagnosis.playbook.speakers import Speakers, speakers
from longtake.domain.answers.report import Cell, Column, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.statistic import Moments
from longtake.heat.measures.mean import mean
from longtake.opinion.resonance.spread import METHOD, Spread, spread
from longtake.services.reports.draft import JOIN, LEVEL, Draft
from longtake.services.reports.positioning.crowd import flooding

Floats = NDArray[np.float64]

ALPHA = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Speaking:
    """Kinds of people by what they say of themselves, those with enough people alone.

    Attributes:
        kinds: Which.
        means: Mean polarity of each kind's own comments.
        apart: How far the means are apart.
        p_value: How often equal kinds are as far apart; None when not known.
    """

    kinds: tuple[Speakers, ...]
    means: tuple[Quantity, ...]
    apart: Quantity
    p_value: float | None


def speaking(draft: Draft) -> Speaking:
    """Return who people say they are, and how their opinions differ.

    Only comments in which people say who they are count; several of one person that say the same count once,
    by their mean. Official accounts and flooding copies are left out.
    """
    found: Speaking = draft.once("positioning.speaking", lambda: _gather(draft))
    return found


def _gather(draft: Draft) -> Speaking:
    kinds, copied = speakers(), flooding(draft)
    said: dict[tuple[str, str], set[int]] = defaultdict(set)
    of: dict[tuple[str, str], tuple[str, float]] = {}
    for number, kind in enumerate(kinds):
        for row in draft.run("circle_members", words=JOIN.join(kind.words)):
            key = (row["platform"], row["comment_id"])
            if row["author_kind"] == "official" or row["score_e4"] is None or key in copied:
                continue
            said[key].add(number)
            of[key] = row["author"] or JOIN.join(key), row["score_e4"] / 10_000
    held: dict[tuple[str, tuple[int, ...]], list[float]] = defaultdict(list)
    for key, some in sorted(said.items()):
        author, score = of[key]
        held[author, tuple(sorted(some))].append(score)
    scores = np.array([float(np.mean(one)) for one in held.values()])
    member = np.zeros((len(held), len(kinds)), dtype=bool)
    for place, (_, some_kinds) in enumerate(held):
        member[place, list(some_kinds)] = True
    return _measured(kinds, scores, member)


def _measured(kinds: tuple[Speakers, ...], scores: Floats, member: NDArray[np.bool_]) -> Speaking:
    if not scores.size:
        return Speaking((), (), Unknown("one_circle", METHOD, "polarity", 0, 2), None)
    found: Spread = spread(scores, member, level=LEVEL)
    return Speaking(
        tuple(kinds[place] for place in found.kept),
        tuple(_mean(scores[member[:, place]]) for place in found.kept),
        found.apart,
        found.p_value,
    )


def _mean(scores: Floats) -> Quantity:
    return mean(Moments.of(scores.tolist(), scale=10_000), unit="polarity", level=LEVEL)


def divided(draft: Draft) -> tuple[Quantity, Evidence]:
    """Return how far kinds of speakers are apart, and the comments of those kinds."""
    found = speaking(draft)
    kinds = found.kinds or speakers()
    return found.apart, _rows(kinds)


def _rows(kinds: tuple[Speakers, ...]) -> Evidence:
    words = JOIN.join(dict.fromkeys(word for kind in kinds for word in kind.words))
    return Evidence("rows.comments", {"words": words, "author_not": "official", "scored": True})


def sentences(draft: Draft) -> tuple[Sentence, ...]:
    """Return who liked it most and least among those who say who they are; nothing where few do."""
    found = speaking(draft)
    told = sorted(_known(found), key=lambda pair: (-pair[1].value, pair[0].key))
    if len(told) < 2 or found.p_value is None:
        return ()
    if found.p_value > ALPHA:
        return (Sentence("positioning_speakers_alike", words={"n": len(told)}),)
    (best, high), (worst, low) = told[0], told[-1]
    figures = {"high": _figure(draft, best, high), "low": _figure(draft, worst, low)}
    words = {"people_kind": best.key, "other_people_kind": worst.key}
    return (Sentence("positioning_speakers_differ", figures, words, tone="warn"),)


def _known(found: Speaking) -> list[tuple[Speakers, Estimate]]:
    pairs = zip(found.kinds, found.means, strict=True)
    return [(kind, one) for kind, one in pairs if isinstance(one, Estimate)]


def _figure(draft: Draft, kind: Speakers, quantity: Quantity) -> Figure:
    name, slots = f"positioning.speaker.{kind.key}", {"people_kind": kind.key}
    return draft.figure(name, "positioning_speaker", quantity, _rows((kind,)), slots)


def table(draft: Draft) -> Table:
    """Return mean polarity by what people say they are, the best disposed first."""
    told = sorted(_known(speaking(draft)), key=lambda pair: (-pair[1].value, pair[0].key))
    rows: list[tuple[Cell, ...]] = [
        (kind.key, round(one.value, 4), round(one.low, 4), round(one.high, 4), one.n) for kind, one in told
    ]
    columns = (Column("people_kind"), *(Column(key, "number") for key in ("polarity", "low", "high", "n")))
    return Table(columns, tuple(rows))
