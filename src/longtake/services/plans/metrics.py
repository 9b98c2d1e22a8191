"""What a stage may move: each metric measured on the campaign as it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.figure import Evidence, Figure
from longtake.domain.statistic import Moments
from longtake.errors import NotFoundError
from longtake.heat.measures.mean import STUDENT, mean
from longtake.heat.measures.share import METHOD as WILSON
from longtake.heat.measures.share import share
from longtake.services.plans.daily.crowds import outside, sized
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.circles import rules
from longtake.services.reports.draft import LEVEL, Draft
from longtake.services.reports.heat.split.measured import Measured
from longtake.services.reports.interaction.entries import without_entry
from longtake.services.reports.interaction.makers import makers
from longtake.services.reports.interaction.passing import passed_on
from longtake.services.reports.pressure.paid import measured
from longtake.services.reports.pressure.promotion import complaints, dependence, flooded_share

RENEWAL = "renewal model"
LAST_DAYS = 3


def metric(draft: Draft, key: str, *, informed: float = 0.0) -> Figure:
    """Return a metric of a campaign as it stands.

    Args:
        draft: The campaign being measured.
        key: Its name, one of :data:`METRICS`.
        informed: Share of the diagnosis that rests on something measured, for the metric of that name.

    Raises:
        NotFoundError: No metric has the name.
    """
    if key == "informed":
        known = Estimate.count(informed, unit="share", method="share of the model's weight measured", n=1)
        return draft.figure("plan.informed", "informed", known, Evidence("rows.comments"))
    if key not in METRICS:
        raise NotFoundError("metric", key, known=(*METRICS, "informed"))
    found: Figure = draft.once(f"metric.{key}", lambda: METRICS[key](draft))
    return found


def _label(label: str, value: str) -> Callable[[Draft], Figure]:
    def measure(draft: Draft) -> Figure:
        n = sum(row["n"] for row in draft.run("comments_overview"))
        rows = draft.run("label_counts")
        found = sum(row["n"] for row in rows if (row["label"], row["value"]) == (label, value))
        evidence = Evidence("rows.labels", {"label": label, "value": value})
        slots = {"said": f"{label}.{value}"}
        return draft.figure(f"said.{label}.{value}", "said_share", share(min(found, n), n), evidence, slots)

    return measure


def _entries(draft: Draft) -> Figure:
    bare = without_entry(draft)
    held = bare.quantity
    if isinstance(held, Estimate):
        ends = (1 - held.value, 1 - held.high, 1 - held.low)
        held = replace(held, value=ends[0], low=ends[1], high=ends[2])
    return draft.figure("plan.entry_nodes", "entry_nodes", held, bare.evidence)


def _reproduction(draft: Draft) -> Figure:
    found = measured(draft)
    quantity: Quantity = Unknown("too_few_rows", RENEWAL, "per count", 0)
    rows, platform = Evidence("rows.comments"), "all"
    if isinstance(found, Measured):
        rows, platform = found.evidence, found.platform
        quantity = found.split.reproduction_number
        if not found.split.identified:
            reason = "few_pulses" if "few_pulses" in found.split.doubts else "wide"
            quantity = Unknown(reason, RENEWAL, "per count", quantity.n)
    return draft.figure("plan.reproduction", "reproduction", quantity, rows, {"platform": platform})


def _smallest_circle(draft: Draft) -> Figure:
    n = sum(row["n"] for row in draft.run("comments_overview"))
    sizes = sized(draft)
    if not sizes or not n:
        none = Unknown("no_circles" if n else "no_rows", WILSON, "share", n)
        return draft.figure("plan.smallest_circle", "smallest_circle", none, Evidence("rows.comments"))
    held, circle = sizes[0]
    rows = Evidence("rows.comments", rules(circle))
    slots = {"circle": circle.name}
    return draft.figure("plan.smallest_circle", "smallest_circle", share(held, n), rows, slots)


def _other_circles(draft: Draft) -> Figure:
    sizes = [one for one in sized(draft) if one[0]]
    if len(sizes) < 2:
        none = Unknown("one_circle" if sizes else "no_circles", WILSON, "share", sum(n for n, _ in sizes))
        return draft.figure("plan.other_circles", "other_circles", none, Evidence("rows.comments"))
    loud = sizes[-1][1]
    n = sum(held for held, _ in sizes)
    rows, slots = outside(draft, loud), {"circle": loud.name}
    found = share(n - sizes[-1][0], n)
    return draft.figure("plan.other_circles", "other_circles", found, rows, slots)


def _days(values: list[float], unit: str) -> Quantity:
    """Return the mean of the last days; what came before is another time."""
    return mean(Moments.of(values[-LAST_DAYS:], scale=1000), unit=unit, level=LEVEL)


def _comments_a_day(draft: Draft) -> Figure:
    rows = draft.run("comments_by_day")
    by_day = {row["day"].toordinal(): float(row["n"]) for row in rows}
    last = max(by_day, default=0)
    # The last day is seldom whole; days nobody spoke between others are days without talk.
    days = [by_day.get(day, 0.0) for day in range(min(by_day, default=0), last)]
    quantity = _days(days, "comments per day")
    return draft.figure("plan.comments_a_day", "comments_a_day", quantity, Evidence("rows.comments"))


def _comments_total(draft: Draft) -> Figure:
    n = sum(row["n"] for row in draft.run("comments_overview"))
    counted = Estimate.count(n, unit="comments", method="count of distinct ids", n=n)
    return draft.figure("plan.comments_total", "plan_comments_total", counted, Evidence("rows.comments"))


def _tickets_a_day(draft: Draft) -> Figure:
    films: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM and row["admissions"] is not None and row["date"] is not None:
            films[row["film"]].append(row)
    if not films:
        none = Unknown("no_box_office", STUDENT, "tickets", 0)
        return draft.figure("plan.tickets_a_day", "tickets_a_day", none, Evidence("rows.boxoffice"))
    own = own_film(draft, films)
    by_day = {row["date"]: float(row["admissions"]) for row in films[own]}
    quantity = _days([by_day[day] for day in sorted(by_day)], "tickets")
    return draft.figure(
        "plan.tickets_a_day", "tickets_a_day", quantity, Evidence("rows.boxoffice", {"film": own})
    )


METRICS: Mapping[str, Callable[[Draft], Figure]] = MappingProxyType(
    {
        "violated": _label("expectation", "violated"),
        "recommend": _label("share", "recommend"),
        "warn": _label("share", "warn"),
        "pass_on": passed_on,
        "makers": makers,
        "entry_nodes": _entries,
        "reproduction": _reproduction,
        "smallest_circle": _smallest_circle,
        "other_circles": _other_circles,
        "dependence": dependence,
        "floods": flooded_share,
        "marketing_complaints": complaints,
        "comments_a_day": _comments_a_day,
        "comments_total": _comments_total,
        "tickets_a_day": _tickets_a_day,
    }
)
"""How each metric is measured, by its name."""
