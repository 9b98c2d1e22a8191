"""The effect and its interval day by day, as a picture that needs no script and no inline style."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from longtake.domain.trials.look import Look
from longtake.services.trials import Book
from longtake.services.trials.telling import Amounts

SIZES = {"wide": (760, 280), "narrow": (340, 240)}
LEFT, RIGHT, TOP, BOTTOM = 56, 12, 14, 30
MOST_TICKS = 5


@dataclass(frozen=True, slots=True)
class Line:
    """One series.

    Attributes:
        name: The arm, or seen and expected.
        place: Its number, for its colour and dash.
        path: Through its values, SVG path data.
        band: Around its intervals; empty without any.
        dots: Places of its values.
        end: Where its name is written.
    """

    name: str
    place: int
    path: str
    band: str
    dots: tuple[tuple[float, float], ...]
    end: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to be drawn.

    Attributes:
        width: Of the view box.
        height: Of the view box.
        zero: Height of nothing; None where it is not on the chart.
        worth: Height of the smallest change worth it; None where it is not on the chart.
        lines: Series.
        ticks: Height and text.
        days: Place along the axis and text.
        begins: Place of the start; None where it is not on the chart.
    """

    width: int
    height: int
    zero: float | None
    worth: float | None
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str], ...]
    begins: float | None


def drawings(book: Book, look: Look, amounts: Amounts) -> dict[str, Drawing]:
    """Return the chart for a desk and for a phone; nothing before there are two points."""
    if len({p.day for p in look.path}) < 2 and not (look.path and not book.trial.by_place):
        return {}
    return {name: _drawn(book, look, amounts, size) for name, size in SIZES.items()}


def _drawn(book: Book, look: Look, amounts: Amounts, size: tuple[int, int]) -> Drawing:
    width, height = size
    days = sorted({p.day for p in look.path})
    low, high = _span(book, look)
    room = width - LEFT - RIGHT

    def x(day: str) -> float:
        return round(LEFT + room * (days.index(day) + 0.5) / len(days), 1)

    def y(value: float) -> float:
        held = min(max(value, low), high)
        return round(TOP + (height - TOP - BOTTOM) * (high - held) / (high - low), 1)

    names = list(dict.fromkeys(p.arm for p in look.path))
    lines = []
    for place, name in enumerate(names):
        points = [p for p in look.path if p.arm == name]
        spots = [(x(p.day), y(p.value)) for p in points]
        wide = any(p.low < p.high for p in points)
        around = [(x(p.day), y(p.high)) for p in points] + [(x(p.day), y(p.low)) for p in reversed(points)]
        lines.append(
            Line(name, place, _path(spots), _path(around) + "Z" if wide else "", tuple(spots), spots[-1])
        )
    least = book.trial.minimum if book.trial.primary.rise else -book.trial.minimum
    effect = not book.trial.by_place
    begins = "" if book.begins is None else book.begins.isoformat()
    after = [day for day in days if begins and day >= begins]
    return Drawing(
        width=width,
        height=height,
        zero=y(0) if effect and low < 0 < high else None,
        worth=y(least) if effect and low < least < high else None,
        lines=tuple(lines),
        ticks=tuple((y(v), _tick(amounts, v, effect=effect)) for v in _steps(low, high)),
        days=_days(days, x, 3 if width < 500 else 6),
        begins=x(after[0]) if not effect and after and after[0] != days[0] else None,
    )


def _span(book: Book, look: Look) -> tuple[float, float]:
    """Return the range of values; the first days' widest intervals are cut so that the last can be read."""
    ends = [v for p in look.path for v in (p.low, p.high) if math.isfinite(v)]
    values = [p.value for p in look.path]
    last = [p for p in look.path if p.day == max(q.day for q in look.path)]
    reach = max((abs(v) for p in last for v in (p.low, p.high) if math.isfinite(v)), default=0.0)
    if book.trial.by_place:
        low, high = min(0.0, *values, *ends), max(*values, *ends)
    else:
        most = max(3 * reach, *(abs(v) for v in values), book.trial.minimum * 1.2)
        low, high = max(min(ends, default=0.0), -most), min(max(ends, default=0.0), most)
        low, high = min(low, 0.0), max(high, book.trial.minimum * 1.1, 0.0)
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _steps(low: float, high: float) -> list[float]:
    """Return round values from the one end to the other.

    Examples:
        >>> _steps(-1.0, 3.0)
        [-1.0, 0.0, 1.0, 2.0, 3.0]
    """
    raw = (high - low) / MOST_TICKS
    base = 10 ** math.floor(math.log10(raw))
    step = next(base * n for n in (1, 2, 5, 10) if base * n >= raw)
    return [round(n * step, 12) for n in range(math.ceil(low / step), math.floor(high / step) + 1)]


def _tick(amounts: Amounts, value: float, *, effect: bool) -> str:
    percent = effect and amounts.trial.primary.kind == "proportion"
    shown = value * 100 if percent else value
    text = f"{shown:,.10g}".replace("-", "−")
    return f"+{text}" if effect and value > 0 else text


def _days(days: list[str], x: Callable[[str], float], most: int) -> tuple[tuple[float, str], ...]:
    step = max(1, math.ceil(len(days) / most))
    return tuple((x(day), f"{int(day[5:7])}/{int(day[8:10])}") for day in days[::step])


def _path(spots: list[tuple[float, float]]) -> str:
    return " ".join(f"{'M' if place == 0 else 'L'}{a},{b}" for place, (a, b) in enumerate(spots))
