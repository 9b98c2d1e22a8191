"""How a long act tells how far it is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A place that shows progress: a bar, a job's row, a log line."""

    def begin(self, what: str, total: int | None) -> None:
        """Start a stretch of work; ``total`` is None when nobody knows how long it is."""
        ...

    def advance(self, steps: int = 1, *, note: str = "") -> None:
        """Say that some steps are done."""
        ...


class Silent:
    """Shows nothing."""

    def begin(self, what: str, total: int | None) -> None:
        """Start a stretch of work."""

    def advance(self, steps: int = 1, *, note: str = "") -> None:
        """Say that some steps are done."""
