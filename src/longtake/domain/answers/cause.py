"""Why heat slides: the causes that are weighed, and the signs that speak for or against them."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.domain.figure import Figure

CAUSES = ("mismatch", "positioning", "interaction", "over_promotion", "external")
HEALTHY = "healthy"


@dataclass(frozen=True, slots=True)
class Sign:
    """One measured thing that speaks for or against a cause.

    Attributes:
        key: Its name; the plain statement is the message ``sign.<key>`` with the slot ``{value}``.
        cause: The cause it speaks of, one of :data:`CAUSES`.
        figure: The number with its interval, or why there is none, and the rows behind it. A higher value
            always speaks for the cause.

    Raises:
        ValueError: The cause is not one of :data:`CAUSES`.

    Examples:
        >>> CAUSES.index("external")
        4
    """

    key: str
    cause: str
    figure: Figure

    def __post_init__(self) -> None:
        """Refuse a cause that nobody weighs."""
        if self.cause not in CAUSES:
            raise ValueError(f"cause {self.cause!r} is not one of {CAUSES}")
