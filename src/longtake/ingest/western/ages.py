"""Ages such as "2 days ago", whose true time a tool has guessed from its own clock."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from longtake.domain.timed.moment import Moment, Precision
from longtake.ingest.cells import fit
from longtake.ingest.values.moment import moment

_AGE = re.compile(
    r"(?:streamed\s+)?(?:\d+|an?)\s+(second|minute|hour|day|week|month|year)s?\s+ago", re.IGNORECASE
)
_UNITS = {
    "second": timedelta(seconds=1),
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


def written(age: str, guessed: datetime | None, observed_at: datetime | None, column: str) -> Moment:
    """Return when something was written that its page calls "2 days ago".

    Args:
        age: The words of the page.
        guessed: The time a tool made of them with the clock of the download.
        observed_at: When the page was seen, if anyone knows.
        column: The column at fault when the words are no age.

    Returns:
        With ``observed_at``, the span the words tell. Without it, the unit before ``guessed``: a page
        counts ages down, so a comment of "2 days ago" is two to three days old. Unknown without both.

    Raises:
        Unfit: The words are no time.

    Examples:
        >>> from datetime import UTC
        >>> span = written("2 days ago (edited)", datetime(2022, 1, 10, 3, tzinfo=UTC), None, "time")
        >>> print(span.low, span.high, span.precision)
        2022-01-09 03:00:00+00:00 2022-01-10 03:00:00+00:00 interval
    """
    if observed_at is not None and age.strip():
        return fit(lambda text: moment(text, observed_at=observed_at), age, column)
    if guessed is None:
        return Moment(None, None, Precision.UNKNOWN, age)
    found = _AGE.search(age)
    if found is None:
        return Moment(guessed, guessed + timedelta(seconds=1), Precision.SECOND, age)
    return Moment(guessed - _UNITS[found[1].lower()], guessed, Precision.INTERVAL, age)
