"""A number a day, up to the last day that is whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from longtake.domain.figure import Evidence
from longtake.services.reports.draft import CHINA, Draft

LEAST_ROWS = 5
"""Below so many rows a day has no share."""


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
        about: What it is of: a circle, a platform, a film; empty for the whole campaign.
    """

    metric: str
    first: date
    values: tuple[float | None, ...]
    n: tuple[int, ...]
    counts: bool
    evidence: Evidence
    about: str = ""

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


@dataclass(frozen=True, slots=True)
class Spoken:
    """The whole days of a campaign's comments.

    Attributes:
        days: From the first to the last whole one; a day between on which nobody spoke is one of them.
        total: Comments of each day.
    """

    days: tuple[date, ...]
    total: Mapping[date, int]

    def share(
        self,
        metric: str,
        found: Mapping[date, int],
        evidence: Evidence,
        *,
        of: Mapping[date, int] | None = None,
        about: str = "",
    ) -> Daily:
        """Return a share a day; days of fewer than :data:`LEAST_ROWS` rows have none.

        Args:
            metric: Its key.
            found: Rows that count, by day.
            evidence: The rows behind it.
            of: Rows they are counted among, by day; all comments when None.
            about: What it is of.

        Examples:
            >>> days = Spoken((date(2026, 1, 8), date(2026, 1, 9)), {date(2026, 1, 8): 8})
            >>> days.share("x", {date(2026, 1, 8): 2}, Evidence("rows.comments")).values
            (0.25, None)
        """
        whole = self.total if of is None else of
        n = tuple(whole.get(day, 0) for day in self.days)
        values = tuple(
            min(found.get(day, 0), rows) / rows if rows >= LEAST_ROWS else None
            for day, rows in zip(self.days, n, strict=True)
        )
        return Daily(metric, self.days[0], values, n, False, evidence, about)


def spoken_days(draft: Draft) -> Spoken | None:
    """Return the whole days of comments; None where there is none.

    The last day is seldom whole and is left out.
    """
    total = Counter({row["day"]: int(row["n"]) for row in draft.run("comments_by_day")})
    if len(total) < 2:
        return None
    first, last = min(total), max(total)
    return Spoken(tuple(first + timedelta(days=k) for k in range((last - first).days)), total)


def day_of(row: Mapping[str, Any]) -> date | None:
    """Return the Asia/Shanghai day of a comment; None where its time may span two or is not known.

    Examples:
        >>> from datetime import UTC, datetime
        >>> at = datetime(2026, 1, 8, 20, tzinfo=UTC)
        >>> day_of({"at": at, "at_end": at + timedelta(hours=1)})
        datetime.date(2026, 1, 9)
        >>> day_of({"at": at, "at_end": at + timedelta(days=2)}) is None
        True
    """
    if row["at"] is None:
        return None
    day: date = row["at"].astimezone(CHINA).date()
    end = row["at_end"]
    if end is not None and (end.astimezone(CHINA) - timedelta(microseconds=1)).date() > day:
        return None
    return day
