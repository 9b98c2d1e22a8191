"""A whole invented campaign: rows by table, its facts, and the truth behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.campaign import Campaign
from longtake.domain.comment import Comment
from longtake.domain.cue import Cue
from longtake.domain.observation import Observation
from longtake.simulate.grammar import Utterance


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a top list.

    Attributes:
        title: The topic.
        category: The list's category of it.
        description: What the list says about it; may be empty.
        hot: Score; zero in an advertised slot.
        sponsored: Whether the slot is bought.
    """

    title: str
    category: str
    description: str
    hot: int
    sponsored: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The list at one time, best place first; ``at`` is aware."""

    at: datetime
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """The hidden truth of one comment.

    Attributes:
        utterance: What was meant.
        promoted: Whether promotion brought it directly.
    """

    utterance: Utterance
    promoted: bool


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One invented campaign; the same seed gives the same value.

    Attributes:
        campaign: What ``campaign.toml`` says, nodes and events included.
        comments: In order of time, danmaku included.
        said: The truth of each comment, in the same order.
        observations: Counts of topics and works.
        hotlist: Snapshots of the list; hours nobody kept are not there.
        boxoffice: City by city, day by day; empty for a short.
        cues: Subtitles of the film and its trailer.
        truth: What an honest measure should find: JSON-able values by name, units in the names.
    """

    campaign: Campaign
    comments: tuple[Comment, ...]
    said: tuple[Said, ...]
    observations: tuple[Observation, ...]
    hotlist: tuple[Snapshot, ...]
    boxoffice: tuple[BoxOffice, ...]
    cues: tuple[Cue, ...]
    truth: Mapping[str, object] = field(default_factory=dict)
