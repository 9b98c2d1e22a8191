"""What plays lead to: the counts that platforms show of each work, step by step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from longtake.diagnosis.playbook.reference import Reference, references
from longtake.domain.answers.report import Cell, Column, Table
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.heat.measures.pooled import METHOD, pooled_rate
from longtake.heat.measures.shortfall import shortfall
from longtake.services.reports.draft import Draft

STEPS = (
    ("impressions", "plays"),
    ("plays", "finishes"),
    ("plays", "likes"),
    ("plays", "comments"),
    ("plays", "shares"),
)
LEAST_FROM = 100.0
"""Works shown or played fewer times say nothing of a rate."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel over all works that count both its ends.

    Attributes:
        before: What people come from.
        after: What some of them do.
        works: How many works count both.
        rate: Share that goes on.
        usual: The usual rate; None where no reference is kept.
        short: How far the rate stays behind it.
    """

    before: str
    after: str
    works: int
    rate: Quantity
    usual: Reference | None
    short: Quantity

    @property
    def name(self) -> str:
        """Its name in words and ids, ``plays_shares``."""
        return f"{self.before}_{self.after}"


def funnel(draft: Draft) -> tuple[Step, ...]:
    """Return the steps that some work counts."""
    found: tuple[Step, ...] = draft.once("funnel", lambda: _steps(_works(draft)))
    return found


def _works(draft: Draft) -> dict[tuple[str, str], dict[str, float]]:
    """Return the latest exact counts of each work, finishes made of plays and the finish rate."""
    works: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in draft.run("node_metrics"):
        if row["value"] is not None and row["censored"] is None:
            works[row["platform"], row["subject"]][row["metric"]] = float(row["value"])
    for counts in works.values():
        if "plays" in counts and 0 <= counts.get("completion_rate", -1.0) <= 1:
            counts["finishes"] = counts["plays"] * counts["completion_rate"]
    return dict(works)


def _steps(works: Mapping[tuple[str, str], Mapping[str, float]]) -> tuple[Step, ...]:
    usual = references()
    made = []
    for before, after in STEPS:
        pairs = _pairs(works, before, after)
        if pairs:
            rate = pooled_rate([p for p, _ in pairs], [w for _, w in pairs])
            known = usual.get(f"funnel.{before}.{after}")
            short: Quantity = Unknown("no_reference", METHOD, "share", len(pairs))
            if known is not None:
                short = shortfall(rate, known.value)
            made.append(Step(before, after, len(pairs), rate, known, short))
    return tuple(made)


def _pairs(
    works: Mapping[tuple[str, str], Mapping[str, float]], before: str, after: str, platform: str | None = None
) -> list[tuple[float, float]]:
    return [
        (counts[after], counts[before])
        for (where, _), counts in sorted(works.items())
        if platform in {None, where}
        and counts.get(before, 0.0) >= LEAST_FROM
        and after in counts
        and counts[after] <= counts[before]
    ]


def rates(draft: Draft) -> tuple[Figure, ...]:
    """Return the rate of each step as a figure."""
    return tuple(
        draft.figure(
            f"interaction.funnel.{step.name}",
            "funnel_rate",
            step.rate,
            _rows(step),
            {"step": step.name},
        )
        for step in funnel(draft)
    )


def _rows(step: Step) -> Evidence:
    metric = "completion_rate" if step.after == "finishes" else step.after
    return Evidence("rows.observations", {"subject_kind": "node", "metric": metric})


def broken(draft: Draft) -> tuple[Step | None, Figure]:
    """Return the step that stays furthest behind what is usual, and by how much."""
    judged = [step for step in funnel(draft) if isinstance(step.short, Estimate)]
    worst = max(judged, key=lambda step: (getattr(step.short, "value", 0.0), step.name), default=None)
    quantity: Quantity = Unknown("no_counts", METHOD, "share", 0, 1) if worst is None else worst.short
    rows = Evidence("rows.observations", {"subject_kind": "node"}) if worst is None else _rows(worst)
    slots = {"step": worst.name if worst else "any"}
    return worst, draft.figure("interaction.funnel_break", "funnel_break", quantity, rows, slots)


def funnel_table(draft: Draft) -> Table:
    """Return one row a platform and step, and one for all platforms, beside the usual rate."""
    works = _works(draft)
    columns = (
        Column("platform", "code"),
        Column("step"),
        Column("works", "number"),
        Column("share", "share"),
        Column("low", "share"),
        Column("high", "share"),
        Column("usual", "share"),
    )
    rows: list[tuple[Cell, ...]] = []
    for step in funnel(draft):
        usual = step.usual.value if step.usual else None
        platforms = sorted({where for where, _ in works})
        for platform in [*platforms, None] if len(platforms) > 1 else platforms:
            pairs = _pairs(works, step.before, step.after, platform)
            rate = pooled_rate([p for p, _ in pairs], [w for _, w in pairs])
            if isinstance(rate, Estimate):
                ends = (rate.value, rate.low, rate.high)
                rows.append((platform or "all", step.name, len(pairs), *(round(e, 6) for e in ends), usual))
    return Table(columns, tuple(rows))
