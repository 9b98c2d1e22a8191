"""Edits and new nodes, each computed from a gap; nothing is advised that was not measured."""

from __future__ import annotations

from longtake.domain.answers.report import Sentence
from longtake.domain.estimate import Estimate
from longtake.narrative.gaps.axis import Axis
from longtake.narrative.gaps.relations import Pair
from longtake.services.reports.masking import masked
from longtake.services.reports.story.measured import FILM, Measured
from longtake.services.reports.story.tables import timecode

MOST = 6
TWO = 2


def advice(found: Measured) -> tuple[Sentence, ...]:
    """Return at most six edits or new nodes, those on a gap that was found first."""
    made: list[Sentence] = []
    if found.gaps:
        gap = found.gaps[0][1]
        if gap.intensity.found:
            made += _emotion(gap.intensity)
        if gap.relations.found:
            made += _people(gap.pairs, found)
        if gap.pacing.found:
            made += _pace(gap.pacing)
    made += _questions(found)
    made += _nodes(found)
    made += _tags(found)
    return tuple(made[:MOST])


def _emotion(axis: Axis) -> list[Sentence]:
    by_name = {one.name: one for one in axis.measures}
    tested = [one for one in (by_name.get("intensity"), by_name.get("valence")) if one and one.p is not None]
    if not tested:
        return []
    first = min(tested, key=lambda one: (one.p or 1.0, one.name))
    if first.trailer is None or first.film is None:
        return []
    higher = first.trailer > first.film
    key = {
        ("intensity", True): "story_do_cooler",
        ("intensity", False): "story_do_hotter",
        ("valence", True): "story_do_darker",
        ("valence", False): "story_do_brighter",
    }[first.name, higher]
    places = [one for one in axis.windows if one.side == "trailer"]
    at = timecode(places[0].start_ms) if places else ""
    return [Sentence(key, words={"at": at or ""}, tone="warn")]


def _people(pairs: tuple[Pair, ...], found: Measured) -> list[Sentence]:
    made = []
    cues = found.told.film.cues
    hardly = [pair for pair in pairs if pair.hardly_present][:TWO]
    unseen = sorted((pair for pair in pairs if pair.unseen), key=lambda pair: -pair.film)[:TWO]
    made += [
        Sentence("story_do_hardly", words={"pair": " × ".join(pair.names)}, tone="warn") for pair in hardly
    ]
    for pair in unseen:
        at = timecode(cues[pair.film_cues[0]].start_ms) or ""
        made.append(
            Sentence("story_do_unseen", words={"pair": " × ".join(pair.names), "at": at}, tone="good")
        )
    if not made:
        made.append(Sentence("story_do_names", tone="warn"))
    return made


def _pace(axis: Axis) -> list[Sentence]:
    first = next(one for one in axis.measures if one.name == "characters_a_minute")
    if not isinstance(axis.size, Estimate) or not isinstance(first.gap, Estimate):
        return []
    # The ratio lies above the usual one exactly where dividing by the size does not undo it.
    faster = first.gap.value >= 1 and first.gap.value >= axis.size.value
    return [Sentence("story_do_slower" if faster else "story_do_faster", tone="warn")]


def _questions(found: Measured) -> list[Sentence]:
    open_ = [one for one in found.promises if one.kind == "question" and not one.paid]
    return [
        Sentence(
            "story_do_answer",
            words={"node": found.told.called(one.node_id), "line": masked(one.what)[0]},
            tone="warn",
        )
        for one in open_[:TWO]
        if not one.intended_reversal
    ]


def _nodes(found: Measured) -> list[Sentence]:
    made = []
    for one in found.alignments:
        if one.node_id != FILM and one.broken:
            words = {"node": found.told.called(one.node_id), "word": one.broken[0]}
            made.append(Sentence("story_do_never", words=words, tone="warn"))
    card = found.told.card
    spare = [line.text for line in found.lines[:3]]
    for one in sorted(
        (one for one in found.alignments if one.node_id != FILM and isinstance(one.score, Estimate)),
        key=lambda one: (one.score.value if isinstance(one.score, Estimate) else 0.0, one.node_id),
    )[:1]:
        if not one.held and (card.lines or spare):
            line = card.lines[0] if card.lines else spare[0]
            words = {"node": found.told.called(one.node_id), "line": line}
            made.append(Sentence("story_do_line", words=words, tone="good"))
    return made


def _tags(found: Measured) -> list[Sentence]:
    return [
        Sentence("story_do_tag", words={"hashtag": tag.hashtag, "topic": tag.recalls[0].topic}, tone="warn")
        for tag in found.tags
        if tag.recalls
    ]
