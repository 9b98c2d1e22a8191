"""Where a level changes most, and by how much."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "largest change of level between neighbouring windows, Welch 1947"


@dataclass(frozen=True, slots=True, eq=False)
class Break:
    """The largest change of one direction.

    Attributes:
        at: First step after the change; None where there is none to tell.
        change: Mean after less mean before, in the unit of the values.
    """

    at: int | None
    change: Quantity


def largest_break(
    values: ArrayLike, *, window: int, rise: bool, unit: str, first: int = 0, level: float = 0.9
) -> Break:
    """Return the step at which the mean of the window after differs most from that of the window before.

    The step is looked for, so the change is the largest of several. The interval is Welch's, widened by
    Sidak's rule for twice as many places as windows fit side by side: neighbouring places are nearly one.

    Args:
        values: Levels on an even grid, shape (t,); NaN is missing.
        window: Steps on either side, at least 2.
        rise: Whether the largest rise is wanted; otherwise the largest fall.
        unit: Unit of the values.
        first: First step that may be the first after the change.
        level: Coverage of the interval, in (0, 1).

    Returns:
        The break; Unknown("too_few_steps") where no step has two known values on either side.

    Raises:
        ValueError: The window is shorter than 2, or the values are not one row.

    Examples:
        >>> told = largest_break([5, 5, 5, 2, 2, 2], window=3, rise=False, unit="level")
        >>> told.at, told.change.value
        (3, -3.0)

    References:
        Sidak, 1967, Rectangular confidence regions for the means of multivariate normal distributions,
        doi:10.1080/01621459.1967.10482935.
    """
    row = np.asarray(values, dtype=np.float64)
    if row.ndim != 1 or window < 2 or not 0 < level < 1:
        raise ValueError(f"values {row.shape}, window {window}, level {level}")
    each = level ** (1 / max(1.0, 2 * row.size / window))
    best: tuple[float, int, Estimate] | None = None
    for at in range(max(2, first), row.size - 1):
        before, after = _known(row[max(0, at - window) : at]), _known(row[at : at + window])
        if min(before.size, after.size) < 2:
            continue
        told = replace(_welch(before, after, unit, each), level=level)
        height = told.value if rise else -told.value
        if best is None or height > best[0]:
            best = (height, at, told)
    if best is None:
        n = int(np.isfinite(row).sum())
        return Break(None, Unknown("too_few_steps", METHOD, unit, n, 4))
    return Break(best[1], best[2])


def around(before: ArrayLike, after: ArrayLike, *, unit: str, level: float = 0.9) -> Quantity:
    """Return the mean after less the mean before at a step that is given, with Welch's interval.

    Args:
        before: Values before, shape (m,); NaN is missing.
        after: Values after, shape (n,); NaN is missing.
        unit: Their unit.
        level: Coverage, in (0, 1).

    Returns:
        The change; Unknown("too_few_steps") with fewer than two known values on a side.

    Examples:
        >>> around([3, 3], [1, 1], unit="level").value
        -2.0
    """
    one, two = _known(np.asarray(before, dtype=np.float64)), _known(np.asarray(after, dtype=np.float64))
    if min(one.size, two.size) < 2:
        return Unknown("too_few_steps", METHOD, unit, one.size + two.size, 4)
    return _welch(one, two, unit, level)


def _known(row: Floats) -> Floats:
    return np.asarray(row[np.isfinite(row)])


def _welch(before: Floats, after: Floats, unit: str, level: float) -> Estimate:
    gap = float(after.mean() - before.mean())
    first, second = before.var(ddof=1) / before.size, after.var(ddof=1) / after.size
    n = before.size + after.size
    if first + second <= 0:
        return Estimate(gap, gap, gap, level, unit, METHOD, n)
    freedom = (first + second) ** 2 / (first**2 / (before.size - 1) + second**2 / (after.size - 1))
    half = float(stdtrit(freedom, 0.5 + level / 2)) * float(np.sqrt(first + second))
    return Estimate(gap, gap - half, gap + half, level, unit, METHOD, n)
