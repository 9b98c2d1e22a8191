"""Everything measured of a campaign's telling, once a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Quantity, Unknown
from longtake.narrative import Gap, gap
from longtake.narrative.card.alignment import Alignment, Said, aligned
from longtake.narrative.card.drift import Drift, drift
from longtake.narrative.gaps.usual import Usual, usual
from longtake.narrative.promises.kept import Promise, promises
from longtake.narrative.structure.arc import Shape, shape
from longtake.narrative.structure.brand import Presence, presence
from longtake.narrative.structure.contrast import Beat, beats
from longtake.narrative.structure.segments import Segment, cohesion, escalation, segments
from longtake.narrative.words.hashtags import Tag, recalled
from longtake.narrative.words.lines import Line, ranked
from longtake.narrative.words.novelty import Novelty, novelty
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.speech.lines import echoed
from longtake.services.reports.story.scoring import shares
from longtake.services.reports.story.told import Clip, Told, told, words

EARLY = timedelta(hours=72)
FILM = "film"


@dataclass(frozen=True, slots=True, eq=False)
class Structure:
    """How the film is built.

    Attributes:
        segments: Its parts.
        cohesion: How far they share one theme.
        escalation: How far intensity rises over them.
        shape: Of the arc of valence, by name of the part; the whole film first.
        beats: Of contrast.
        brand: How long the brand is there; None when nobody named one.
        novelty: How fresh its images are.
    """

    segments: tuple[Segment, ...]
    cohesion: Quantity
    escalation: Quantity
    shape: Mapping[str, Shape]
    beats: tuple[Beat, ...]
    brand: Presence | None
    novelty: Novelty


@dataclass(frozen=True, eq=False)
class Measured:
    """What was found; how the film is built, its golden lines and its hashtags when they are asked for.

    Attributes:
        told: What it was found in.
        gaps: Of each trailer against the film, the main one first.
        promises: Of each node.
        alignments: Of the film and each node with the card.
        drift: Of the nodes, in order of going out.
        draft: Where it was found.
    """

    told: Told
    gaps: tuple[tuple[Clip, Gap], ...]
    promises: tuple[Promise, ...]
    alignments: tuple[Alignment, ...]
    drift: Drift
    draft: Draft

    @cached_property
    def structure(self) -> Structure | None:
        """How the film is built; None without its cues."""
        return _structure(self.draft.campaign, self.told) if self.told.film.cues else None

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Golden lines, best first."""
        return _lines(self.draft, self.told)

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """What planned hashtags recall."""
        return _tags(self.draft)


def measured(draft: Draft) -> Measured:
    """Return everything measured of a campaign's telling; computed once a report."""
    found: Measured = draft.once("story", lambda: _measured(draft))
    return found


def _measured(draft: Draft) -> Measured:
    campaign, have = draft.campaign, told(draft)
    gaps = tuple(
        (clip, _gap(draft, clip, have)) for clip in have.clips if clip.kind == "trailer" and have.film.cues
    )
    kept = promises(have.shown, have.film.cues, characters=campaign.film.characters, scores=have.film.scores)
    near = _aligned(have)
    dated = {row["node_id"] for row in have.nodes if row["at"] is not None}
    in_order = [one.score for one in near if one.node_id in dated]
    return Measured(
        have,
        gaps,
        kept,
        near,
        drift(in_order),
        draft,
    )


def _gap(draft: Draft, trailer: Clip, have: Told) -> Gap:
    campaign = draft.campaign
    story, film = campaign.story, have.film
    both = (trailer.scores, film.scores) if trailer.scores and film.scores else None
    known = usual(story.genre)
    if story.usual_pace is not None:
        known = Usual(story.usual_pace, known.spread, "campaign file")
    ours, theirs = draft.footage.get(trailer.node_id), draft.footage.get(FILM)
    shots = (ours.shots, theirs.shots) if ours and theirs and ours.shots and theirs.shots else None
    return gap(
        trailer.cues,
        film.cues,
        characters=campaign.film.characters,
        scores=both,
        shots=shots,
        usual_pace=known,
        level=LEVEL,
    )


def _aligned(have: Told) -> tuple[Alignment, ...]:
    if not have.card.text:
        return ()
    said = []
    if have.film.cues:
        lines = words(have.film.cues)
        said.append(Said(FILM, "\n".join(lines), shares(lines), len(lines)))
    for one in have.shown:
        parts = [*words(one.cues), one.title, *one.copy.splitlines()]
        said.append(Said(one.node_id, "\n".join(parts), shares(parts), max(1, len(parts))))
    return aligned(have.card, said, level=LEVEL)


def _structure(campaign: Campaign, have: Told) -> Structure:
    cues, scores, story = have.film.cues, have.film.scores, campaign.story
    parts = segments(
        cues,
        starts_ms=[part.start_ms for part in story.segments],
        names=[part.name for part in story.segments],
    )
    shapes: dict[str, Shape] = {}
    if scores is not None:
        shapes[""] = shape(cues, scores.valence, level=LEVEL)
        for part in parts if len(parts) > 1 else ():
            inside = slice(part.first, part.last)
            shapes[part.name] = shape(cues[inside], scores.valence[inside], level=LEVEL)
    rise: Quantity = Unknown("not_scored", "least squares over segments", "score", len(cues))
    if scores is not None:
        rise = escalation(parts, scores.intensity, level=LEVEL)
    end = max(cue.end_ms for cue in cues)
    return Structure(
        parts,
        cohesion(cues, parts, level=LEVEL),
        rise,
        shapes,
        beats(cues, characters=campaign.film.characters, valence=scores.valence if scores else None),
        presence(
            cues, story.brand, seen_ms=[(part.start_ms, part.end_ms or end) for part in story.brand_seen]
        ),
        novelty(words(cues), level=LEVEL),
    )


def _lines(draft: Draft, have: Told) -> tuple[Line, ...]:
    if not have.film.cues:
        return ()
    _, heard, found = echoed(draft)
    rows = draft.run("cues_of", node_id=have.film.stem)
    place = {(cue.start_ms, cue.number): i for i, cue in enumerate(have.film.cues)}
    times = [row["at"] for row in heard if row["at"] is not None]
    until = (
        draft.campaign.release_at or min(times, default=datetime.max.replace(tzinfo=UTC) - EARLY)
    ) + EARLY
    early: dict[int, int] = {}
    for echo in found:
        row = rows[echo.index]
        count = len({m.comment for m in echo.matches if _before(heard[m.comment]["at"], until)})
        if (row["start_ms"], row["number"]) in place:
            early[place[row["start_ms"], row["number"]]] = count
    return ranked(have.film.cues, words(have.film.cues), early, have.card if have.card.text else None)


def _before(at: datetime | None, until: datetime) -> bool:
    return at is None or at < until


def _tags(draft: Draft) -> tuple[Tag, ...]:
    hashtags = draft.campaign.story.hashtags
    if not hashtags:
        return ()
    archive: dict[str, float] = {}
    for metric in ("hot", "rank"):
        for row in draft.run("topic_series", metric=metric):
            if row["subject_kind"] == "topic":
                archive[row["subject"]] = archive.get(row["subject"], 0.0) + 1.0
        if archive:
            break
    return tuple(recalled(tag, archive, own=draft.topics) for tag in hashtags)
