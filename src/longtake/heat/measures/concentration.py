"""How tightly a thing is packed in time."""

from __future__ import annotations

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.timed.series import MISSING, Series

METHOD = "shortest run of bins that holds the share"


def concentration(series: Series, *, share: float = 0.8, unit: str = "days") -> Quantity:
    """Return the length of the shortest run of bins that holds a share of the sum.

    Bins nobody looked at inside the run may hold more; bins nobody looked at elsewhere may lengthen it.
    The interval's upper end is the shortest run when each of them holds as much as the fullest bin.

    Args:
        series: Counts.
        share: Share of the sum the run must hold, in (0, 1].
        unit: What one bin is called.

    Returns:
        A number of bins; Unknown("no_rows") when the values add up to nothing.

    Raises:
        ValueError: The share is not in (0, 1].

    Examples:
        >>> from datetime import UTC, datetime
        >>> from longtake.heat.grids.grid import even, DAY
        >>> at = datetime(2026, 1, 8, tzinfo=UTC)
        >>> s = even([at, at + DAY, at + 2 * DAY, at + 9 * DAY], [5, 8, 6, 1],
        ...          start=at, end=at + 10 * DAY, step=DAY)
        >>> concentration(s).value
        3.0
    """
    if not 0 < share <= 1:
        raise ValueError(f"share {share} is not in (0, 1]")
    known = np.where(series.observed, series.values, 0.0)
    n = int(series.observed.sum())
    if not known.sum() > 0:
        return Unknown("no_rows", METHOD, unit, n, 1)
    value = _shortest(known, share)
    filled = np.where(series.state == MISSING, known.max(), known)
    return Estimate(value, value, max(value, _shortest(filled, share)), 1.0, unit, METHOD, n)


def _shortest(counts: np.ndarray, share: float) -> float:
    """Return the fewest neighbouring bins whose sum reaches the share of all."""
    sums = np.concatenate(([0.0], np.cumsum(counts)))
    # A share computed in floating point must not miss its own sum by a rounding.
    wanted = share * sums[-1] * (1 - 1e-12)
    ends = np.searchsorted(sums, sums[:-1] + wanted, side="left")
    reached = ends < len(sums)
    return float((ends[reached] - np.flatnonzero(reached)).min())
