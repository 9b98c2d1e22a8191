"""Film, trailers and nodes of a campaign, with their cues and scores, gathered once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from longtake.domain.cue import Cue
from longtake.narrative import Scores
from longtake.narrative.card.proposition import Card
from longtake.narrative.cast import split
from longtake.narrative.promises.promised import Shown
from longtake.services.reports.draft import Draft
from longtake.services.reports.speech.lines import film_node
from longtake.services.reports.story.scoring import scored, wanted

UNNAMED = ("trailer", "预告", "teaser")
"""Stems under which a trailer's subtitles are found where no node names them."""


@dataclass(frozen=True, slots=True, eq=False)
class Clip:
    """A node with subtitles, or the film.

    Attributes:
        node_id: Its name in the campaign.
        stem: The name under which its cues are stored.
        kind: trailer, interview ...; film for the film.
        cues: In order of time.
        scores: Of each cue.
        at: When it went out.
    """

    node_id: str
    stem: str
    kind: str
    cues: tuple[Cue, ...]
    scores: Scores | None
    at: datetime | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Told:
    """Everything a campaign shows and says.

    Attributes:
        film: The film; its cues may be none.
        clips: Nodes with subtitles, the trailer with the most cues first.
        shown: What each node says, in order of going out.
        nodes: Their rows.
        card: The proposition card.
        name: Of the film, as people call it.
    """

    film: Clip
    clips: tuple[Clip, ...]
    shown: tuple[Shown, ...]
    nodes: tuple[dict[str, Any], ...]
    card: Card
    name: str

    def called(self, node_id: str) -> str:
        """Return what people call a node: its title where no other node has the same, else its id.

        The film goes by its own name.
        """
        if node_id == self.film.node_id:
            return self.name
        titles = [row["title"] for row in self.nodes]
        own = next((row["title"] for row in self.nodes if row["node_id"] == node_id), None)
        return own if own and titles.count(own) == 1 else node_id

    @property
    def trailer(self) -> Clip | None:
        """The trailer that is compared with the film: the one with the most cues."""
        return next((clip for clip in self.clips if clip.kind == "trailer"), None)


def told(draft: Draft) -> Told:
    """Return what a campaign shows and says; gathered once a report."""
    found: Told = draft.once("told", lambda: _told(draft))
    return found


def _told(draft: Draft) -> Told:
    campaign, story = draft.campaign, draft.campaign.story
    film = _clip(draft, "film", film_node(draft), "film")
    rows = tuple(draft.run("nodes"))
    clips, shown = [], []
    for row in rows:
        clip = _clip(draft, row["node_id"], _stem(row), row["kind"], row["at"])
        if clip.cues and clip.stem != film.stem:
            clips.append(clip)
        reversal = row["node_id"] in story.reversals
        if row["kind"] == "trailer":
            reversal = reversal or campaign.film.intended_reversal
        own = clip.cues if clip in clips else ()
        shown.append(Shown(row["node_id"], own, row["text"] or "", reversal, row["title"] or ""))
    if not any(clip.kind == "trailer" for clip in clips):
        taken = {clip.stem for clip in clips} | {film.stem}
        for stem in (name for name in UNNAMED if name not in taken):
            clip = _clip(draft, stem, stem, "trailer")
            if clip.cues:
                clips.append(clip)
                shown.append(Shown(stem, clip.cues, "", campaign.film.intended_reversal))
                break
    clips.sort(key=lambda clip: (clip.kind != "trailer", -len(clip.cues), clip.node_id))
    card = Card(
        campaign.proposition or "", wanted(campaign.emotions), story.key_words, story.lines, story.never
    )
    return Told(film, tuple(clips), tuple(shown), rows, card, campaign.name)


def _stem(row: dict[str, Any]) -> str:
    file = row["file"]
    return PurePosixPath(file.replace("\\", "/")).stem if file else str(row["node_id"])


def _clip(draft: Draft, node_id: str, stem: str, kind: str, at: datetime | None = None) -> Clip:
    rows = draft.run("cues_of", node_id=stem)
    placed = (cue_of(stem, row) for row in rows if row["start_ms"] is not None and row["end_ms"] is not None)
    cues = tuple(sorted(placed, key=lambda cue: (cue.start_ms, cue.end_ms, cue.number)))
    return Clip(node_id, stem, kind, cues, scored(words(cues)), at)


def cue_of(stem: str, row: Mapping[str, Any]) -> Cue:
    """Return a row with a place in time as a line of the clip it belongs to."""
    return Cue(
        stem, row["number"], row["start_ms"], row["end_ms"], row["text"], row["source_line"], row["speaker"]
    )


def words(cues: Sequence[Cue]) -> list[str]:
    """Return what cues say, without who says it."""
    return [split(cue)[1] for cue in cues]
