"""What one axis says: how far trailer and film are apart, and how often chance does that."""

from __future__ import annotations

from dataclasses import dataclass, field

from longtake.domain.estimate import Quantity

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of trailer or film that a gap rests on.

    Attributes:
        side: trailer or film.
        start_ms: Where it starts.
        end_ms: Where it ends.
        value: Its own number, in the unit of the measure.
        what: Name of the measure, or the pair it shows.
    """

    side: str
    start_ms: int
    end_ms: int
    value: float
    what: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One number on both sides.

    Attributes:
        name: intensity, valence, pairs, clarity, characters_a_minute ...
        trailer: Its value in the trailer; None where it has none.
        film: Its value in the film; None where it has none.
        gap: How far they are apart, with its interval.
        p: How often a trailer without this gap is as far apart; None where there is no test.
    """

    name: str
    trailer: float | None
    film: float | None
    gap: Quantity
    p: float | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis.

    Attributes:
        name: intensity, relations or pacing.
        size: How far apart beyond what chance alone gives: film standard deviations (intensity), bits
            (relations) or times (pacing, 1 is the genre's usual ratio).
        p: Of the axis as a whole, corrected for the measures that were looked at; None without a test.
        measures: Everything measured on it.
        windows: The stretches behind it, strongest first.
    """

    name: str
    size: Quantity
    p: float | None
    measures: tuple[Measure, ...] = ()
    windows: tuple[Window, ...] = field(default=())

    @property
    def found(self) -> bool | None:
        """Whether there is a gap; None where it cannot be told."""
        return None if self.p is None else self.p <= ALPHA
