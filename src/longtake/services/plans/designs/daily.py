"""A metric day by day, up to the last day that is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from longtake.diagnosis.playbook.talk import words
from longtake.domain.figure import Evidence
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.draft import CHINA, JOIN, Draft

LABELS: Mapping[str, tuple[str, str]] = {
    "violated": ("expectation", "violated"),
    "recommend": ("share", "recommend"),
    "warn": ("share", "warn"),
}
DAILY = (*LABELS, "marketing_complaints", "comments_a_day", "tickets_a_day")
"""Metrics that are known day by day."""

LEAST_COMMENTS = 5
"""Below so many comments a day has no share."""


@dataclass(frozen=True, slots=True)
class Daily:
    """A metric day by day.

    Attributes:
        metric: Its key.
        first: First day.
        values: One a day to the last whole day; None where it is not known.
        n: Rows behind each day.
        counts: Whether the values are counts, which a measure multiplies; else shares, to which it adds.
        evidence: The rows behind it.
    """

    metric: str
    first: date
    values: tuple[float | None, ...]
    n: tuple[int, ...]
    counts: bool
    evidence: Evidence

    @property
    def last(self) -> date:
        """Last whole day; the day before the first where there is none."""
        return self.first + timedelta(days=len(self.values) - 1)

    def between(self, start: date, end: date) -> tuple[float | None, ...]:
        """Return the values of days from ``start`` to ``end``, both included; None outside the series.

        Examples:
            >>> one = Daily("x", date(2026, 1, 8), (1.0, 2.0), (1, 1), True, Evidence("rows.comments"))
            >>> one.between(date(2026, 1, 9), date(2026, 1, 10))
            (2.0, None)
        """
        days = [start + timedelta(days=k) for k in range((end - start).days + 1)]
        places = [(day - self.first).days for day in days]
        return tuple(self.values[k] if 0 <= k < len(self.values) else None for k in places)


def daily(draft: Draft, metric: str) -> Daily | None:
    """Return a metric day by day; None where it has no daily series, or no day is whole.

    Days between the first and the last on which nobody spoke are days without talk. The last day of comments
    is seldom whole and is left out; box office comes by whole days.
    """
    found: Daily | None = draft.once(f"daily.{metric}", lambda: _daily(draft, metric))
    return found


def latest(draft: Draft) -> date | None:
    """Return the last day of which anything is known, whole or not; None without any."""
    days = [row["day"] for row in draft.run("comments_by_day")]
    days += [row["date"] for row in draft.run("boxoffice_by_day") if row["date"] is not None]
    return max(days, default=None)


def _daily(draft: Draft, metric: str) -> Daily | None:
    if metric == "tickets_a_day":
        return _tickets(draft)
    total = Counter({row["day"]: int(row["n"]) for row in draft.run("comments_by_day")})
    if metric not in DAILY or len(total) < 2:
        return None
    first, last = min(total), max(total)
    days = [first + timedelta(days=k) for k in range((last - first).days)]
    n = tuple(total[day] for day in days)
    if metric == "comments_a_day":
        return Daily(metric, first, tuple(float(one) for one in n), n, True, Evidence("rows.comments"))
    found, evidence = _complaints(draft) if metric == "marketing_complaints" else _labelled(draft, metric)
    shares = tuple(
        min(found[day], total[day]) / total[day] if total[day] >= LEAST_COMMENTS else None for day in days
    )
    return Daily(metric, first, shares, n, False, evidence)


def _labelled(draft: Draft, metric: str) -> tuple[Counter[date], Evidence]:
    label, value = LABELS[metric]
    rows = draft.run("label_counts_by_day")
    found = Counter({r["day"]: int(r["n"]) for r in rows if (r["label"], r["value"]) == (label, value)})
    return found, Evidence("rows.labels", {"label": label, "value": value})


def _complaints(draft: Draft) -> tuple[Counter[date], Evidence]:
    marks = words("marketing")
    keys = {
        (row["platform"], row["comment_id"])
        for row in draft.run("label_keys", labels="aspect.promotion")
        if row["value"] == "neg"
    }
    found: Counter[date] = Counter()
    for row in draft.run("spoken"):
        said = (row["platform"], row["comment_id"]) in keys and any(mark in row["text"] for mark in marks)
        if said and row["at"] is not None:
            found[row["at"].astimezone(CHINA).date()] += 1
    rows = {"label": "aspect.promotion", "value": "neg", "words": JOIN.join(marks)}
    return found, Evidence("rows.labels", rows)


def _tickets(draft: Draft) -> Daily | None:
    films: dict[str, list[dict[str, object]]] = {}
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM and row["admissions"] is not None and row["date"] is not None:
            films.setdefault(row["film"], []).append(row)
    if not films:
        return None
    own = own_film(draft, films)
    by_day = {row["date"]: float(row["admissions"]) for row in draft.run("boxoffice_by_day") if _of(row, own)}
    first, last = min(by_day), max(by_day)
    days = [first + timedelta(days=k) for k in range((last - first).days + 1)]
    values = tuple(by_day.get(day) for day in days)
    rows = Evidence("rows.boxoffice", {"film": own})
    return Daily("tickets_a_day", first, values, tuple(int(v or 0) for v in values), True, rows)


def _of(row: Mapping[str, object], film: str) -> bool:
    return row["film"] == film and row["admissions"] is not None and row["date"] is not None
