"""One act on a plan: who did what to which stage, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

ACTS = (
    "adopted",
    "edited",
    "locked",
    "started",
    "looked",
    "judged",
    "extended",
    "stopped",
    "rolled",
    "remembered",
)
"""What may happen to a plan, in the order it usually does."""

KEYS = frozenset({"act", "at", "who", "stage", "told"})


@dataclass(frozen=True, slots=True)
class Act:
    """One act.

    Attributes:
        kind: One of :data:`ACTS`.
        who: Who did it, as they call themselves.
        at: When, aware UTC.
        stage: Id of the stage; empty where it is about the whole plan.
        told: What it brought; JSON values.
        seq: Its number in the book, from 1; 0 before it is written.
        hash: Its digest in the chain; empty before it is written.

    Raises:
        ValueError: There is no such act, nobody did it, or its time has no offset.
    """

    kind: str
    who: str
    at: datetime
    stage: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)
    seq: int = 0
    hash: str = ""

    def __post_init__(self) -> None:
        """Refuse an act that could not be attributed."""
        if self.kind not in ACTS or not self.who.strip() or self.at.tzinfo is None:
            raise ValueError(f"act {self.kind!r} by {self.who!r} at {self.at}")

    def values(self) -> dict[str, Any]:
        """Return the act as JSON values, as :func:`act_of` reads them."""
        return {
            "act": self.kind,
            "at": self.at.isoformat(),
            "who": self.who,
            "stage": self.stage,
            "told": dict(self.told),
        }


def act_of(values: Mapping[str, Any], *, seq: int, digest: str) -> Act:
    """Return the act of JSON values.

    Args:
        values: As :meth:`Act.values` gives them.
        seq: Its number in the book.
        digest: Its digest in the chain.

    Raises:
        KeyError: A key is missing.
        TypeError: A value is of the wrong type, or a key is not known.
        ValueError: A value is not allowed.
    """
    if set(values) != KEYS:
        raise TypeError(f"an act has the keys {sorted(KEYS)}, not {sorted(values)}")
    texts = {name: values[name] for name in ("act", "at", "who", "stage")}
    if not all(isinstance(one, str) for one in texts.values()) or not isinstance(values["told"], Mapping):
        raise TypeError("an act is told in texts and one table")
    return Act(
        kind=texts["act"],
        who=texts["who"],
        at=datetime.fromisoformat(texts["at"]),
        stage=texts["stage"],
        told=values["told"],
        seq=seq,
        hash=digest,
    )
