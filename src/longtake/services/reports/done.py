"""What was done and what it cost."""

from __future__ import annotations

from longtake.domain.answers.report import Column, Section, Sentence, Table
from longtake.domain.estimate import Estimate
from longtake.domain.figure import Evidence
from longtake.services.reports.draft import Draft
from longtake.services.reports.marks import events


def section(draft: Draft) -> Section:
    """Return the section on the campaign's events; it says so when none were given."""
    found = events(draft)
    if not found:
        return Section("events", (Sentence("events_none"),))
    costs = [event.cost_cny for event in found if event.cost_cny is not None]
    spent = draft.figure(
        "events.spend",
        "spend_total",
        Estimate(
            sum(costs),
            sum(costs),
            sum(costs) if len(costs) == len(found) else float("inf"),
            1.0,
            "CNY",
            "sum of stated costs",
            len(costs),
        ),
        Evidence("rows.events", {}),
    )
    said = Sentence("events_paid", {"spend": spent}, {"n": len(found), "told": len(costs)}, tone="promo")
    columns = (
        Column("event", "code"),
        Column("start", "time"),
        Column("end", "time"),
        Column("platform", "code"),
        Column("city"),
        Column("cost_cny", "cny"),
        Column("followers", "number"),
        Column("note"),
    )
    rows = tuple((e.kind, e.start, e.end, e.platform, e.city, e.cost_cny, e.followers, e.note) for e in found)
    return Section(
        "events",
        (said,),
        figures=(spent,),
        notes=("events_observed",),
        tables={"events": Table(columns, rows)},
    )
