"""One TOML table of a campaign file, every value checked, every key remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from longtake.errors import CampaignFileError
from longtake.ingest.values.duration import seconds
from longtake.ingest.values.refusal import BadValue

BEIJING = ZoneInfo("Asia/Shanghai")
T = TypeVar("T")


class Table:
    """One TOML table that remembers which of its keys were asked for."""

    def __init__(self, path: Path, prefix: str, content: Mapping[str, object]) -> None:
        self._path, self._prefix, self._content = path, prefix, content
        self._asked: set[str] = set()
        self._inner: list[Table] = []

    def wrong(self, key: str, value: object, expected: str) -> CampaignFileError:
        """Return the error of a value of the wrong kind."""
        return CampaignFileError(
            self._path, key=f"{self._prefix}{key}", value=str(value)[:80], expected=expected
        )

    def unknown(self) -> list[str]:
        """Return the keys nobody asked for, here and in the tables within."""
        here = [f"{self._prefix}{key}" for key in self._content if key not in self._asked]
        return here + [key for table in self._inner for key in table.unknown()]

    def _get(self, key: str) -> object:
        self._asked.add(key)
        return self._content.get(key)

    def text(self, key: str) -> str | None:
        """Return text; None where the key is missing."""
        value = self._get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.wrong(key, value, "text in quotation marks")
        return value.strip()

    def required(self, key: str) -> str:
        """Return text that must be there."""
        value = self.text(key)
        if not value:
            raise self.wrong(key, value or "", "text that is not empty")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where the key is missing."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(key, value, 'a list such as ["a", "b"]')
        return tuple(item.strip() for item in value if item.strip())

    def number(self, key: str) -> float | None:
        """Return a number that is not negative."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
            raise self.wrong(key, value, "a number that is not negative")
        return float(value)

    def flag(self, key: str) -> bool:
        """Return true or false; false where the key is missing."""
        value = self._get(key)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.wrong(key, value, "true or false")
        return value

    def one_of(self, key: str, allowed: tuple[str, ...]) -> str | None:
        """Return one of several words."""
        value = self.text(key)
        if value is not None and value not in allowed:
            raise self.wrong(key, value, f"one of {', '.join(allowed)}")
        return value

    def moment(self, key: str) -> datetime | None:
        """Return a time as aware UTC; one without a zone is Beijing time."""
        value = self._get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            value = datetime.combine(value, time())
        if isinstance(value, str):
            try:
                value = datetime.fromisoformat(value)
            except ValueError:
                raise self.wrong(key, value, "a time such as 2026-01-08T10:00:00+08:00") from None
        if value is None:
            return None
        if not isinstance(value, datetime):
            raise self.wrong(key, value, "a time such as 2026-01-08T10:00:00+08:00")
        if value.tzinfo is None:
            value = value.replace(tzinfo=BEIJING)
        try:
            return value.astimezone(UTC)
        except OverflowError:
            raise self.wrong(key, value, "a time of this century") from None

    def place_ms(self, key: str) -> int | None:
        """Return a place in the film in milliseconds: ``"0:02:10"``, ``"2:10"`` or seconds."""
        value = self._get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise self.wrong(key, value, 'a place in the film such as "0:02:10"')
        try:
            found = seconds(value)
        except BadValue:
            found = None
        if found is None:
            raise self.wrong(key, value, 'a place in the film such as "0:02:10"')
        return round(found * 1000)

    def table(self, key: str) -> Table:
        """Return an inner table; an empty one where the key is missing."""
        value = self._get(key)
        if value is None:
            value = {}
        if not isinstance(value, dict):
            raise self.wrong(key, value, f"a table [{self._prefix}{key}]")
        return Table(self._path, f"{self._prefix}{key}.", value)

    def tables(self, key: str, build: Callable[[Table], T]) -> tuple[T, ...]:
        """Return the rows of an array of tables, each built."""
        value = self._get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(key, value, f"tables [[{self._prefix}{key}]]")
        made = [Table(self._path, f"{self._prefix}{key}.{i}.", item) for i, item in enumerate(value, 1)]
        self._inner.extend(made)
        return tuple(build(table) for table in made)
