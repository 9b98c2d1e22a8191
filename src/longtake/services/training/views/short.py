"""Weights of the stack that short series get, from the first weeks of many series."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.heat.forecasting.features import HALF
from longtake.heat.forecasting.short import members, short_band
from longtake.services.training.views.grow import HORIZON, stack_weights
from longtake.services.training.views.videos import Videos

Floats = NDArray[np.float64]

ORIGINS = (7, 14, 21)
EVERY = 40
LEVEL = 0.8


def short_stack(videos: Videos, *, promotion: bool) -> Floats:
    """Return shares of renewal and damped path, and the widening of the interval, shape (3,).

    Shares by pinball loss pooled over origins; the widening makes drawn intervals of 80 % hold 80 % of the
    totals of every fortieth series.
    """
    made = [_paths(videos, origin, promotion) for origin in ORIGINS]
    weights = stack_weights([paths for paths, _ in made], [after for _, after in made])
    reach: list[float] = []
    for origin in ORIGINS:
        for row in range(0, videos.counts.shape[0], EVERY):
            one = videos.pick(np.array([row]))
            counts, after = one.counts[:, :origin], one.counts[:, origin : origin + HORIZON]
            if not np.nansum(counts):
                continue
            past, plan = _pushes(one, origin, promotion)
            band = short_band(counts, past, plan, step_hours=24.0, weights=weights, widen=1.0, level=LEVEL)
            middle = np.log(band.total[0, -1] + HALF)
            off = np.log(np.nansum(after) + HALF) - middle
            end = band.total_high if off > 0 else band.total_low
            far = np.log(end[0, -1] + HALF) - middle
            reach.append(float(off / far) if abs(far) > 1e-9 else np.inf)
    return np.append(weights, round(float(np.quantile(reach, LEVEL)), 2))


def _pushes(videos: Videos, origin: int, promotion: bool) -> tuple[Floats, Floats]:
    shares = np.nan_to_num(videos.shares)[:, None] if promotion else videos.shares[:, None][:, :0]
    return shares[:, :, :origin], shares[:, :, origin : origin + HORIZON]


def _paths(videos: Videos, origin: int, promotion: bool) -> tuple[Floats, Floats]:
    past, plan = _pushes(videos, origin, promotion)
    paths = members(videos.counts[:, :origin], past, plan, step_hours=24.0)
    return paths, videos.counts[:, origin : origin + HORIZON]
