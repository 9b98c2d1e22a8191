"""Totals that platforms or makers state: reads, plays, discussions, and how each work did."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from longtake.domain.answers.report import Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.services.reports.draft import Draft, part

CLAIMED = ("reads", "plays", "discussions")
SHOWN = 5
WORKS = 20
METRICS = ("plays", "impressions", "likes", "comments", "shares", "favourites", "completion_rate")


def figures(draft: Draft, lists: Collection[str]) -> tuple[Figure, ...]:
    """Return the latest stated total of each topic and metric, the largest first.

    Args:
        draft: The campaign being measured.
        lists: Files that hold whole lists; of these only the campaign's own topics count.
    """
    rows = [
        row
        for row in draft.run("counters")
        if row["subject_kind"] != "node"
        and row["value"] is not None
        and (row["source_file"] not in lists or any(word in row["subject"] for word in draft.topics))
    ]
    rows.sort(key=lambda row: (_order(row["metric"]), -row["value"], row["platform"], row["subject"]))
    return tuple(_figure(draft, row) for row in rows)


def _order(metric: str) -> int:
    return CLAIMED.index(metric) if metric in CLAIMED else len(CLAIMED)


def _figure(draft: Draft, row: dict[str, Any]) -> Figure:
    params = {"platform": row["platform"], "subject": row["subject"], "metric": row["metric"]}
    label = f"claimed_{row['metric']}" if row["metric"] in CLAIMED else "counter_latest"
    return draft.figure(
        f"counters.{part(row['metric'])}.{part(row['platform'])}.{part(row['subject'])}",
        label,
        _quantity(row),
        Evidence("rows.observations", params),
        {"platform": row["platform"], "subject": row["subject"], "metric": row["metric"]},
    )


def _quantity(row: dict[str, Any]) -> Quantity:
    value, method = float(row["value"]), "as stated by the source"
    if row["censored"] == "above":
        return Estimate(value, value, float("inf"), 1.0, row["metric"], method, 1)
    if row["censored"] == "below":
        return Unknown("below_shown", method, row["metric"], 1)
    low, high = _rounding(row["raw"], value)
    return Estimate(value, low, high, 1.0, row["metric"], method, 1)


def _rounding(raw: str | None, value: float) -> tuple[float, float]:
    """Return the span that a rounded total stands for: 12.4亿 is anything from 12.35 to 12.45.

    Examples:
        >>> _rounding("12.4亿", 1.24e9)
        (1235000000.0, 1245000000.0)
        >>> _rounding("408", 408.0)
        (408.0, 408.0)
    """
    digits = "".join(c for c in (raw or "") if c.isdigit() or c == ".")
    try:
        shown = float(digits)
    except ValueError:
        return value, value
    unit = value / shown if shown else 1.0
    if unit < 10:
        return value, value
    half = unit * 10.0 ** -len(digits.partition(".")[2]) / 2
    return round(value - half, 6), round(value + half, 6)


def section(draft: Draft, claims: Sequence[Figure]) -> Section | None:
    """Return the section on stated totals and single works; None when there are none."""
    works = _works(draft)
    if not claims and works is None:
        return None
    said = (Sentence("counters_claims", {"claim": claims[0]}, dict(claims[0].slots)),) if claims else ()
    return Section(
        "counters",
        said or (Sentence("counters_works", words={"n": len(works.rows) if works else 0}),),
        figures=tuple(claims[:SHOWN]),
        notes=("claims_not_checked",) if claims else ("works_own",),
        more=tuple(claims[SHOWN:]),
        tables={"works": works} if works else {},
    )


def _works(draft: Draft) -> Table | None:
    """Return one row a work with the counters its platform exports; unknown stays unknown."""
    rows = draft.run("node_metrics")
    if not rows:
        return None
    grouped: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        entry = grouped.setdefault((row["platform"], row["subject"]), {"at": row["subject_at"]})
        entry[row["metric"]] = row["value"]
    metrics = tuple(m for m in METRICS if any(m in entry for entry in grouped.values()))
    ordered = sorted(grouped.items(), key=lambda item: (-(item[1].get("plays") or 0), item[0]))
    return Table(
        (
            Column("work"),
            Column("platform", "code"),
            Column("published", "time"),
            *(Column(m, "share" if m.endswith("_rate") else "number") for m in metrics),
        ),
        tuple(
            (subject, platform, entry["at"], *(entry.get(m) for m in metrics))
            for (platform, subject), entry in ordered[:WORKS]
        ),
    )
