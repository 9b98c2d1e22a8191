"""A campaign: one film or short, what it wants to say, and to whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from longtake.domain.event import Event
from longtake.domain.node import Node


@dataclass(frozen=True, slots=True)
class Character:
    """Someone in the film, with the other names people use."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Film:
    """The film itself.

    Attributes:
        subtitles: File of its subtitles, relative to the campaign folder.
        video: File of its video, relative to the campaign folder.
        script: File of its script, relative to the campaign folder.
        characters: Who is in it.
        intended_reversal: Whether the film means to overturn what the trailer suggests.
    """

    subtitles: str | None = None
    video: str | None = None
    characters: tuple[Character, ...] = ()
    intended_reversal: bool = False
    script: str | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """A planned audience circle, by rules; a comment belongs to it when all rules that are given hold.

    Attributes:
        name: What the team calls it.
        keywords: Any of these words stands in the comment.
        platforms: It was written on one of these platforms.
        regions: Its author is in one of these regions.
        accounts: Its author is one of these: ``platform:id`` or an id on any of the platforms, as the export
            writes it.
        authors: The same as keyed pseudonyms; only the holder of the workspace's key can fill them in.
        ticket_buyers: Its author is marked by the platform as having seen the film.
        planned_share: Share of the audience the team planned it to be, in [0, 1]; None when not said.
    """

    name: str
    keywords: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    ticket_buyers: bool = False
    planned_share: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the film: where it starts and ends, in milliseconds, and what it is called."""

    start_ms: int
    end_ms: int | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """What the campaign says of the film's telling.

    Attributes:
        key_words: Words that carry the proposition.
        lines: Lines to be quoted.
        never: Words of what it must never become.
        genre: comedy, drama, suspense ...; decides the usual pace of trailers.
        usual_pace: The usual ratio of a trailer's pace to its film's, where it is known better.
        segments: Parts of the film; empty leaves it to the vocabulary.
        brand: Names of the brand and its products.
        brand_seen: Stretches in which the brand is seen.
        claims: What the brand promises its customers.
        hashtags: Hashtags that are planned.
        reversals: Nodes that mean to be overturned by the film.
    """

    key_words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    genre: str | None = None
    usual_pace: float | None = None
    segments: tuple[Part, ...] = ()
    brand: tuple[str, ...] = ()
    brand_seen: tuple[Part, ...] = ()
    claims: tuple[str, ...] = ()
    hashtags: tuple[str, ...] = ()
    reversals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Campaign:
    """What ``campaign.toml`` says; only ``name`` is required.

    Attributes:
        id: Short stable name: letters, digits and hyphens; made from ``name`` where that allows.
        name: The film's name.
        kind: short or feature; None when not said.
        release_at: Aware UTC.
        proposition: The core emotional proposition, one sentence.
        emotions: Key emotions it wants, in the words of the language labels.
        competitors: Names of films in the same window.
        topics: Words that mark a list topic as this campaign's; the name alone when empty.
        film: The film itself.
        nodes: Communication nodes.
        events: What was done.
        circles: Planned audience circles.
        story: What it says of the film's telling.
        sample: True for the bundled invented campaign.
        unknown_keys: Keys nobody reads, dotted, sorted.
    """

    id: str
    name: str
    kind: str | None = None
    release_at: datetime | None = None
    proposition: str | None = None
    emotions: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    film: Film = field(default_factory=Film)
    nodes: tuple[Node, ...] = ()
    events: tuple[Event, ...] = ()
    circles: tuple[Circle, ...] = ()
    story: Story = field(default_factory=Story)
    sample: bool = False
    unknown_keys: tuple[str, ...] = ()
