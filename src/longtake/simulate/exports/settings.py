"""``campaign.toml`` of a sample campaign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from longtake.domain.campaign import Campaign, Story
from longtake.simulate.plots.plot import CHINA

Value = str | float | bool | datetime | None | Sequence[str] | Sequence[Mapping[str, object]]
# What an agency keeps in a table of its own, the template ``events.csv``.
LATER_KINDS = frozenset({"outdoor", "roadshow", "screening"})


def settings(campaign: Campaign) -> bytes:
    """Return ``campaign.toml``; events of ``LATER_KINDS`` are left to ``events.csv``.

    Examples:
        >>> from longtake.domain.campaign import Campaign
        >>> print(settings(Campaign(id="x", name="灯")).decode().splitlines()[1])
        name = "灯"
    """
    blocks = [
        _block(
            "[campaign]",
            {
                "name": campaign.name,
                "kind": campaign.kind,
                "release_at": campaign.release_at,
                "proposition": campaign.proposition,
                "emotions": campaign.emotions,
                "competitors": campaign.competitors,
                "topics": campaign.topics,
                "hashtags": campaign.story.hashtags or None,
                "sample": campaign.sample,
            },
        ),
        _block(
            "[film]",
            {
                "subtitles": campaign.film.subtitles,
                "video": campaign.film.video,
                "script": campaign.film.script,
                "characters": [
                    {"name": some.name, "aliases": some.aliases} for some in campaign.film.characters
                ],
                "intended_reversal": campaign.film.intended_reversal,
                "genre": campaign.story.genre,
            },
        ),
    ]
    blocks += _told(campaign.story)
    blocks += [
        _block(
            "[[node]]",
            {
                "id": node.node_id,
                "kind": node.kind,
                "at": node.at,
                "platform": node.platform,
                "title": node.title,
                "text": node.text,
                "file": node.file,
                "entry": node.entry,
            },
        )
        for node in campaign.nodes
    ]
    blocks += [
        _block(
            "[[event]]",
            {
                "kind": event.kind,
                "start": event.start,
                "end": event.end,
                "platform": event.platform,
                "city": event.city,
                "cost_cny": event.cost_cny,
                "followers": event.followers,
                "node": event.node_id,
                "note": event.note,
            },
        )
        for event in campaign.events
        if event.kind not in LATER_KINDS
    ]
    blocks += [
        _block(
            "[[circle]]",
            {
                "name": some.name,
                "keywords": some.keywords,
                "platforms": some.platforms,
                "regions": some.regions,
                "planned_share": some.planned_share,
            },
        )
        for some in campaign.circles
    ]
    return "\n".join(blocks).encode()


def _told(story: Story) -> list[str]:
    """Return card, brand and claims, where the campaign has them."""
    card = {"key_words": story.key_words, "lines": story.lines, "never": story.never}
    made = [_block("[card]", card)] if any(card.values()) else []
    made += [_block("[brand]", {"names": story.brand})] if story.brand else []
    return made + [_block("[[claim]]", {"text": claim}) for claim in story.claims]


def _block(head: str, values: Mapping[str, Value]) -> str:
    rows = [f"{key} = {_toml(value)}" for key, value in values.items() if value is not None]
    return "\n".join([head, *rows, ""])


def _toml(value: object) -> str:
    """Return a TOML value; strings of the samples hold neither quotes nor control characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key} = {_toml(some)}" for key, some in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, Sequence):
        return f"[{', '.join(_toml(some) for some in value)}]"
    raise ValueError(f"no TOML for {value!r}")
