"""When something happened, as exactly as its source tells and no more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Precision(StrEnum):
    """How finely a source tells the time."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    INTERVAL = "interval"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Moment:
    """A half-open span of UTC time ``[low, high)`` in which something happened.

    Attributes:
        low: First possible instant, aware UTC; None when the source gives no bound.
        high: First instant that is too late, aware UTC; None when the source gives no bound.
        precision: The unit the source speaks in; INTERVAL when the span is wider than its unit.
        raw: The string as it stood in the source.

    Examples:
        >>> from datetime import UTC
        >>> start, end = datetime(2022, 1, 5, tzinfo=UTC), datetime(2022, 1, 6, tzinfo=UTC)
        >>> day = Moment(start, end, Precision.DAY, "01-05")
        >>> day.known
        True
        >>> Moment(None, None, Precision.UNKNOWN, "3小时前").known
        False
    """

    low: datetime | None
    high: datetime | None
    precision: Precision
    raw: str = ""

    @property
    def known(self) -> bool:
        """Whether both ends of the span are known."""
        return self.low is not None and self.high is not None
