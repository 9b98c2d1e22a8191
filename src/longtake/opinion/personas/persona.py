"""Segments of an audience, each described by shares of what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Trait:
    """A share that describes a segment.

    Attributes:
        hits: People or comments that show it, 0 to ``n``.
        n: Those who could.

    Raises:
        ValueError: Hits are not within 0 and n.
    """

    hits: int
    n: int

    def __post_init__(self) -> None:
        """Refuse more hits than there are people."""
        if not 0 <= self.hits <= self.n:
            raise ValueError(f"hits {self.hits}, n {self.n}")


@dataclass(frozen=True, slots=True)
class Persona:
    """One segment.

    Attributes:
        name: The circle's name.
        traits: By key: ``share`` (of the audience), ``favourable``, ``aspect.<name>``, ``label.<code>``.
        rule: How the segment was made, as text; a change of it changes whom the persona speaks of.
    """

    name: str
    traits: Mapping[str, Trait]
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Personas:
    """One version of all segments.

    Attributes:
        version: From 1.
        segments: By name, sorted.
        source: Digest of the imports it was made from.
        why: What a person wrote about the change; empty when nobody did.
    """

    version: int
    segments: tuple[Persona, ...]
    source: str = ""
    why: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
