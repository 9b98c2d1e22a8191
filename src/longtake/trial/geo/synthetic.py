"""What treated cities would have done, from cities without the measure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from longtake.trial.geo.panel import Panel
from longtake.trial.geo.ridge import augmented, choose_penalty
from longtake.trial.geo.simplex import simplex_weights

Floats = NDArray[np.float64]
Units = Literal["share", "level"]


@dataclass(frozen=True, slots=True, eq=False)
class Synthetic:
    """A synthetic control, fitted on the days before the start.

    Attributes:
        weights: Weight of each donor, shape (k,); they sum to one.
        path: What the treated cities would have done, in their unit, shape (t,).
        effect: Mean of the treated cities less the path from the start on.
        lift: ``effect`` over the path's mean from the start on.
        misfit: Root of the sum of squared gaps before the start.
        scaled_misfit: ``misfit`` over that of the plain mean of all donors' levels (scaled L2 of Ben-Michael
            and others, 2021); 0 is a perfect fit, 1 no better than no weighting at all.
        explained: Share of the treated cities' variance before the start that the path follows, at most 1;
            below 0 where a flat line would do better.
        penalty: Ridge penalty; None without augmentation.
    """

    weights: Floats
    path: Floats
    effect: float
    lift: float
    misfit: float
    scaled_misfit: float
    explained: float
    penalty: float | None


def synthetic_control(panel: Panel, *, units: Units = "share", ridge: bool = False) -> Synthetic:
    """Return the path of a weighted mean of donors that runs with the treated cities before the start.

    Levels may differ: each series enters less its own mean before the start.

    Args:
        panel: Treated cities and donors.
        units: ``share`` compares shares of the donors' common course, see ``Panel.relative``; ``level`` the
            counts as they are.
        ridge: Take up what the weights leave over by a ridge regression, its penalty by leaving out days.

    Examples:
        >>> values = [[1, 3, 2, 4] * 3, [2, 6, 4, 8] * 3, [9, 3, 5, 1] * 3]
        >>> panel = Panel.of(values, names=["a", "b", "c"], treated=["a"], start=8)
        >>> found = synthetic_control(panel)
        >>> found.weights.round(6).tolist(), abs(round(found.effect, 6))
        ([1.0, 0.0], 0.0)

    References:
        Doudchenko and Imbens, 2016, Balancing, regression, difference-in-differences and synthetic control
        methods: a synthesis, doi:10.3386/w22791.
        Ferman and Pinto, 2021, Synthetic controls with imperfect pretreatment fit, doi:10.3982/QE1596.
    """
    shown, course = panel.relative() if units == "share" else (panel, np.ones(panel.days))
    pre = panel.start
    level = float(shown.treated[:pre].mean())
    own = shown.treated - level
    others = shown.donors - shown.donors[:, :pre].mean(axis=1, keepdims=True)
    before, aim = others[:, :pre], own[:pre]
    weights = simplex_weights(before @ before.T, before @ aim)
    penalty = choose_penalty(before, aim) if ridge else None
    if penalty is not None:
        weights = augmented(before, aim, weights, penalty=penalty)
    path = course * (level + weights @ others)
    gap = panel.treated - path
    misfit = float(np.sqrt((gap[:pre] ** 2).sum()))
    around = panel.treated[:pre] - panel.treated[:pre].mean()
    own_sum = float((around**2).sum())
    mean_donor = panel.donors[:, :pre].mean(axis=0)
    plain = float(np.sqrt(((around - mean_donor + mean_donor.mean()) ** 2).sum()))
    effect, height = float(gap[pre:].mean()), float(path[pre:].mean())
    return Synthetic(
        weights=weights,
        path=path,
        effect=effect,
        lift=effect / height if height > 0 else np.nan,
        misfit=misfit,
        scaled_misfit=misfit / plain if plain > 0 else 0.0,
        explained=1.0 - misfit**2 / own_sum if own_sum > 0 else 0.0,
        penalty=penalty,
    )
