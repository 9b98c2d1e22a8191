"""The series of a metric, by its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

from longtake.services.plans.daily import bought, crowds, words
from longtake.services.plans.daily.series import Daily
from longtake.services.reports.draft import Draft

Measure = Callable[[Draft, str], Daily | None]

WHOLE: Mapping[str, Measure] = MappingProxyType(
    {
        **dict.fromkeys(words.LABELS, words.labelled),
        "pass_on": words.passed_on,
        "floods": words.floods,
        "marketing_complaints": words.complaints,
        "comments_a_day": words.comments,
        "makers": crowds.making,
        "makers_a_day": crowds.makers_a_day,
        "dependence": bought.dependence,
        "tickets_a_day": bought.tickets,
        "tickets_a_showing": bought.tickets_a_showing,
    }
)
OF_A_CIRCLE: Mapping[str, Callable[[Draft, str, str], Daily | None]] = MappingProxyType(
    {"smallest_circle": crowds.smallest, "other_circles": crowds.others}
)

COUNTS = ("comments_a_day", "makers_a_day", "tickets_a_day", "tickets_a_showing")
"""Metrics whose days are counts; the others are shares."""

DAILY = (*WHOLE, *OF_A_CIRCLE)
"""Metrics that are known day by day."""


def daily(draft: Draft, metric: str, about: str = "") -> Daily | None:
    """Return a metric day by day; None where it has no daily series, or no day is whole.

    Days between the first and the last on which nobody spoke are days without talk. The last day of comments
    is seldom whole and is left out; box office comes by whole days.

    Args:
        draft: The campaign.
        metric: Its key, one of :data:`DAILY`.
        about: The circle it was registered for, so that growth of another cannot exchange it; the one that
            fits now when empty.
    """

    def made() -> Daily | None:
        if metric in OF_A_CIRCLE:
            return OF_A_CIRCLE[metric](draft, metric, about)
        return WHOLE[metric](draft, metric) if metric in WHOLE else None

    found: Daily | None = draft.once(f"daily.{metric}.{about}", made)
    return found


def latest(draft: Draft) -> date | None:
    """Return the last day of which anything is known, whole or not; None without any."""
    days = [row["day"] for row in draft.run("comments_by_day")]
    days += [row["date"] for row in draft.run("boxoffice_by_day") if row["date"] is not None]
    return max(days, default=None)
