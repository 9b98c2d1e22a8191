"""Who wrote: official accounts, opinion leaders, the audience, and texts that were copied."""

from __future__ import annotations

from typing import Any

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.figure import Evidence
from longtake.heat.measures.share import share
from longtake.services.reports.draft import Draft
from longtake.services.reports.speech.flooded import flooded

KINDS = ("official", "kol", "audience")
COPIES = 10
REGIONS = 15


def section(draft: Draft) -> Section | None:
    """Return the section on who wrote; None without comments."""
    kinds = {row["author_kind"]: row for row in draft.run("author_kinds")}
    whole = sum(row["n"] for row in kinds.values())
    if not whole:
        return None
    known = sum(kinds[kind]["n"] for kind in KINDS if kind in kinds)
    figures = [
        draft.figure(
            f"who.{kind}",
            "author_share",
            share(kinds[kind]["n"] if kind in kinds else 0, known),
            Evidence("rows.comments", {"author_kind": kind}),
            {"kind": kind},
        )
        for kind in KINDS
        if known
    ]
    copied = sum(row["n"] for row in draft.run("copies", at_least=COPIES))
    copies = draft.figure(
        "who.copies", "copies_share", share(copied, whole), Evidence("rows.copies", {"at_least": COPIES})
    )
    told = draft.figure(
        "who.told",
        "author_told",
        share(known, whole),
        Evidence("rows.comments", {"author_told": True}),
    )
    heard = draft.run("regions")
    located = draft.figure(
        "who.located",
        "located_share",
        share(sum(row["n"] for row in heard if row["region"]), whole),
        Evidence("rows.comments", {"located": True}),
    )
    said = Sentence("who_wrote", {f.slots["kind"]: f for f in figures}) if known else Sentence("who_unknown")
    storm = flooded(draft)
    return Section(
        "who",
        (said, Sentence("who_floods", {"floods": storm.whole})),
        figures=(*figures, storm.whole, told),
        charts=(_regions(draft, heard),) if len(heard) > 2 else (),
        quotes={"floods": storm.quotes} if storm.quotes else {},
        notes=("who_told", "who_floods"),
        more=(located, copies, *((storm.largest,) if storm.largest else ())),
        tables={"floods": storm.table} if storm.table.rows else {},
    )


def _regions(draft: Draft, rows: list[dict[str, Any]]) -> Chart:
    shown = tuple((row["region"], row["n"]) for row in rows if row["region"])[:REGIONS]
    return Chart(
        id="regions",
        title="regions",
        form="bars",
        table=Table((Column("region"), Column("comments", "number")), shown),
        x="region",
        y="comments",
        unit="comments",
        figures=(f"{draft.campaign.id}:who.located",),
    )
