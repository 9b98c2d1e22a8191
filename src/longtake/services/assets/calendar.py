"""The assets of a campaign over its days: rhythm, pauses, and what stood around each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from longtake.domain.campaign import Campaign
from longtake.domain.event import Event
from longtake.domain.figure import Figure
from longtake.domain.node import Node
from longtake.heat.measures.cadence import Cadence, cadence
from longtake.services.assets.kinds import KINDS, kind_of
from longtake.services.assets.response import responses
from longtake.services.reports.draft import CHINA, Draft
from longtake.services.reports.heat.talk import Talk, talk
from longtake.services.reports.marks import events as acts_of

ALL = "all"
BESIDE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Asset:
    """One thing that was, or is to be, put before people.

    Attributes:
        key: The node's id; for an act without a node its kind and start.
        kind: One of ``KINDS``.
        title: Its name; empty when it has none.
        at: When it went out, aware UTC; None when nobody wrote it down.
        platform: Where; None when it is tied to none.
        planned: Whether it is only planned.
        beside: How many other assets and acts fall within a day of it.
        figures: What is known of its response; none of what is only planned or undated.
    """

    key: str
    kind: str
    title: str
    at: datetime | None
    platform: str | None
    planned: bool
    beside: int = 0
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of asset over time.

    Attributes:
        kind: One of ``KINDS``, or ``all``.
        n: How many are dated and out.
        cadence: Its rhythm and pauses.
    """

    kind: str
    n: int
    cadence: Cadence


@dataclass(frozen=True, slots=True)
class AssetCalendar:
    """Every asset, and the rhythm of each kind.

    Attributes:
        assets: The oldest first, undated last.
        lines: All together first, then each kind that has any.
        until: Last day of the campaign's talk; None where nothing was counted.
    """

    assets: tuple[Asset, ...]
    lines: tuple[Line, ...]
    until: date | None

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the responses."""
        return tuple(figure for asset in self.assets for figure in asset.figures)


def calendar(draft: Draft) -> AssetCalendar:
    """Return the assets of a campaign that is being measured, with what stood around each.

    Raises:
        LongtakeError: The lake cannot be read.
    """
    talks: tuple[Talk, ...] = draft.once("talks", lambda: talk(draft))
    last = max((one.last for one in talks if one.last is not None), default=None)
    nodes = [
        Node(row["node_id"], row["kind"], at=row["at"], platform=row["platform"], title=row["title"])
        for row in draft.run("nodes")
    ]
    known = {node.node_id for node in nodes}
    nodes += [node for node in draft.campaign.nodes if node.node_id not in known]
    acts = acts_of(draft)
    made = _laid_out(nodes, acts, None if last is None else last.astimezone(CHINA).date())
    told = responses(draft, [(a.key, a.title, a.at, a.platform) for a in made.assets if not a.planned])
    return replace(
        made, assets=tuple(replace(asset, figures=told.get(asset.key, ())) for asset in made.assets)
    )


def planned(campaign: Campaign) -> AssetCalendar:
    """Return the assets a campaign's file names, before anything is measured."""
    return _laid_out(campaign.nodes, campaign.events, None)


def _laid_out(nodes: Sequence[Node], acts: Sequence[Event], until: date | None) -> AssetCalendar:
    found = _of_nodes(nodes, acts, until)
    found += _of_acts(acts, found)
    moments = [(act.start, act.kind) for act in acts]
    placed = [replace(asset, beside=_beside(asset, found, moments)) for asset in found]
    ordered = sorted(placed, key=lambda a: (a.at is None, a.at or datetime.max.replace(tzinfo=CHINA), a.key))
    out = [a for a in ordered if a.at is not None and not a.planned]
    kinds = [ALL, *(kind for kind in KINDS if any(a.kind == kind for a in out))] if out else []
    lines = tuple(_line(kind, [a for a in out if kind in {ALL, a.kind}], until) for kind in kinds)
    return AssetCalendar(tuple(ordered), lines, until)


def _of_nodes(nodes: Iterable[Node], acts: Sequence[Event], until: date | None) -> list[Asset]:
    found = []
    for node in nodes:
        kind = kind_of(node.kind, node=True)
        if kind is None:
            continue
        own = sorted((act for act in acts if act.node_id == node.node_id), key=lambda act: act.start)
        at = node.at or (own[0].start if own else None)
        waits = node.at is None and bool(own) and own[0].planned is True
        later = at is not None and until is not None and _day(at) > until
        found.append(Asset(node.node_id, kind, node.title or "", at, node.platform, waits or later))
    return found


def _of_acts(acts: Iterable[Event], nodes: Sequence[Asset]) -> list[Asset]:
    """Return the acts that are assets of their own: those that push a node are the node's."""
    named = {asset.key for asset in nodes}
    known = {(a.kind, a.platform, _day(a.at)) for a in nodes if a.at is not None}
    known |= {(kind, None, day) for kind, _, day in known}
    found: dict[str, Asset] = {}
    for act in acts:
        kind = kind_of(act.kind, node=False)
        if kind is None or act.node_id in named or (kind, act.platform, _day(act.start)) in known:
            continue
        key = f"{act.kind}-{act.start.astimezone(CHINA):%Y%m%d%H%M}-{act.platform or ALL}"
        found.setdefault(key, Asset(key, kind, act.note or "", act.start, act.platform, act.planned is True))
    return list(found.values())


def _beside(asset: Asset, assets: Sequence[Asset], acts: Sequence[tuple[datetime, str]]) -> int:
    if asset.at is None:
        return 0
    near = {
        (one.at, one.key)
        for one in assets
        if one.key != asset.key and one.at is not None and abs(one.at - asset.at) < BESIDE
    }
    near |= {
        (at, kind) for at, kind in acts if kind_of(kind, node=False) is None and abs(at - asset.at) < BESIDE
    }
    return len(near)


def _line(kind: str, assets: Sequence[Asset], until: date | None) -> Line:
    return Line(kind, len(assets), cadence([_day(a.at) for a in assets if a.at is not None], until=until))


def _day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
