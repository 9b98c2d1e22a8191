"""``campaign.toml`` of an invented campaign, filled in as far as its people filled it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from longtake.domain.campaign import Campaign, Character, Circle, Film
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.simulate.causes.acts import Act
from longtake.simulate.causes.cast import Cast
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import Nuisance, release_hour
from longtake.simulate.causes.strength import Effects
from longtake.simulate.causes.words.vocabulary import Words

# How each kind of film names what it wants to leave behind, in the words of the language labels.
EMOTIONS = {
    "comedy": ("happy",),
    "warm": ("moved", "warmth"),
    "sad": ("sad", "moved"),
    "suspense": ("fear", "surprise"),
    "action": ("tension",),
    "romance": ("happy", "moved"),
}
NODES = {
    "trailer": "trailer",
    "poster": "poster",
    "kol": "kol_brief",
    "interview": "interview",
    "behind_the_scenes": "behind_the_scenes",
    "official_repost": "official_post",
    "topic": "challenge",
}
# A trailer with less than this share of lines between other people shows the film's own pair.
NOTICED = 0.25
ENTRIES = ("vote", "template", "challenge", "cta")


def campaign(
    luck: Luck,
    drawn: Nuisance,
    found: Effects,
    film: Cast,
    done: Sequence[Act],
    *,
    spoken: Words,
    seed: int,
    reversal: bool,
) -> Campaign:
    """Return what the campaign's people wrote down.

    Args:
        luck: Source of chance.
        drawn: What no cause decides; ``drawn.fills`` says which parts were filled in.
        found: What the causes do.
        film: People, places and circles.
        done: Acts, in order of hour.
        spoken: The set of words.
        seed: Number of the world, part of its id.
        reversal: Whether the film means to overturn what the trailer suggests.
    """
    held = drawn.fills
    release = drawn.start + timedelta(hours=release_hour(drawn))
    nodes = _nodes(luck, drawn, found, film, done, spoken=spoken)
    events = _events(luck, drawn, film, done, nodes)
    planned = [crowd for crowd in film.crowds if crowd.planned]
    return Campaign(
        id=f"world-{seed}",
        name=film.title,
        kind=drawn.kind,
        release_at=release.astimezone(UTC) if "release" in held else None,
        proposition=film.golden[0] if "proposition" in held else None,
        emotions=EMOTIONS[drawn.genre] if "proposition" in held else (),
        competitors=tuple(name.strip("《》") for name in film.rivals) if "competitors" in held else (),
        topics=(film.title,),
        film=Film(
            subtitles="film.srt" if "film" in held else None,
            characters=tuple(Character(name) for name in film.people) if "characters" in held else (),
            intended_reversal=reversal,
        ),
        nodes=nodes,
        events=events if "events" in held else (),
        circles=tuple(
            Circle(
                crowd.name,
                crowd.keywords if crowd.by == "keywords" else (),
                (crowd.platform,) if crowd.by == "platforms" and crowd.platform else (),
                crowd.regions if crowd.by == "regions" else (),
            )
            for crowd in planned
        )
        if "circles" in held
        else (),
        sample=True,
    )


def _nodes(
    luck: Luck, drawn: Nuisance, found: Effects, film: Cast, done: Sequence[Act], *, spoken: Words
) -> tuple[Node, ...]:
    p = drawn.habits["entries"] * found.entries
    counted: dict[str, int] = {}
    out = []
    for act in done:
        kind = NODES.get(act.kind)
        if kind is None:
            continue
        counted[act.kind] = counted.get(act.kind, 0) + 1
        entry = luck.pick(ENTRIES) if luck.chance(p) else "none"
        promised = act.kind in ("trailer", "poster")
        text = spoken.promise(
            luck, film.sold if promised else film.genre, _pair(film, found, promised=promised)
        )
        out.append(
            Node(
                node_id=f"{act.kind.replace('_', '-')}-{counted[act.kind]}",
                kind=kind,
                at=(drawn.start + timedelta(hours=act.start)).astimezone(UTC),
                platform=act.platform,
                title=f"《{film.title}》",
                text=text if luck.chance(0.7) else None,
                file="trailer.srt" if act.kind == "trailer" and "trailer" in drawn.fills else None,
                entry=entry if "entries" in drawn.fills else None,
            )
        )
    return tuple(out)


def _pair(film: Cast, found: Effects, *, promised: bool) -> tuple[str, str]:
    """Return whom a copy puts forward: the central two, or those the trailer shows in their place."""
    a, b, c, d = film.people[:4]
    return (c, d) if promised and found.other_pair > NOTICED else (a, b)


def _events(
    luck: Luck, drawn: Nuisance, film: Cast, done: Sequence[Act], nodes: Sequence[Node]
) -> tuple[Event, ...]:
    of_node = {(node.at, node.platform): node.node_id for node in nodes}
    out: list[Event] = []
    for act in done:
        start = _noted(luck, drawn, act.start)
        node = of_node.get(((drawn.start + timedelta(hours=act.start)).astimezone(UTC), act.platform))
        out.append(
            Event(
                kind=act.kind,
                start=start.astimezone(UTC),
                source_line=len(out) + 1,
                end=(start + timedelta(hours=act.hours)).astimezone(UTC) if act.hours > 3 else None,
                platform=act.platform,
                cost_cny=act.cost_cny if "costs" in drawn.fills else None,
                followers=None if act.followers is None else float(round(act.followers, -3)),
                planned=False,
                node_id=node,
                note=film.brand if act.kind == "giveaway" else None,
            )
        )
    return tuple(replace(event, source_line=i) for i, event in enumerate(out, 1))


def _noted(luck: Luck, drawn: Nuisance, hour: int) -> datetime:
    """Return when somebody noted that an act began, to five minutes."""
    off = drawn.clock_noise_hours * (luck.uniform() + luck.uniform() - 1)
    return drawn.start + timedelta(minutes=5 * round(12 * (hour + off)))
