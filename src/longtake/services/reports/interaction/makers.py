"""Who makes something of it: re-creations, where each form came from and how it spread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from longtake.diagnosis.playbook.reference import references
from longtake.diagnosis.playbook.talk import words
from longtake.domain.answers.report import Cell, Column, Table
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import METHOD, share
from longtake.heat.measures.shortfall import shortfall
from longtake.ingest.values.hashtags import hashtags
from longtake.services.reports.draft import JOIN, Draft
from longtake.services.reports.interaction.entries import NONE, node_entries
from longtake.services.reports.interaction.passing import audience
from longtake.services.reports.masking import masked
from longtake.services.reports.speech.flooded import copies

KINDS = ("official", "kol", "audience")
SHOWN = 12
LEAST_AUTHORS = 20
LEAST_SEED = 3
TENTH = 10
SHORTEST_TITLE = 3


@dataclass(frozen=True, slots=True)
class Lineage:
    """One form that people took up: a topic, a node's title, or a wording that many vary.

    Attributes:
        seed: What marks it.
        form: topic, node or wording.
        posts: Comments and posts that carry it.
        creators: Different authors among them; None where no author is known.
        audience: Share of those whose author is known to be audience; None where no kind is known.
        first: When it was first seen.
        first_by: Kind of the first author; unknown where the file does not tell.
        to_tenth: Hours from the first to the tenth author; None where there are fewer.
        largest: Share of the most frequent author.
    """

    seed: str
    form: str
    posts: int
    creators: int | None
    audience: float | None
    first: datetime | None
    first_by: str
    to_tenth: float | None
    largest: float | None


def lineages(draft: Draft) -> tuple[Lineage, ...]:
    """Return the forms that people took up, the most taken up first."""
    found: tuple[Lineage, ...] = draft.once("lineages", lambda: _lineages(draft))
    return found


def _lineages(draft: Draft) -> tuple[Lineage, ...]:
    rows = draft.run("spoken")
    carried: dict[tuple[str, str], list[dict[str, Any]]] = {}
    titles = _titles(draft)
    for row in rows:
        text = row["text"]
        tags = (hashtags(text) or "").strip("#").split("##") if "#" in text else []
        for tag in dict.fromkeys(tag for tag in tags if tag):
            carried.setdefault(("topic", tag), []).append(row)
        for title in titles:
            if title in text and title not in tags:
                carried.setdefault(("node", title), []).append(row)
    found = copies(draft)
    groups = {one.group: one for one in found.groups if not one.storm and one.wordings > 1}
    for index, group in enumerate(found.group.tolist()):
        if group in groups:
            seed = masked(rows[groups[group].index]["text"])[0]
            carried.setdefault(("wording", seed), []).append(rows[index])
    made = [_lineage(seed, form, some) for (form, seed), some in carried.items() if len(some) >= LEAST_SEED]
    made.sort(key=lambda one: (-(one.creators or 0), -one.posts, one.form, one.seed))
    return tuple(made)


def _titles(draft: Draft) -> tuple[str, ...]:
    """Return the titles of nodes that people can take part in, the film's own name left out."""
    plain = draft.campaign.name.strip("《》")
    titles = {
        node.title
        for node in node_entries(draft)
        if node.entry not in {None, NONE} and len(node.title) >= SHORTEST_TITLE
    }
    return tuple(sorted(title for title in titles if title.strip("《》") != plain))


def _lineage(seed: str, form: str, rows: Sequence[dict[str, Any]]) -> Lineage:
    timed = sorted((row for row in rows if row["at"] is not None), key=lambda row: row["at"])
    authors = Counter(row["author"] for row in rows if row["author"] is not None)
    kinds = Counter(row["author_kind"] for row in rows if row["author_kind"] is not None)
    told = sum(kinds.values())
    return Lineage(
        seed=seed,
        form=form,
        posts=len(rows),
        creators=len(authors) or None,
        audience=kinds["audience"] / told if told else None,
        first=timed[0]["at"] if timed else None,
        first_by=(timed[0]["author_kind"] if timed else None) or "unknown",
        to_tenth=_to_tenth(timed),
        largest=max(authors.values()) / sum(authors.values()) if authors else None,
    )


