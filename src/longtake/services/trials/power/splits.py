"""Power of trials whose units are split over arms one by one."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

from longtake.domain.trials.power import WANTED, Power
from longtake.domain.trials.refusal import DesignError
from longtake.domain.trials.trial import Trial
from longtake.trial.frequentist.power import Design
from longtake.trial.sequential.around_plan import any_look_power
from longtake.trial.sequential.boundaries import boundaries, drift_power, single_look
from longtake.trial.sequential.spending import obrien_fleming

FARTHEST = 12.0
ANY_LOOK, GROUP = "any look, evidence mixed around the plan", "group sequential, O'Brien and Fleming spending"


def power_of_split(trial: Trial) -> Power:
    """Return what a split trial can find by its planned end, looks and number of arms taken into account.

    Raises:
        DesignError: The baseline or the deviation is missing, without which there is no power.

    Examples:
        >>> from longtake.domain.trials.arms import Arm, Metric
        >>> arms = (Arm("A"), Arm("B"))
        >>> one = Trial("t1", "lights", "Which?", "group_sequential", arms, (Metric("f", baseline=0.05),),
        ...             "viewer", "us", 16300, 0.01, looks=1)
        >>> round(power_of_split(one).power, 2)
        0.8
    """
    alpha = trial.alpha / (len(trial.arms) - 1)
    # The smallest arm decides: what it finds, the larger ones find as well.
    share = min(trial.shares[1:])
    design, control = _design(trial, share / trial.shares[0]), trial.planned_units * trial.shares[0]
    chance = _chances(trial.design, trial.looks, alpha)
    error = design.error(control)
    drift = trial.minimum / error
    wanted = _drift_for(trial.design, trial.looks, alpha)
    critical = single_look(alpha)
    return Power(
        power=chance(drift),
        smallest=wanted * error,
        needed=int(np.ceil(trial.planned_units * (wanted / drift) ** 2)),
        single=float(ndtr(drift - critical) + ndtr(-drift - critical)),
        unit=trial.primary.unit,
        relative=False,
        method=GROUP if trial.design == "group_sequential" else ANY_LOOK,
        units=trial.planned_units,
    )


def planned_drift(trial: Trial, arm: int) -> float:
    """Return the smallest effect worth it over its standard error at the planned end.

    Raises:
        DesignError: As :func:`power_of_split`.
    """
    control = trial.planned_units * trial.shares[0]
    return trial.minimum / _design(trial, trial.shares[arm] / trial.shares[0]).error(control)


def _design(trial: Trial, ratio: float) -> Design:
    metric = trial.primary
    if metric.kind == "proportion":
        if metric.baseline is None:
            raise DesignError("baseline", "baseline_needed", "")
        changed = metric.baseline + (trial.minimum if metric.rise else -trial.minimum)
        return Design.of_shares(metric.baseline, changed, ratio=ratio, alpha=trial.alpha)
    if metric.deviation is None:
        raise DesignError("deviation", "deviation_needed", "")
    return Design(metric.deviation**2, metric.deviation**2, ratio, trial.alpha)


def _chances(design: str, looks: int, alpha: float) -> Callable[[float], float]:
    if design != "group_sequential":
        return lambda drift: any_look_power(drift, alpha=alpha)
    at = np.arange(1, looks + 1) / looks
    found = boundaries(at, obrien_fleming(at, alpha=alpha))
    return lambda drift: float(drift_power(at, found, drift=drift)[-1])


@lru_cache(maxsize=64)
def _drift_for(design: str, looks: int, alpha: float) -> float:
    """Return the drift that is found with a chance of .8."""
    chance = _chances(design, looks, alpha)
    return float(brentq(lambda drift: chance(drift) - WANTED, 0.5, FARTHEST, xtol=1e-6))
