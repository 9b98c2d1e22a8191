"""What a trial can find, told before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

WANTED = 0.8


@dataclass(frozen=True, slots=True)
class Power:
    """What a trial of this size can find.

    Attributes:
        power: Chance to find the smallest effect worth it by the planned end, in [0, 1]; None where the
            design bears no test.
        smallest: Effect that is found with a chance of .8; None where none is.
        needed: Units of all arms together for a chance of .8; None where it is not a matter of units.
        single: Chance if there were one look, at the end; None where looks make no difference.
        unit: Unit of ``smallest``: share for a relative change or a share, ``per unit`` for a mean.
        relative: Whether ``smallest`` is a share of what would have been.
        method: How it was computed.
        units: Units it was computed for.
    """

    power: float | None
    smallest: float | None
    needed: int | None
    single: float | None
    unit: str
    relative: bool
    method: str
    units: int

    @property
    def weak(self) -> bool:
        """Whether the trial would rather miss the smallest effect worth it than most people accept.

        Examples:
            >>> Power(0.5, 0.02, 9000, 0.6, "share", False, "by hand", 4000).weak
            True
        """
        return self.power is not None and self.power < WANTED


def power_values(power: Power) -> dict[str, Any]:
    """Return it as JSON values."""
    return asdict(power)


def power_of(values: Mapping[str, Any]) -> Power:
    """Return what :func:`power_values` wrote.

    Examples:
        >>> one = Power(None, None, None, None, "share", False, "none", 0)
        >>> power_of(power_values(one)) == one
        True
    """
    return Power(**values)
