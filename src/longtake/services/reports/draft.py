"""What every section is drafted with: the campaign, its rows, and a way to name a figure."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from longtake.domain.campaign import Campaign
from longtake.domain.estimate import Quantity
from longtake.domain.figure import Evidence, Figure, Scalar
from longtake.ingest.footage.read import Footage
from longtake.store.session import Session

ZONE = "Asia/Shanghai"
CHINA = ZoneInfo(ZONE)
JOIN = "\x1f"
LEVEL = 0.9


@dataclass(slots=True)
class Draft:
    """One campaign being measured.

    Attributes:
        campaign: What its file says.
        session: Its rows.
        footage: What its videos show, by node; ``film`` for the film. Empty where none was read.
    """

    campaign: Campaign
    session: Session
    footage: Mapping[str, Footage] = field(default_factory=dict)
    _kept: dict[tuple[str, tuple[tuple[str, Scalar], ...]], list[dict[str, Any]]] = field(
        default_factory=dict
    )
    _made: dict[str, Any] = field(default_factory=dict)

    def run(self, query: str, **params: Scalar) -> list[dict[str, Any]]:
        """Return the rows of a catalogue query as records; times are aware UTC."""
        key = (query, tuple(sorted(params.items())))
        if key not in self._kept:
            table = self.session.run(query, **params)
            self._kept[key] = [
                {name: aware(value) for name, value in row.items()} for row in table.to_pylist()
            ]
        return self._kept[key]

    def once(self, name: str, make: Callable[[], Any]) -> Any:
        """Return what `make` returns, computed the first time a name is asked for."""
        if name not in self._made:
            self._made[name] = make()
        return self._made[name]

    def figure(
        self,
        place: str,
        label: str,
        quantity: Quantity,
        evidence: Evidence,
        slots: Mapping[str, str] | None = None,
    ) -> Figure:
        """Return a figure of this campaign; ``place`` is ``section.measure[.part...]``."""
        return Figure(f"{self.campaign.id}:{place}", label, quantity, evidence, dict(slots or {}))

    @property
    def topics(self) -> tuple[str, ...]:
        """Words that mark a list topic as this campaign's."""
        return self.campaign.topics or topics_of(self.campaign.name)


def topics_of(name: str) -> tuple[str, ...]:
    """Return the words people use for a film when its campaign does not say: its name, and a sequel's stem.

    Examples:
        >>> topics_of("灯下的人")
        ('灯下的人',)
        >>> topics_of("夜航之归途")
        ('夜航之归途', '夜航')
    """
    plain = name.strip().strip("《》")
    for mark in ("：", ":", "之"):
        stem = plain.partition(mark)[0]
        if stem != plain and len(stem) >= 2:
            return (plain, stem)
    return (plain,)


def aware(value: Any) -> Any:
    """Return a stored time, which is naive UTC, as aware UTC; anything else as it is."""
    return value.replace(tzinfo=UTC) if isinstance(value, datetime) and value.tzinfo is None else value


def iso(value: datetime) -> str:
    """Return a time as the catalogue takes it.

    Examples:
        >>> iso(datetime(2026, 1, 8, tzinfo=UTC))
        '2026-01-08T00:00:00'
    """
    return value.astimezone(UTC).replace(tzinfo=None).isoformat()


def part(text: str) -> str:
    """Return a short stable piece of a figure's id for a text of any length.

    Examples:
        >>> part("weibo")
        'weibo'
        >>> len(part("一个很长的话题"))
        8
    """
    if text.isascii() and text.replace("_", "").isalnum() and len(text) <= 24:
        return text
    return hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
