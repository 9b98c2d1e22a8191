"""Queries made ready and shared by sessions: building and compiling takes longer than running."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass

import pyarrow as pa

MOST = 4096


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready.

    Attributes:
        sql: What the engine runs.
        schema: Types of the answer.
        views: Tables that must stand before it runs.
    """

    sql: str
    schema: pa.Schema
    views: tuple[str, ...]


class Plans:
    """The plans that were made last, at most ``most``; safe to use from several threads.

    Examples:
        >>> plans = Plans(most=1)
        >>> plan = plans.get("a", lambda: Plan("SELECT 1", pa.schema([]), ()))
        >>> plans.get("a", lambda: None) is plan
        True
        >>> plans.get("b", lambda: None) is None  # what cannot be made ready is not kept
        True
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: dict[Hashable, Plan] = {}
        self._alone = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], Plan | None]) -> Plan | None:
        """Return the plan of a key, made now if it is not there; None where none can be made."""
        with self._alone:
            plan = self._kept.pop(key, None)
            if plan is not None:
                self._kept[key] = plan
                return plan
        plan = make()
        if plan is not None:
            with self._alone:
                self._kept[key] = plan
                while len(self._kept) > self._most:
                    del self._kept[next(iter(self._kept))]
        return plan
