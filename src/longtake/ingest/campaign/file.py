"""Read ``campaign.toml``: every key checked, every unknown key named."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from longtake.domain.campaign import Campaign, Character, Circle, Film
from longtake.domain.event import Event
from longtake.domain.node import Node
from longtake.errors import CampaignFileError
from longtake.ingest.campaign.ids import campaign_id, has_letters
from longtake.ingest.campaign.story import claim, story
from longtake.ingest.campaign.table import Table

NAME = "campaign.toml"


def load(path: Path) -> Campaign:
    """Return what a campaign file says.

    Args:
        path: A ``campaign.toml``.

    Raises:
        CampaignFileError: It is not TOML, has no name, or a value is of the wrong kind.
    """
    try:
        return parse(path.read_text("utf-8-sig"), path)
    except UnicodeDecodeError as error:
        raise CampaignFileError(
            path, key="the file", value=f"byte {error.start}", expected="UTF-8 text"
        ) from error
    except OSError as error:
        raise CampaignFileError(
            path, key="the file", value=str(error.strerror), expected="a readable file"
        ) from error


def parse(text: str, path: Path = Path(NAME)) -> Campaign:
    r"""Return what the text of a campaign file says.

    Raises:
        CampaignFileError: It is not TOML, has no name, or a value is of the wrong kind.

    Examples:
        >>> text = '[campaign]\nname = "灯下的人"\nrelease_at = 2026-01-08T10:00:00+08:00'
        >>> parse(text).release_at.isoformat()
        '2026-01-08T02:00:00+00:00'
        >>> parse('[campaign]\nname = "x"\ncolour = "red"').unknown_keys
        ('campaign.colour',)
    """
    try:
        document = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise CampaignFileError(
            path, key="the file", value=str(error)[:120], expected="TOML as in the README"
        ) from error
    root = Table(path, "", document)
    campaign = root.table("campaign")
    name = campaign.text("name")
    if name is None or not has_letters(name):
        raise CampaignFileError(path, key="campaign.name", value=name or "", expected="the film's name")
    film = root.table("film")
    card, brand = root.table("card"), root.table("brand")
    nodes = root.tables("node", lambda table: (_node(table), table.flag("intended_reversal")))
    told = story(campaign, film, card, brand, root.tables("claim", claim))
    told = replace(told, reversals=tuple(node.node_id for node, reversal in nodes if reversal))
    made = Campaign(
        id=campaign_id(name),
        name=name.strip(),
        kind=campaign.one_of("kind", ("short", "feature")),
        release_at=campaign.moment("release_at"),
        proposition=campaign.text("proposition"),
        emotions=campaign.texts("emotions"),
        competitors=campaign.texts("competitors"),
        topics=campaign.texts("topics"),
        sample=campaign.flag("sample"),
        film=Film(
            subtitles=film.text("subtitles"),
            video=film.text("video"),
            characters=film.tables("characters", _character),
            intended_reversal=film.flag("intended_reversal"),
            script=film.text("script"),
        ),
        nodes=tuple(node for node, _ in nodes),
        events=root.tables("event", _event),
        circles=root.tables("circle", _circle),
        story=told,
    )
    unknown = sorted({key for table in (root, campaign, film, card, brand) for key in table.unknown()})
    return replace(made, unknown_keys=tuple(unknown))


def _character(table: Table) -> Character:
    return Character(table.required("name"), table.texts("aliases"))


def _circle(table: Table) -> Circle:
    planned = table.number("planned_share")
    if planned is not None and planned > 1:
        raise table.wrong("planned_share", planned, "a share from 0 to 1, such as 0.3")
    return Circle(
        name=table.required("name"),
        keywords=table.texts("keywords"),
        platforms=table.texts("platforms"),
        regions=table.texts("regions"),
        accounts=table.texts("accounts"),
        ticket_buyers=table.flag("ticket_buyers"),
        planned_share=planned,
    )


def _node(table: Table) -> Node:
    return Node(
        node_id=table.required("id"),
        kind=table.required("kind"),
        at=table.moment("at"),
        platform=table.text("platform"),
        title=table.text("title"),
        text=table.text("text"),
        file=table.text("file"),
        entry=table.one_of("entry", ("vote", "template", "challenge", "cta", "none")),
        owner=table.text("owner"),
    )


def _event(table: Table) -> Event:
    start, end = table.moment("start"), table.moment("end")
    if start is None:
        raise table.wrong("start", "", "when it began, such as 2026-01-08T10:00:00+08:00")
    if end is not None and end < start:
        raise table.wrong("end", end.isoformat(), "an end that is not before the start")
    return Event(
        kind=table.required("kind"),
        start=start,
        source_line=0,
        end=end,
        platform=table.text("platform") or None,
        city=table.text("city") or None,
        cost_cny=table.number("cost_cny"),
        followers=table.number("followers"),
        planned=table.flag("planned"),
        node_id=table.text("node"),
        note=table.text("note"),
    )
