"""One row that somebody dropped into a trial: what an arm got and did in a stretch of time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isqrt
from typing import Any

from longtake.domain.comparing.paired import PairedMoments
from longtake.domain.statistic import Moments
from longtake.errors import LongtakeError

PARTS = {"proportion": 1, "mean": 2, "ratio": 5}
"""Numbers a metric of each kind takes: conversions; sum and squares; those of both and of the products."""

SCALE = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """What one arm got and did in one stretch of time, in one place.

    Attributes:
        arm: The arm's name; empty where places stand for arms.
        at: Day ``2026-01-08`` or hour ``2026-01-08T15``, as the file's clock tells it.
        place: City, cinema, slot or account; empty for none.
        units: Units that were shown it; 1 for a count of a place.
        sums: Numbers by metric, as many as :data:`PARTS` says.
        mix: Units by group of the audience, as the platform tells afterwards.
        line: Where it stood in its file.

    Examples:
        >>> Row("A", "2026-01-08", "", 100, {"finish": (30.0,)}).key
        ('A', '2026-01-08', '')
    """

    arm: str
    at: str
    place: str
    units: int
    sums: Mapping[str, tuple[float, ...]]
    mix: Mapping[str, int] = field(default_factory=dict)
    line: int = 0

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from other rows."""
        return self.arm, self.at, self.place

    @property
    def day(self) -> str:
        """Its day."""
        return self.at[:10]

    def says_the_same(self, other: Row) -> bool:
        """Whether it holds the same numbers as another row."""
        return (self.units, dict(self.sums), dict(self.mix)) == (
            other.units,
            dict(other.sums),
            dict(other.mix),
        )


def row_values(row: Row) -> dict[str, Any]:
    """Return a row as JSON values."""
    return {
        "arm": row.arm,
        "at": row.at,
        "place": row.place,
        "units": row.units,
        "sums": {key: list(value) for key, value in sorted(row.sums.items())},
        "mix": dict(sorted(row.mix.items())),
        "line": row.line,
    }


def row_of(values: Mapping[str, Any]) -> Row:
    """Return the row that :func:`row_values` wrote.

    Examples:
        >>> one = Row("A", "2026-01-08", "", 100, {"finish": (30.0,)}, {"f": 60}, 2)
        >>> row_of(row_values(one)) == one
        True
    """
    return Row(**{**values, "sums": {key: tuple(value) for key, value in values["sums"].items()}})


def moments(n: int, total: float, squares: float) -> Moments:
    """Return sums as exact ones, at three decimals; rounding never makes them impossible.

    Raises:
        LongtakeError: No set of values has these sums.

    Examples:
        >>> moments(3, 6.0, 14.0).mean
        2.0
    """
    whole, square = round(total * SCALE), round(squares * SCALE * SCALE)
    least = -(-whole * whole // n) if n else 0
    if (n == 0 and (whole or square)) or square < least * (1 - 1e-6) - SCALE * SCALE:
        raise LongtakeError(
            f"No {n} values have the sum {total:g} and the squares {squares:g}.",
            fix="The column of squares holds the sum of each value times itself.",
        )
    return Moments(n, whole, max(square, least), SCALE)


def paired(n: int, sums: tuple[float, ...]) -> PairedMoments:
    """Return the sums of a ratio as exact ones.

    Raises:
        LongtakeError: No set of pairs has these sums.

    Examples:
        >>> paired(2, (4.0, 10.0, 2.0, 2.0, 4.0)).first.mean
        2.0
    """
    total, squares, below, below_squares, product = sums
    first, second = moments(n, total, squares), moments(n, below, below_squares)
    crossed = round(product * SCALE * SCALE)
    if crossed**2 > first.squares * second.squares * (1 + 1e-6):
        raise LongtakeError(
            f"No {n} pairs have the products {product:g}.", fix="Sum value times denominator."
        )
    bound = isqrt(first.squares * second.squares)
    return PairedMoments(first, second, max(-bound, min(bound, crossed)))
