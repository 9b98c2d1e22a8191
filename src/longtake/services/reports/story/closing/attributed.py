"""Which comments belong to which communication node, by the surest way there is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from longtake.domain.figure import Evidence, Scalar
from longtake.ingest.values.hashtags import hashtags
from longtake.services.reports.draft import JOIN, Draft, iso
from longtake.services.reports.positioning.crowd import Key, flooding, key_of

AFTER = timedelta(hours=48)
"""How long a node that went out is taken to be spoken of, where nothing else ties a comment to it."""
LEAST_TITLE = 4
LEAST = 10
WAYS = ("node_id", "work", "topic", "window")
HOUR = {"minute": 0, "second": 0, "microsecond": 0}


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """The comments of one node.

    Attributes:
        node_id: Its name in the campaign.
        way: node_id, work, topic or window: how they were told to be its own.
        comments: The comments, official accounts and flooding copies left out.
        evidence: The rows of their answers.
    """

    node_id: str
    way: str
    comments: tuple[dict[str, Any], ...]
    evidence: Evidence


def spoken(draft: Draft) -> list[dict[str, Any]]:
    """Return the comments of people, each with the post it stands under."""
    found: list[dict[str, Any]] = draft.once("story.spoken", lambda: _spoken(draft))
    return found


def _spoken(draft: Draft) -> list[dict[str, Any]]:
    under = {key_of(row): row["node_id"] for row in draft.run("circle_members")}
    copied = flooding(draft)
    return [
        {**row, "node_id": under.get(key_of(row))}
        for row in draft.run("spoken")
        if row["author_kind"] != "official" and key_of(row) not in copied
    ]


def attributed(draft: Draft) -> tuple[Heard, ...]:
    """Return each node's comments, in order of going out; nodes nobody is known to speak of are left out.

    In this order, the first way that finds ten comments or more, else the one that finds most: comments that
    stand under the node itself; under a work of its title; that hold its title or a hashtag no other node
    has; that were written within 48 hours of it, on its platform, before the next node there. Comments a
    surer way gives to any node are nobody's by the window.
    """
    nodes = draft.run("nodes")
    comments = spoken(draft)
    works = _works(draft, nodes)
    marks = _marks(draft, nodes)
    under: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in comments:
        if row["node_id"] is not None:
            under[row["node_id"]].append(row)
    surely: dict[str, dict[str, list[dict[str, Any]]]] = {}
    taken: set[Key] = set()
    for node in nodes:
        name = node["node_id"]
        ways = {
            "node_id": under.get(name, []),
            "work": [row for work in works.get(name, ()) for row in under.get(work, [])],
            "topic": [row for row in comments if any(mark in row["text"] for mark in marks[name])],
        }
        surely[name] = ways
        taken |= {key_of(row) for rows in ways.values() for row in rows}
    free = [row for row in comments if row["at"] is not None and key_of(row) not in taken]
    made = []
    for node in nodes:
        name, until = node["node_id"], _until(node, nodes)
        ways = dict(surely[name])
        ways["window"] = (
            [row for row in free if node["at"] <= row["at"] < until and _same(node, row)] if until else []
        )
        way = next(
            (one for one in WAYS if len(ways[one]) >= LEAST), max(WAYS, key=lambda one: len(ways[one]))
        )
        if ways[way]:
            rows = _evidence(way, node, until, tuple(works.get(name, ())), marks[name])
            made.append(Heard(name, way, tuple(ways[way]), rows))
    return tuple(made)


def _evidence(
    way: str, node: Mapping[str, Any], until: datetime | None, works: Sequence[str], marks: Sequence[str]
) -> Evidence:
    params: dict[str, Scalar] = {"label": "summary"}
    if way in {"node_id", "work"}:
        params["nodes"] = JOIN.join(works if way == "work" else (node["node_id"],))
    elif way == "topic":
        params["words"] = JOIN.join(marks)
    else:
        params["hour_from"] = iso(node["at"].replace(**HOUR))
        params["hour_to"] = iso(until) if until else None
        params |= {"platforms": node["platform"]} if node["platform"] else {}
    return Evidence("rows.labels", params)


def _works(draft: Draft, nodes: Sequence[Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return the platforms' own ids of works that bear a node's title."""
    titles = {node["title"].strip(): node["node_id"] for node in nodes if _telling(node["title"])}
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in draft.run("node_metrics"):
        name = titles.get((row["subject"] or "").strip())
        if name is not None and row["node_id"]:
            found[name][row["node_id"]] = None
    return {name: list(ids) for name, ids in found.items()}


def _marks(draft: Draft, nodes: Sequence[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """Return what in a comment names a node and no other: its title, its hashtags."""
    made: dict[str, list[str]] = {}
    for node in nodes:
        tags = hashtags(f"{node['title'] or ''} {node['text'] or ''}") or ""
        title = [node["title"].strip()] if _telling(node["title"]) else []
        made[node["node_id"]] = [*title, *(f"#{tag}" for tag in tags.split("#") if tag)]
    own = {*draft.topics, draft.campaign.name, *draft.campaign.story.hashtags}
    counts = Counter(mark for marks in made.values() for mark in set(marks))
    return {
        name: tuple(m for m in dict.fromkeys(marks) if counts[m] == 1 and m.strip("#《》") not in own)
        for name, marks in made.items()
    }


def _telling(title: str | None) -> bool:
    return title is not None and len(title.strip()) >= LEAST_TITLE


def _until(node: Mapping[str, Any], nodes: Sequence[Mapping[str, Any]]) -> datetime | None:
    if node["at"] is None:
        return None
    later = [
        one["at"]
        for one in nodes
        if one["at"] is not None
        and one["at"] > node["at"]
        and (one["platform"] is None or node["platform"] in {None, one["platform"]})
    ]
    end: datetime = min([node["at"] + AFTER, *later])
    return end


def _same(node: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    return node["platform"] is None or node["platform"] == row["platform"]