def _to_tenth(timed: Iterable[dict[str, Any]]) -> float | None:
    firsts: dict[str, datetime] = {}
    for row in timed:
        if row["author"] is not None:
            firsts.setdefault(row["author"], row["at"])
    moments = sorted(firsts.values())
    if len(moments) < TENTH or any(later < sooner for sooner, later in pairwise(moments)):
        return None
    return (moments[TENTH - 1] - moments[0]).total_seconds() / 3600


def making_words(draft: Draft) -> tuple[str, ...]:
    """Return the words by which somebody makes something of it, or takes part by name."""
    return (*words("recreation"), *_titles(draft))


def _making(draft: Draft) -> tuple[set[str], set[str]]:
    """Return the audience's authors, and those of them who made something or took part by name."""
    found: tuple[set[str], set[str]] = draft.once("makers", lambda: _sorted_out(draft))
    return found


def _sorted_out(draft: Draft) -> tuple[set[str], set[str]]:
    marks = making_words(draft)
    spoke = {row["author"] for row in audience(draft) if row["author"] is not None}
    made = {
        row["author"]
        for row in audience(draft)
        if row["author"] is not None and any(mark in row["text"] for mark in marks)
    }
    return spoke, made


def makers(draft: Draft) -> Figure:
    """Return the share of the audience's authors who made something or took part by name."""
    return draft.figure("interaction.makers", "makers", _rate(draft), makers_rows())


def few_creators(draft: Draft) -> Figure:
    """Return how far that share stays behind what is usual."""
    quantity = shortfall(_rate(draft), references()["makers"].value)
    return draft.figure("interaction.few_creators", "few_creators", quantity, makers_rows())


def creators(draft: Draft) -> tuple[Figure, ...]:
    """Return who wrote under the campaign's topics: official accounts, opinion leaders, audience."""
    tagged = [row for row in draft.run("spoken") if "#" in row["text"] and row["author_kind"] is not None]
    kinds = Counter(row["author_kind"] for row in tagged)
    return tuple(
        draft.figure(
            f"interaction.under_topics.{kind}",
            "under_topics",
            share(kinds[kind], len(tagged)),
            Evidence("rows.comments", {"contains": "#", "author_kind": kind}),
            {"kind": kind},
        )
        for kind in KINDS
        if tagged
    )


def makers_rows() -> Evidence:
    """Return the rows of the audience that speak of making something."""
    return Evidence("rows.comments", {"words": JOIN.join(words("recreation")), "author_not": "official"})


def _rate(draft: Draft) -> Quantity:
    spoke, made = _making(draft)
    if len(spoke) < LEAST_AUTHORS:
        reason = "too_few_authors" if spoke else "no_authors"
        return Unknown(reason, METHOD, "share", len(spoke), LEAST_AUTHORS)
    return share(len(made), len(spoke))


def lineage_table(draft: Draft) -> Table:
    """Return one row a form, the most taken up first."""
    columns = (
        Column("seed"),
        Column("form"),
        Column("posts", "number"),
        Column("creators", "number"),
        Column("audience_share", "share"),
        Column("first", "time"),
        Column("author_kind"),
        Column("hours_to_tenth", "number"),
        Column("largest_share", "share"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            one.seed,
            one.form,
            one.posts,
            one.creators,
            None if one.audience is None else round(one.audience, 4),
            one.first,
            one.first_by,
            None if one.to_tenth is None else round(one.to_tenth, 1),
            None if one.largest is None else round(one.largest, 4),
        )
        for one in lineages(draft)[:SHOWN]
    ]
    return Table(columns, tuple(rows))
