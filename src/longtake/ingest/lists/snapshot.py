"""When a snapshot of a list was taken, by the path people keep it under."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from longtake.domain.timed.moment import Moment, Precision

_HOUR = re.compile(r"(?:^|[/\\!])(20\d\d-\d\d-\d\d)[/\\]([01]\d|2[0-3])\.json$")
_EIGHT = timedelta(hours=8)


def hour_of(name: str, path: Path) -> Moment | None:
    """Return the hour of a snapshot kept as ``DATE/HH.json``, Beijing time, or None.

    Args:
        name: Name of the file, or of a member of an archive with its folders; it goes first.
        path: Where the file lies.

    Examples:
        >>> hour_of("2024-05-20/08.json", Path("x")).low.isoformat()
        '2024-05-20T00:00:00+00:00'
        >>> hour_of("summary.json", Path("2024-05-20/summary.json")) is None
        True
    """
    found = _HOUR.search(name) or _HOUR.search("/".join(path.parts[-2:]))
    return _hour(found[1], int(found[2])) if found else None


@lru_cache(maxsize=256)
def _hour(day: str, hour: int) -> Moment | None:
    try:
        start = date.fromisoformat(day)
    except ValueError:
        return None
    low = datetime(start.year, start.month, start.day, hour, tzinfo=UTC) - _EIGHT
    return Moment(low, low + timedelta(hours=1), Precision.HOUR, f"{day}/{hour:02d}")
