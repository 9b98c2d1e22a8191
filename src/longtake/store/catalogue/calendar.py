"""Which hour or day a row belongs to, where its source tells finely enough."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import ibis

from longtake.store.catalogue.query import ParameterError

_SHIFT = timedelta(hours=8)
"""Asia/Shanghai has had no other offset since 1991; engines' time zone tables are not needed."""

_WITHIN_HOUR = ("second", "minute", "hour")


def hour_of(rows: Any) -> Any:
    """Return the UTC hour a row falls in; null when its time may span two hours or is unknown."""
    hour = rows["at"].truncate("h")
    placed = rows.at_precision.isin(_WITHIN_HOUR) | (rows.at_end <= hour + ibis.interval(hours=1))
    return placed.fill_null(False).ifelse(hour, ibis.null(hour.type()))


def day_of(rows: Any) -> Any:
    """Return the Asia/Shanghai day a row falls in; null when its time may span two or is unknown."""
    day = (rows["at"] + ibis.interval(hours=8)).truncate("D")
    end = rows.at_end + ibis.interval(hours=8)
    placed = rows.at_precision.isin((*_WITHIN_HOUR, "day")) | (end <= day + ibis.interval(days=1))
    return placed.fill_null(False).ifelse(day.date(), ibis.null("date"))


def instant(query: str, parameter: str, value: str) -> datetime:
    """Read a parameter as naive UTC; text without an offset is UTC.

    Raises:
        ParameterError: It is not an ISO 8601 time.

    Examples:
        >>> instant("q", "hour_from", "2022-01-05T08:00:00+08:00")
        datetime.datetime(2022, 1, 5, 0, 0)
    """
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise ParameterError(query, parameter, value, "a time such as 2022-01-05T10:00:00Z") from None
    return found.astimezone(UTC).replace(tzinfo=None) if found.tzinfo else found


def day(query: str, parameter: str, value: str) -> date:
    """Read a parameter as a calendar day.

    Raises:
        ParameterError: It is not an ISO 8601 day.
    """
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ParameterError(query, parameter, value, "a day such as 2022-01-05") from None
