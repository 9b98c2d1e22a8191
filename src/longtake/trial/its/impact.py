"""What a measure changed in a series that other, untouched series run along with."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError
from longtake.trial.its.mixture import Bank, model
from longtake.trial.its.shapes import Course, persistence, wandering

Floats = NDArray[np.float64]

METHOD = "regression on controls with a wandering level, averaged over models"
SPEEDS = (0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
CARRIED = (0.3, 0.6, 0.8, 0.9)
MOST_CONTROLS = 6
LEAST_BEFORE = 20


@dataclass(frozen=True, slots=True, eq=False)
class Impact:
    """A change against controls.

    Attributes:
        effect: Mean change a step, in counts.
        lift: The same over what would have been, a share.
        deviation: Standard deviation of the effect.
        p: Two-sided; below ``1 - level`` exactly when the interval leaves zero out.
        path: What would have been, shape (h,).
        inclusion: Probability that each control belongs to the model, shape (k,).
    """

    effect: Estimate
    lift: Estimate
    deviation: float
    p: float
    path: Floats
    inclusion: Floats


def impact(
    series: ArrayLike,
    controls: ArrayLike,
    *,
    start: int,
    unit: str,
    level: float = 0.95,
    cycle: int = 0,
) -> Impact:
    """Return the change of a series from a step on, against series the measure cannot have reached.

    The series is a level, a weighted sum of controls and perhaps a cycle; errors are independent beside a
    level that wanders, or carry over from step to step. All subsets of controls and shapes of errors are
    averaged by their marginal likelihood before the start, the three kinds of errors each with
    a third of the weight before the data are seen.

    Args:
        series: Values, oldest first, complete, shape (t,).
        controls: Untouched series, complete, shape (k, t), k up to 6; without any, use ``freeze``.
        start: First step of the measure.
        unit: What is counted.
        level: Coverage, in (0, 1).
        cycle: Steps of a cycle to allow for; 0 for none.

    Raises:
        NotEnoughDataError: Fewer than 20 steps before the start.
        ValueError: A shape differs, a value is missing, or a number is out of its range.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> control = 100 + rng.normal(0, 5, 80)
        >>> series = 1.2 * control + rng.normal(0, 1, 80)
        >>> series[60:] += 5
        >>> found = impact(series, control, start=60, unit="tickets")
        >>> found.effect.low < 5 < found.effect.high
        True

    References:
        Brodersen, Gallusser, Koehler, Remy and Scott, 2015, Inferring causal impact using Bayesian structural
        time-series models, doi:10.1214/14-AOAS788.
    """
    values, others = (
        np.asarray(series, dtype=np.float64),
        np.atleast_2d(np.asarray(controls, dtype=np.float64)),
    )
    k, steps = others.shape
    if values.shape != (steps,) or not 1 <= k <= MOST_CONTROLS or not 0 < start < steps:
        raise ValueError(f"series {values.shape}, controls {others.shape}, start {start}")
    if not (np.isfinite(values).all() and np.isfinite(others).all()) or not 0 < level < 1:
        raise ValueError("a value is missing, or the level is not in (0, 1)")
    if start < LEAST_BEFORE:
        raise NotEnoughDataError(METHOD, needed=LEAST_BEFORE, got=start, unit="steps before the start")
    made, subsets = _courses(others, start, cycle)
    errors = [np.eye(steps)]
    errors += [wandering(steps, speed) for speed in SPEEDS]
    errors += [persistence(steps, rho) for rho in CARRIED]
    kinds = (1, len(SPEEDS), len(CARRIED))
    bank = Bank.of(
        made, errors, start, priors=[1 / (len(kinds) * size) for size in kinds for _ in range(size)]
    )
    found = bank.ahead(values[None, :start])
    weights = found.weights[0]
    mean = float(values[start:].mean())
    likely = found.likely()
    tail = (1 - level) / 2
    ends = [mean - likely.quantile(share) for share in (1 - tail, tail)]
    value = min(max(mean - float(found.mean[0]), ends[0]), ends[1])
    below = likely.below(mean)
    return Impact(
        effect=Estimate(value, ends[0], ends[1], level, f"{unit} a step", METHOD, steps * (k + 1)),
        lift=_lift(mean, value, ends, level, steps * (k + 1)),
        deviation=float(found.deviation[0]),
        p=min(1.0, 2 * min(below, 1 - below)),
        path=_path(bank, weights, values[:start]),
        inclusion=np.array(
            [
                sum(weights[one :: len(made)].sum() for one in range(len(made)) if c in subsets[one])
                for c in range(k)
            ]
        ),
    )


def _courses(others: Floats, start: int, cycle: int) -> tuple[tuple[Course, ...], list[tuple[int, ...]]]:
    """Return a course for each subset of the controls, each control as likely in as out."""
    k, steps = others.shape
    shown = others - others[:, :start].mean(axis=1, keepdims=True)
    size = np.sqrt((shown[:, :start] ** 2).mean(axis=1))
    moving = [one for one in range(k) if size[one] > 1e-9 * (1e-300 + np.abs(others[one]).max())]
    turn = np.zeros((steps, 0))
    if cycle >= 2 and start >= 3 * cycle:
        turn = (np.arange(steps)[:, None] % cycle == np.arange(1, cycle)).astype(np.float64)
        turn -= turn[:start].mean(axis=0)
    made, kept = [], []
    for count in range(len(moving) + 1):
        for subset in combinations(moving, count):
            columns = np.column_stack([np.ones(steps), *(shown[one] / size[one] for one in subset), *turn.T])
            if np.linalg.matrix_rank(columns[:start]) == columns.shape[1]:
                made.append(Course("controls", columns, 1.0))
                kept.append(subset)
    return tuple(Course(one.name, one.columns, 1.0 / len(made)) for one in made), kept


def _members(subsets: list[tuple[int, ...]], controls: int) -> Floats:
    """Return 1 where a subset holds a control, shape (subsets, controls)."""
    return np.array([[float(one in subset) for one in range(controls)] for subset in subsets])


def _lift(mean: float, value: float, ends: list[float], level: float, n: int) -> Estimate:
    """Return the effect over what would have been; without bound where that may be nothing."""

    def share(effect: float) -> float:
        return effect / (mean - effect) if mean > effect else np.inf

    return Estimate(share(value), share(ends[0]), share(ends[1]), level, "share", METHOD, n)


def _path(bank: Bank, weights: Floats, past: Floats) -> Floats:
    """Return the expected steps after the start over the models that count."""
    path = np.zeros(bank.errors.shape[1] - bank.before)
    total = 0.0
    for place in np.flatnonzero(weights >= 1e-3 * weights.max()).tolist():
        course, errors = bank.at(place)
        path += weights[place] * (model(course.columns, errors, bank.before).path @ past)
        total += weights[place]
    return np.asarray(path / total)
