"""Copies that flood the talk: kept, counted and shown apart."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.answers.report import Column, Quote, Table
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import share
from longtake.language.copying.floods import Flood, Floods, floods
from longtake.services.reports.draft import JOIN, Draft
from longtake.services.reports.masking import masked

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Flooded:
    """What floods say of a campaign.

    Attributes:
        whole: Share of comments in flagged groups.
        largest: Share of the largest flagged group; None without any.
        table: The largest flagged groups.
        quotes: One comment of each of the first.
    """

    whole: Figure
    largest: Figure | None
    table: Table
    quotes: tuple[Quote, ...]


def flooded(draft: Draft) -> Flooded:
    """Return the floods among all comments of a campaign."""
    found = copies(draft)
    storms = [group for group in found.groups if group.storm]
    said = int((found.group >= 0).sum())
    wordings = _wordings(draft, found)
    whole = draft.figure(
        "who.floods",
        "flood_share",
        share(int(found.storm.sum()), said),
        _texts([text for group in storms for text in wordings[group.group]]),
    )
    largest = None
    if storms:
        first = storms[0]
        largest = draft.figure(
            "who.floods.largest", "flood_largest", share(first.size, said), _texts(wordings[first.group])
        )
    return Flooded(whole, largest, _table(draft, storms[:SHOWN]), tuple(_quotes(draft, storms[:2])))


def copies(draft: Draft) -> Floods:
    """Return the floods among all comments, in the order of the query ``spoken``."""

    def find() -> Floods:
        rows = draft.run("spoken")
        return floods([row["text"] for row in rows], authors=[row["author"] for row in rows])

    found: Floods = draft.once("floods", find)
    return found


def _wordings(draft: Draft, found: Floods) -> dict[int, list[str]]:
    """Return the distinct texts of each flagged group: whoever says one of them belongs to it."""
    made: dict[int, set[str]] = {}
    rows = draft.run("spoken")
    for index in found.storm.nonzero()[0].tolist():
        made.setdefault(int(found.group[index]), set()).add(rows[index]["text"])
    return {group: sorted(texts) for group, texts in made.items()}


def _texts(texts: list[str]) -> Evidence:
    return Evidence("rows.comments", {"texts": JOIN.join(sorted(texts))})


def _table(draft: Draft, storms: list[Flood]) -> Table:
    rows = draft.run("spoken")
    columns = (
        Column("text"),
        Column("copies", "number"),
        Column("share", "share"),
        Column("wordings", "number"),
        Column("authors", "number"),
    )
    made = [
        (masked(rows[one.index]["text"])[0], one.size, one.share, one.wordings, one.authors) for one in storms
    ]
    return Table(columns, tuple(made))


def _quotes(draft: Draft, storms: list[Flood]) -> list[Quote]:
    rows = draft.run("spoken")
    made = []
    for one in storms:
        row = rows[one.index]
        made.append(
            Quote(
                text=masked(row["text"])[0],
                platform=row["platform"],
                at=row["at"],
                source_file=row["source_file"],
                source_line=row["source_line"],
                label="flood",
                likes=row["likes"],
            )
        )
    return made
