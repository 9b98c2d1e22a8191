"""Where the records lie: SQLite in the workspace, or the PostgreSQL that ``DATABASE_URL`` names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from longtake.errors import LongtakeError

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
WAIT_SECONDS = 20


def database(url: str, workspace: Path) -> dict[str, Any]:
    """Return Django's description of the database.

    Args:
        url: ``postgresql://user:password@host:5432/name``; empty for SQLite.
        workspace: Folder of the SQLite file.

    Raises:
        LongtakeError: The address is of another kind.

    Examples:
        >>> found = database("postgresql://li:p%40ss@db.example:5433/longtake?sslmode=require", Path("."))
        >>> found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"], found["OPTIONS"]
        ('li', 'p@ss', 'db.example', 5433, 'longtake', {'sslmode': 'require'})
        >>> database("", Path("here"))["NAME"]
        'here/records.sqlite3'
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(workspace / "records.sqlite3"),
            "OPTIONS": {
                "init_command": PRAGMAS,
                "transaction_mode": "IMMEDIATE",
                "timeout": WAIT_SECONDS,
            },
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise LongtakeError(
            "DATABASE_URL is not the address of a PostgreSQL database.",
            fix="Write postgresql://user:password@host:5432/name, or unset it for SQLite.",
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
