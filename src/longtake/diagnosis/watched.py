"""What a cause watches: its signs, and what each takes to be measured."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Watched:
    """One sign that a cause looks at.

    Attributes:
        key: Name of the sign, as :class:`longtake.domain.answers.cause.Sign` has it.
        needs: Keys ``need.<key>`` of the files or settings that it takes.
        share: Whether its figure is a share of a whole, never below 0 nor above 1.
    """

    key: str
    needs: tuple[str, ...]
    share: bool = False
