"""Generations, channels, the largest trees, and what has no place in any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np

from longtake.domain.answers.report import Cell, Chart, Column, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.heat.referrals.bringing import sizes
from longtake.heat.referrals.tree import DAY, ROOT
from longtake.services.reports.referrals.measured import Invited, of

TREES = 10
SHORT = 8
ENDS = (Column("low", "number"), Column("high", "number"), Column("n", "number"))


def generations(made: Invited) -> Table:
    """Return each generation: people, what of their bringing could be seen, how many each brings."""
    found, rows = made.found, []
    for number, people in enumerate(sizes(found)):
        mine = found.generation == number
        seen = made.bringing.share[mine]
        known = seen[np.isfinite(seen)]
        quantity = of(made, mine)
        ends: tuple[Cell, ...] = (
            (round(quantity.value, 4), round(quantity.low, 4), round(quantity.high, 4), quantity.n)
            if isinstance(quantity, Estimate)
            else (None, None, None, quantity.n)
        )
        share = round(float(known.mean()), 4) if known.size else None
        rows.append((str(number), people, int(found.brought[mine].sum()), share, *ends))
    columns = (
        Column("generation", "code"),
        Column("people", "number"),
        Column("brought_people", "number"),
        Column("seen_share", "share"),
        Column("brings", "number"),
        *ENDS,
    )
    return Table(columns, tuple(rows))


def groups(parts: Mapping[str, Mapping[str, Figure]]) -> Table:
    """Return how many further people each channel's and each arm's people bring."""
    rows: list[tuple[Cell, ...]] = []
    for kind, named in parts.items():
        for name, figure in named.items():
            held = figure.quantity
            ends: tuple[Cell, ...] = (
                (round(held.value, 4), round(held.low, 4), round(held.high, 4), held.n)
                if isinstance(held, Estimate)
                else (None, None, None, held.n)
            )
            rows.append((kind, name, *ends))
    columns = (Column("referral_kind"), Column("channel"), Column("brings", "number"), *ENDS)
    return Table(columns, tuple(rows))


def trees(made: Invited) -> Table:
    """Return the largest trees by whoever stands at their top, a keyed pseudonym cut short."""
    found = made.found
    top = found.parent.copy()
    order = np.argsort(found.generation, kind="stable")
    root = np.arange(found.n)
    for i in order.tolist():
        if top[i] != ROOT:
            root[i] = root[top[i]]
    size = np.bincount(root, minlength=found.n)
    depth = np.zeros(found.n, dtype=np.int64)
    np.maximum.at(depth, root, found.generation)
    largest = [i for i in np.argsort(-size, kind="stable").tolist() if size[i] > 1][:TREES]
    rows: list[tuple[Cell, ...]] = []
    for i in largest:
        one = made.invitations[int(found.row[i])]
        name = (one.person or one.code or "")[:SHORT]
        rows.append((name, one.used_at, one.channel, int(found.brought[i]), int(size[i]) - 1, int(depth[i])))
    columns = (
        Column("tree_top", "code"),
        Column("came_at", "time"),
        Column("channel"),
        Column("brought_people", "number"),
        Column("people_below", "number"),
        Column("generations", "number"),
    )
    return Table(columns, tuple(rows))


def odd(made: Invited) -> Table:
    """Return what was told apart from the tree, kinds that occur alone."""
    rows = tuple((kind, count) for kind, count in made.found.odd.items() if count)
    return Table((Column("referral_odd"), Column("n", "number")), rows)


def chart(made: Invited, figure: Figure) -> Chart | None:
    """Return people by generation; None with one generation."""
    counts = sizes(made.found)
    if len(counts) < 2:
        return None
    rows = tuple((str(number), people) for number, people in enumerate(counts))
    return Chart(
        id="referral-generations",
        title="referral_generations",
        form="bars",
        table=Table((Column("generation", "code"), Column("people", "number")), rows),
        x="generation",
        y="people",
        unit="authors",
        figures=(figure.id,),
    )


def day(until: float) -> datetime:
    """Return a moment given in days since 1970, aware UTC.

    Examples:
        >>> day(20_000.5).isoformat()
        '2024-10-04T12:00:00+00:00'
    """
    return datetime.fromtimestamp(until * DAY, UTC)
