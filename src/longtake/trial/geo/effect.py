"""The effect of a measure in some cities, with its interval, or why it cannot be told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.trial.geo.conformal import Conformal, Inversion, invert
from longtake.trial.geo.panel import Panel
from longtake.trial.geo.synthetic import Synthetic, Units, synthetic_control

METHOD = "synthetic control, block permutations (Chernozhukov, Wüthrich and Zhu 2021)"
FIT_GATE = 0.6
LEAST_EXPLAINED = 0.5
MOST_DRIFT = 1.5
LEAST_BEFORE = 25
BEFORE_PER_AFTER = 2


@dataclass(frozen=True, slots=True, eq=False)
class CityEffect:
    """What a measure changed in the treated cities.

    Attributes:
        effect: Mean change a city and day, in the counts' unit.
        lift: Change over what would have been, a share.
        total: Change over all treated cities and days.
        p: Share of shifts at least as far from what was expected; below ``1 - level`` exactly when the
            interval leaves zero out.
        fit: The synthetic control behind it.
    """

    effect: Quantity
    lift: Quantity
    total: Quantity
    p: float | None
    fit: Synthetic


def city_effect(
    panel: Panel,
    *,
    unit: str,
    level: float = 0.9,
    units: Units = "share",
    gate: float = FIT_GATE,
) -> CityEffect:
    """Return the effect in the treated cities against what other cities say they would have done.

    The interval is the set of constant effects that the permutation test does not reject; point, interval
    and p cannot contradict one another.

    Args:
        panel: Treated cities and donors.
        unit: What is counted, for the estimates.
        level: Coverage, in (0, 1).
        units: How donors enter, see ``synthetic_control``.
        gate: Largest scaled misfit before the start at which an effect is told, where the path follows less
            than half of the variance and the gaps drift (their variance is above 1.5 times what steps from
            day to day come to). Cities that are all alike, or steady but for noise of their own, have a large
            scaled misfit and nothing wrong.

    Returns:
        Effect, lift and total; each Unknown with ``too_few_days`` below 25 days before the start or twice as
        many as after it, with ``poor_fit`` where the donors do not follow the treated cities.

    Raises:
        ValueError: The level is not in (0, 1).

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> values = 100 + 10 * np.sin(np.arange(50.0)) + rng.normal(0, 1, (8, 50))
        >>> values[0, 40:] += 20
        >>> panel = Panel.of(values, names=list("abcdefgh"), treated=["a"], start=40)
        >>> found = city_effect(panel, unit="tickets")
        >>> found.effect.low < 20 < found.effect.high
        True
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level}")
    fit = synthetic_control(panel, units=units)
    refused = _refusal(panel, fit, gate)
    if refused is None:
        test = Conformal.of(panel, units=units)
        found = invert(test, fit.effect, level=level)
        if found is not None:
            return _told(panel, fit, found, unit)
        refused = ("too_few_days", int(np.ceil(1 / (1 - level))) + 1)
    reason, needed = refused

    def unknown(of: str) -> Unknown:
        return Unknown(reason, METHOD, of, panel.days, needed)

    return CityEffect(unknown(f"{unit} a city and day"), unknown("share"), unknown(unit), None, fit)


def _refusal(panel: Panel, fit: Synthetic, gate: float) -> tuple[str, int | None] | None:
    """Return why an effect is not told, and the days it would take."""
    needed = max(LEAST_BEFORE, BEFORE_PER_AFTER * panel.after)
    if panel.start < needed:
        return "too_few_days", needed + panel.after
    gap = (panel.treated - fit.path)[: panel.start]
    drifts = float(gap.var()) > MOST_DRIFT * float((np.diff(gap) ** 2).mean()) / 2
    poor = fit.scaled_misfit > gate and fit.explained < LEAST_EXPLAINED and drifts
    return ("poor_fit", None) if poor else None


def _told(panel: Panel, fit: Synthetic, found: Inversion, unit: str) -> CityEffect:
    """Return the effect, its share of what would have been and its sum."""
    mean = float(panel.treated[panel.start :].mean())
    cells = panel.cities * panel.after

    def lift(effect: float) -> float:
        return effect / (mean - effect) if mean > effect else np.inf

    def estimate(value: float, low: float, high: float, of: str) -> Estimate:
        return Estimate(value, low, high, found.level, of, METHOD, panel.days * (len(panel.names) + 1))

    return CityEffect(
        effect=estimate(fit.effect, found.low, found.high, f"{unit} a city and day"),
        lift=estimate(lift(fit.effect), lift(found.low), lift(found.high), "share"),
        total=estimate(fit.effect * cells, found.low * cells, found.high * cells, unit),
        p=found.p,
        fit=fit,
    )
