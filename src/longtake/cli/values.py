"""Values people type on the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import typer


def instant(text: str) -> datetime:
    """Return a time as aware UTC; Beijing time when no offset is given.

    Raises:
        typer.BadParameter: It is no time.

    Examples:
        >>> instant("2026-01-12 15:00").isoformat()
        '2026-01-12T07:00:00+00:00'
    """
    try:
        value = datetime.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no time; write 2026-01-12T15:00+08:00.") from None
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    return value.astimezone(UTC)
