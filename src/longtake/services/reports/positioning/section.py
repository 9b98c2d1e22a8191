"""Who likes what, who does not, or that the circles cannot be told apart."""

from __future__ import annotations

from longtake.domain.answers.report import Section, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import share
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.positioning import measured, speaking, tables
from longtake.services.reports.positioning.crowd import Crowd, crowd

FEWEST = 30
CREDIBLE = ("fate", "credibility")
"""The two aspects that carry a story's people and its world."""


def section(draft: Draft) -> Section | None:
    """Return the section; None with few people."""
    people = crowd(draft)
    if people.n < FEWEST:
        return None
    held = measured.figures(draft)
    means = _means(draft, people)
    split = _split(draft, people)
    charts = (tables.means(draft), tables.aspect(draft, split[0]) if split else None)
    sentences = (
        _answer(draft, people, means),
        *((split[1],) if split else ()),
        *speaking.sentences(draft),
        _ratings(draft, held["polarised"]),
        *_planned(held["planned_missed"]),
        *_verified(draft, people),
        *_story(draft, people),
        *_reacting(draft),
    )
    named: dict[str, Table] = {
        "positioning_resonance": tables.resonance(draft),
        "positioning_audience": tables.audience(draft),
        "positioning_speakers": speaking.table(draft),
        "positioning_answers": tables.answers(draft),
        "positioning_reactions": tables.reactions(draft),
    }
    leaning = draft.figure(
        "positioning.leaning",
        "positioning_leaning",
        measured.leanings(draft).agreement,
        Evidence("rows.comments", {"author_not": "official", "scored": True}),
    )
    agreed = draft.figure(
        "positioning.agreement",
        "positioning_agreement",
        measured.stars(draft).agreement,
        Evidence("rows.comments", {"author_not": "official", "rated": True}),
    )
    poles = draft.figure(
        "positioning.poles",
        "positioning_poles",
        measured.stars(draft).polarisation,
        Evidence("rows.comments", {"author_not": "official", "rated": True}),
    )
    return Section(
        "positioning",
        sentences,
        figures=tuple(held.values()),
        charts=tuple(chart for chart in charts if chart),
        notes=_notes(people),
        more=(agreed, poles, leaning, *means),
        tables={key: table for key, table in named.items() if table.rows},
    )


def _means(draft: Draft, people: Crowd) -> tuple[Figure, ...]:
    found = measured.apart(draft)
    return tuple(
        draft.figure(
            f"positioning.circle.{number}",
            "positioning_circle",
            mean,
            Evidence("rows.comments", {**rules(circle), "author_not": "official", "scored": True}),
            {"circle": circle.name},
        )
        for number, (circle, mean) in enumerate(zip(people.circles, found.means, strict=True), 1)
    )


def _answer(draft: Draft, people: Crowd, means: tuple[Figure, ...]) -> Sentence:
    found = measured.apart(draft)
    if isinstance(found.excess, Estimate) and found.differ:
        told = [(figure.quantity.value, figure) for figure in means if isinstance(figure.quantity, Estimate)]
        high, low = max(told, key=lambda pair: pair[0])[1], min(told, key=lambda pair: pair[0])[1]
        words = {"circle": high.slots["circle"], "other": low.slots["circle"]}
        return Sentence("positioning_differ", {"high": high, "low": low}, words, tone="warn")
    if isinstance(found.excess, Estimate):
        return Sentence("positioning_alike", words={"n": len(people.circles), "people": found.n})
    return Sentence("positioning_few")


