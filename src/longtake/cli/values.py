"""Values people type on the command line."""

from __future__ import annotations

import getpass
import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import typer

WHO = "LONGTAKE_WHO"


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


def day(text: str) -> date:
    """Return a day.

    Raises:
        typer.BadParameter: It is no day.

    Examples:
        >>> day("2026-01-08")
        datetime.date(2026, 1, 8)
    """
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write 2026-01-08.") from None


def who(by: str | None = None) -> str:
    """Return who is at work: the one named, else ``$LONGTAKE_WHO``, else who is logged in.

    Examples:
        >>> who("李")
        '李'
    """
    if named := by or os.environ.get(WHO):
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"
