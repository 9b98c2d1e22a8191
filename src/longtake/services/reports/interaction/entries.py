"""Communication nodes: which of them let people take part, and what would fit those that do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from longtake.diagnosis.playbook.copy.asking import asks
from longtake.diagnosis.playbook.entry import Fit, fits, fitting
from longtake.domain.answers.report import Cell, Column, Table
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.share import share
from longtake.services.reports.draft import Draft
from longtake.services.reports.masking import masked

NONE = "none"
ASKING = "cta"


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """One node and its way to take part.

    Attributes:
        node_id: Its name in the campaign.
        kind: Its kind.
        platform: Where it went out.
        at: When.
        title: Its title, else its copy, else its id.
        entry: vote, template, challenge, cta or none; None where nobody said and its copy does not ask.
        read: Whether the entry was read off its copy.
        fit: What would fit it; None where it has an entry.
        owner: Who answers for it.
    """

    node_id: str
    kind: str
    platform: str | None
    at: datetime | None
    title: str
    entry: str | None
    read: bool
    fit: Fit | None
    owner: str | None


def node_entries(draft: Draft) -> tuple[NodeEntry, ...]:
    """Return the nodes of the campaign, in order of going out."""
    found: tuple[NodeEntry, ...] = draft.once("node_entries", lambda: _found(draft))
    return found


def _found(draft: Draft) -> tuple[NodeEntry, ...]:
    known = fits()
    made = []
    for row in draft.run("nodes"):
        entry, read = row["entry"], False
        # A copy that asks for an answer is an entry, whether or not somebody wrote it down as one.
        if entry is None and asks(row["text"] or ""):
            entry, read = ASKING, True
        fit = None if entry not in {None, NONE} else fitting(row["kind"], row["platform"], known)
        title = row["title"] or row["text"] or row["node_id"]
        made.append(
            NodeEntry(
                row["node_id"],
                row["kind"],
                row["platform"],
                row["at"],
                masked(title)[0],
                entry,
                read,
                fit,
                row["owner"],
            )
        )
    return tuple(made)


def without_entry(draft: Draft) -> Figure:
    """Return the share of nodes without a way to take part, among those of which it is known.

    The interval takes the nodes for draws of how this team works: a few nodes say little of the next.
    """
    nodes = node_entries(draft)
    told = [node for node in nodes if node.entry is not None]
    quantity: Quantity
    if told:
        quantity = share(sum(node.entry == NONE for node in told), len(told))
    else:
        quantity = Unknown("entries_untold" if nodes else "no_nodes", "count of nodes", "share", len(nodes))
    return draft.figure(
        "interaction.nodes_without_entry", "nodes_without_entry", quantity, Evidence("rows.nodes")
    )


def node_table(draft: Draft) -> Table:
    """Return one row a node, with what would fit and why where it has no entry."""
    columns = (
        Column("node"),
        Column("kind"),
        Column("platform", "code"),
        Column("at", "time"),
        Column("entry"),
        Column("fit_entry"),
        Column("fit_why"),
        Column("owner"),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            node.title,
            node.kind,
            node.platform,
            node.at,
            node.entry,
            node.fit.entry if node.fit else None,
            node.fit.key if node.fit else None,
            node.owner,
        )
        for node in node_entries(draft)
    )
    return Table(columns, rows)
