"""What a decomposition cannot tell, and why."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.design import Design
from longtake.heat.renewal.fit import Setting

Floats = NDArray[np.float64]

# Wider than this and R says nothing of use.
WIDEST = 0.5
ALIKE = 0.95
APART_HOURS = 12.0


def pulses(given: Design) -> int:
    """Return how many separate beginnings of promotion there are: starts at least half a day apart.

    Examples:
        >>> from longtake.heat.renewal.design import design
        >>> days = [0, 0, 1, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0]
        >>> pulses(design([9.0] * 14, step_hours=24.0, events={"ad": days}))
        2
    """
    total = np.where(given.seen, given.events.sum(axis=0), 0.0)
    begins = np.flatnonzero((total > 0) & (np.concatenate([[0.0], total[:-1]]) < 0.5 * total))
    apart = APART_HOURS / given.step_hours
    kept = 0
    last = -np.inf
    for start in begins.tolist():
        if start - last >= apart:
            kept += 1
            last = start
    return kept


def alike(given: Design, setup: Setting) -> tuple[tuple[str, str], ...]:
    """Return pairs of events whose faded courses are so alike that only their sum can be told."""
    pushes = setup.pushes[: len(given.names)] * np.asarray(given.seen, dtype=np.float64)
    lengths = np.sqrt((pushes**2).sum(axis=1))
    scaled = pushes / np.maximum(lengths, 1e-300)[:, None]
    near = scaled @ scaled.T
    rows, columns = np.nonzero(np.triu(near > ALIKE, 1))
    return tuple(
        (given.names[i], given.names[j]) for i, j in zip(rows.tolist(), columns.tolist(), strict=True)
    )
