"""Is the gap in the treated cities larger than gaps in cities where nothing was done?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longtake.trial.geo.panel import Panel
from longtake.trial.geo.synthetic import Units, synthetic_control

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PlaceboInSpace:
    """The treated cities among donors that are treated as if they had had the measure.

    Attributes:
        p: Share of cities, the treated among them, whose ratio is at least the treated cities'; never below
            ``least_p``.
        least_p: 1 over donors plus one: with fewer than 19 donors nothing can be below .05.
        ratio: Root mean square gap after the start over that before it, of the treated cities.
        ratios: The same of each donor, shape (k,).
    """

    p: float
    least_p: float
    ratio: float
    ratios: Floats


def placebo_in_space(panel: Panel, *, units: Units = "share") -> PlaceboInSpace:
    """Return how often a city without the measure moves away from its synthetic control as far.

    Each donor is given the other donors; the treated cities never serve as donors, because their days after
    the start hold the effect.

    Args:
        panel: Treated cities and at least three donors.
        units: How donors enter, see ``synthetic_control``.

    Raises:
        ValueError: Fewer than three donors.

    Examples:
        >>> values = np.random.default_rng(0).normal(100, 1, (20, 30))
        >>> values[0, 20:] += 50
        >>> panel = Panel.of(values, names=[str(i) for i in range(20)], treated=["0"], start=20)
        >>> placebo_in_space(panel).p
        0.05

    References:
        Abadie, Diamond and Hainmueller, 2010, doi:10.1198/jasa.2009.ap08746.
        Abadie, Diamond and Hainmueller, 2015, Comparative politics and the synthetic control method,
        doi:10.1111/ajps.12116.
    """
    k = len(panel.names)
    if k < 3:
        raise ValueError(f"{k} donors")
    own = _ratio(panel, units)
    ratios = np.array(
        [
            _ratio(
                replace(
                    panel,
                    treated=panel.donors[one],
                    donors=np.delete(panel.donors, one, axis=0),
                    names=panel.names[:one] + panel.names[one + 1 :],
                    cities=1,
                ),
                units,
            )
            for one in range(k)
        ]
    )
    return PlaceboInSpace(float((1 + (ratios >= own).sum()) / (k + 1)), 1.0 / (k + 1), own, ratios)


def _ratio(panel: Panel, units: Units) -> float:
    """Return the root mean square gap after the start over that before it."""
    gap = panel.treated - synthetic_control(panel, units=units).path
    before, after = float((gap[: panel.start] ** 2).mean()), float((gap[panel.start :] ** 2).mean())
    return float(np.sqrt(after / before)) if before > 0 else np.inf
