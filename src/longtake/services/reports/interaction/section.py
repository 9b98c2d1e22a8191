"""The section on taking part."""

from __future__ import annotations

from longtake.domain.answers.report import Chart, Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Figure
from longtake.services.reports.draft import Draft
from longtake.services.reports.interaction.entries import NONE, node_entries, node_table, without_entry
from longtake.services.reports.interaction.funnel import Step, broken, funnel, funnel_table, rates
from longtake.services.reports.interaction.makers import (
    creators,
    few_creators,
    lineage_table,
    lineages,
    makers,
)
from longtake.services.reports.interaction.passing import few_shares, passed_on


def section(draft: Draft) -> Section | None:
    """Return the section; None where there are neither nodes, counts of works nor comments."""
    nodes, steps = node_entries(draft), funnel(draft)
    if not nodes and not steps and not draft.run("comments_overview"):
        return None
    step, gap = broken(draft)
    bare, passing, making = without_entry(draft), passed_on(draft), makers(draft)
    passed = rates(draft)
    tables = {
        "node_entries": node_table(draft),
        "funnel": funnel_table(draft),
        "lineage": lineage_table(draft),
    }
    return Section(
        "interaction",
        (
            *_nodes(draft, bare),
            *_passing(passing, making),
            *(_broken(step, gap) if step else ()),
            *_lineage(draft),
        ),
        figures=tuple(f for f in (bare, passing, making, gap) if isinstance(f.quantity, Estimate)),
        charts=_chart(passed),
        notes=(
            "interaction_usual",
            *(("interaction_entries",) if nodes else ()),
            *(("interaction_funnel",) if steps else ()),
            "interaction_makers",
        ),
        more=(
            *(f for f in (bare, passing, making, gap) if not isinstance(f.quantity, Estimate)),
            few_shares(draft),
            few_creators(draft),
            *passed,
            *creators(draft),
        ),
        tables={key: table for key, table in tables.items() if table.rows},
    )


def _nodes(draft: Draft, bare: Figure) -> tuple[Sentence, ...]:
    nodes = node_entries(draft)
    if not nodes:
        return (Sentence("interaction_no_nodes"),)
    told = sum(node.entry is not None for node in nodes)
    lacking = sum(node.entry == NONE for node in nodes)
    if not told:
        return (Sentence("interaction_untold", words={"n": len(nodes)}),)
    words: dict[str, str | int] = {"n": told, "bare": lacking}
    first = Sentence(
        "interaction_nodes", {"share": bare}, words, tone="warn" if 2 * lacking > told else "plain"
    )
    if told == len(nodes):
        return (first,)
    return first, Sentence("interaction_partly", words={"n": len(nodes) - told})


def _passing(passing: Figure, making: Figure) -> tuple[Sentence, ...]:
    if not isinstance(passing.quantity, Estimate):
        return ()
    if not isinstance(making.quantity, Estimate):
        return (Sentence("interaction_pass_on", {"pass_on": passing}),)
    return (Sentence("interaction_both", {"pass_on": passing, "makers": making}),)


def _broken(step: Step, gap: Figure) -> tuple[Sentence, ...]:
    held = gap.quantity
    if isinstance(held, Estimate) and held.low > 0:
        return (Sentence("interaction_break", {"gap": gap}, {"step": step.name}),)
    return (Sentence("interaction_funnel_usual", words={"step": step.name}),)


def _lineage(draft: Draft) -> tuple[Sentence, ...]:
    own = {*draft.topics, draft.campaign.name}
    taken = [one for one in lineages(draft) if one.seed not in own and (one.creators or 0) > 1]
    if not taken:
        return (Sentence("interaction_no_lineage"),)
    first = taken[0]
    words: dict[str, str | int] = {"seed": first.seed, "n": first.posts, "creators": first.creators or 0}
    return (Sentence("interaction_lineage", words=words),)


def _chart(passed: tuple[Figure, ...]) -> tuple[Chart, ...]:
    rows = tuple(
        (figure.slots["step"], held.value, held.low, held.high)
        for figure in passed
        if isinstance(held := figure.quantity, Estimate)
    )
    if len(rows) < 2:
        return ()
    ends = (Column("share", "share"), Column("low", "share"), Column("high", "share"))
    return (
        Chart(
            id="funnel",
            title="funnel",
            form="interval",
            table=Table((Column("step"), *ends), rows),
            x="step",
            y="share",
            low="low",
            high="high",
            unit="share",
            figures=tuple(figure.id for figure in passed),
        ),
    )
