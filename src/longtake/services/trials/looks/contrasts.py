"""One arm against the control on one metric, by the method of the design."""

from __future__ import annotations

import math

import numpy as np

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.domain.trials.arms import Metric
from longtake.heat.measures.mean import mean
from longtake.services.trials.looks.counted import Counted
from longtake.trial.frequentist.proportions import proportions
from longtake.trial.frequentist.ratio import ratio, ratio_difference, squared_error
from longtake.trial.frequentist.welch import difference
from longtake.trial.sequential.around_plan import around_plan
from longtake.trial.sequential.asymptotic import LEAST, planned_sequence
from longtake.trial.sequential.bernoulli import bernoulli_sequence
from longtake.trial.sequential.split import split_information, split_test

Z95 = 1.959963984540054


def any_look(counted: Counted, metric: Metric, arm: int, *, level: float) -> Contrast | Unknown:
    """Return an arm against the control with an interval that holds at every look.

    Conversions are compared inside each period, so that a base rate that drifts or decays does no harm.
    """
    planned = counted.trial.planned_units * (counted.trial.shares[0] + counted.trial.shares[arm])
    if metric.kind == "proportion":
        (x0, n0), (x1, n1) = counted.conversions(metric, 0), counted.conversions(metric, arm)
        n = int(n0.sum() + n1.sum())
        rate = float(x0.sum() + x1.sum()) / n if n else 0.0
        base = metric.baseline if metric.baseline is not None else min(max(rate, 1e-4), 1 - 1e-4)
        treated = counted.trial.shares[arm] / (counted.trial.shares[0] + counted.trial.shares[arm])
        information = split_information(planned, share=base, treated_share=treated)
        return split_test((x0, n0), (x1, n1), information=information, level=level)
    if metric.kind == "mean":
        return planned_sequence(
            counted.moments(metric, 0),
            counted.moments(metric, arm),
            unit=metric.unit,
            planned_units=planned,
            level=level,
        )
    control, treated_sums = counted.paired(metric, 0), counted.paired(metric, arm)
    n = control.n + treated_sums.n
    if min(control.n, treated_sums.n) < LEAST:
        return Unknown("too_few_rows", "ratio of sums", metric.unit, n, 2 * LEAST)
    found = ratio_difference(control, treated_sums, unit=metric.unit, level=level)
    return found if isinstance(found, Unknown) else around_plan(found, seen=n / planned, level=level)


def fixed(counted: Counted, metric: Metric, arm: int, *, level: float) -> Contrast | Unknown:
    """Return an arm against the control as one look would, for a design that plans its looks."""
    if metric.kind == "proportion":
        pairs = [(int(x.sum()), int(n.sum())) for x, n in (counted.conversions(metric, a) for a in (0, arm))]
        return proportions(pairs[0], pairs[1], level=level)
    if metric.kind == "mean":
        return difference(
            counted.moments(metric, 0), counted.moments(metric, arm), unit=metric.unit, level=level
        )
    return ratio_difference(
        counted.paired(metric, 0), counted.paired(metric, arm), unit=metric.unit, level=level
    )


def in_its_unit(effect: Quantity, counted: Counted, metric: Metric, arm: int) -> Quantity:
    """Return an effect in the metric's own unit.

    Odds become a difference of shares at the control's share, so both leave zero out together.
    """
    if metric.kind != "proportion" or isinstance(effect, Unknown):
        return effect
    x0, n0 = counted.conversions(metric, 0)
    _, n1 = counted.conversions(metric, arm)
    together = (n0 > 0) & (n1 > 0)
    done, of = float(x0[together].sum()), float(n0[together].sum())
    # An arm in which nobody or everybody converted has a share of neither nought nor one.
    base = done / of if 0 < done < of else (done + 0.5) / (of + 1)

    def points(odds: float) -> float:
        if math.isinf(odds):
            return 1 - base
        raised = base * (1 + odds)
        return raised / (1 - base + raised) - base

    method = f"{effect.method}, at the control's share"
    ends = points(effect.value), points(effect.low), points(effect.high)
    return Estimate(*ends, effect.level, "share", method, effect.n)


def statistic(effect: Contrast, metric: Metric, *, odds: bool) -> float:
    """Return the effect over its standard error, above zero in the wanted direction."""
    value, error = effect.effect.value, effect.error
    if odds and metric.kind == "proportion":
        value, error = math.log1p(value), error / (1 + value)
    signed = value if metric.rise else -value
    return signed / error if error > 0 else 0.0


def arm_value(counted: Counted, metric: Metric, arm: int) -> Quantity:
    """Return what an arm shows by itself."""
    if metric.kind == "proportion":
        x, n = counted.conversions(metric, arm)
        if not n.sum():
            return Unknown("no_rows", "share", "share", 0)
        tight = max(60.0, counted.trial.planned_units * counted.trial.shares[arm])
        return bernoulli_sequence(int(x.sum()), int(n.sum()), tight_at=tight)
    if metric.kind == "mean":
        return mean(counted.moments(metric, arm), unit=metric.unit, level=0.95)
    sums = counted.paired(metric, arm)
    if sums.n < 2 or not sums.second.total:
        return Unknown("too_few_rows", "ratio of sums", metric.unit, sums.n, 2)
    value, wide = ratio(sums), Z95 * float(np.sqrt(squared_error(sums)))
    return Estimate(value, value - wide, value + wide, 0.95, metric.unit, "ratio of sums", sums.n)