def _split(draft: Draft, people: Crowd) -> tuple[str, Sentence] | None:
    """Return the aspect that circles surely judge differently, and the sentence of it; None without any."""
    names, _, _ = measured.judged(people)
    found = measured.matrix(draft)
    best: tuple[float, str, Sentence] | None = None
    for column, name in enumerate(names):
        cells = [
            (row[column], circle)
            for row, circle in zip(found.cells, people.circles, strict=True)
            if isinstance(row[column], Estimate)
        ]
        if len(cells) < 2:
            continue
        high, low = (
            max(cells, key=lambda cell: _ends(cell[0])[0]),
            min(cells, key=lambda cell: _ends(cell[0])[0]),
        )
        gap = _ends(high[0])[0] - _ends(low[0])[0]
        if _ends(low[0])[2] >= _ends(high[0])[1] or (best and gap <= best[0]):
            continue
        figures = {
            side: draft.figure(
                f"positioning.cell.{name}.{side}",
                "positioning_cell",
                cell,
                Evidence("rows.labels", {**rules(circle), "label": f"aspect.{name}", "judged": True}),
                {"circle": circle.name, "aspect": name},
            )
            for side, (cell, circle) in (("high", high), ("low", low))
        }
        words = {"aspect": name, "circle": high[1].name, "other": low[1].name}
        best = gap, name, Sentence("positioning_aspect", figures, words, tone="warn")
    return best and best[1:]


def _ends(cell: Quantity) -> tuple[float, float, float]:
    """Return value, low and high of a known cell."""
    if not isinstance(cell, Estimate):
        raise TypeError("an unknown cell has no ends")
    return cell.value, cell.low, cell.high


def _ratings(draft: Draft, excess: Figure) -> Sentence:
    kind = measured.stars(draft).kind
    figures = {"excess": excess} if kind == "bimodal" else {}
    return Sentence(f"positioning_rated_{kind}", figures, tone="warn" if kind == "bimodal" else "plain")


def _planned(missed: Figure) -> tuple[Sentence, ...]:
    held = missed.quantity
    if not isinstance(held, Estimate):
        return ()
    off = held.low > 0
    key = "positioning_missed" if off else "positioning_as_planned"
    return (Sentence(key, {"missed": missed}, tone="warn" if off else "good"),)


def _verified(draft: Draft, people: Crowd) -> tuple[Sentence, ...]:
    """Return viewers the platform vouches for beside those it does not; empty where it tells of nobody."""
    figures = {
        name: draft.figure(
            f"positioning.{name}",
            f"positioning_{name}",
            measured.favourable(people, mark),
            Evidence("rows.comments", {"author_not": "official", "scored": True, "verified": bool(mark)}),
        )
        for name, mark in (("verified", 1.0), ("unverified", 0.0))
    }
    known = [name for name, figure in figures.items() if isinstance(figure.quantity, Estimate)]
    if "verified" not in known:
        return ()
    key = "positioning_verified" if len(known) == 2 else "positioning_verified_only"
    return (Sentence(key, {name: figures[name] for name in known}),)


def _story(draft: Draft, people: Crowd) -> tuple[Sentence, ...]:
    counts = {name: tables.shares_of(people, name) for name in CREDIBLE}
    if not any(whole for _, whole in counts.values()):
        return ()
    figures = {
        name: draft.figure(
            f"positioning.{name}",
            f"positioning_{name}",
            share(liked, whole, level=LEVEL),
            Evidence("rows.labels", {"label": f"aspect.{name}", "judged": True}),
        )
        for name, (liked, whole) in counts.items()
    }
    return (Sentence("positioning_story", figures),)


def _reacting(draft: Draft) -> tuple[Sentence, ...]:
    found = measured.reacting(draft)
    if found is None:
        return ()
    if found.refused is not None:
        words = {"n": found.n, "needed": found.refused.needed or 0}
        return (Sentence(f"positioning_{found.refused.reason}", words=words),)
    if not found.clear:
        return (Sentence("positioning_spectrum", words={"n": found.n}),)
    return (Sentence("positioning_camps", words={"n": found.n, "k": found.k}),)


def _notes(people: Crowd) -> tuple[str, ...]:
    where = {
        "planned": "positioning_planned",
        "platform": "positioning_by_platform",
        "region": "positioning_by_region",
    }
    notes = ["positioning_people", "positioning_shape", "positioning_shrunk"]
    return (*((where[people.kind],) if people.kind in where else ()), *notes)
