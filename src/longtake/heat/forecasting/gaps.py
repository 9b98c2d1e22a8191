"""Steps nobody observed, bridged so that averages over them can be taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def bridged(counts: Floats) -> Floats:
    """Return counts with a straight line through each gap; before the first and after the last, held.

    A bridged step must not weigh in a fit; it only keeps the memory of a model from forgetting.

    Args:
        counts: Shape (b, t), NaN where missing; each series has an observed step.

    Examples:
        >>> bridged(np.array([[np.nan, 2.0, np.nan, 4.0]])).tolist()
        [[2.0, 2.0, 3.0, 4.0]]
    """
    missing = np.isnan(counts)
    out = counts.copy()
    place = np.arange(counts.shape[1])
    for row in np.flatnonzero(missing.any(axis=1)).tolist():
        seen = ~missing[row]
        out[row] = np.interp(place, place[seen], counts[row, seen])
    return out
