"""The courses a series may take by itself: level, decay to a floor, power law, trend, weekly cycle."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TIME_CONSTANTS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 16.0, 22.0, 32.0, 45.0)
FLOORS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)
HEAD_STARTS = (1.0, 7.0, 30.0)
QUICK = (1.0, 2.0, 4.0, 8.0)
SLOW = (14.0, 28.0, 56.0, np.inf)
LASTING = (0.1, 0.3)
PRIORS = {"level": 0.4, "trend": 0.1, "decay": 0.2, "two-speed": 0.15, "power": 0.15}
PERSISTENCE = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
LEAST_CYCLES = 3


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One course, before and after the start.

    Attributes:
        name: level, trend, decay (to a floor), two-speed or power.
        columns: Columns whose sum the course is, shape (t, p), the first of them 1.
        prior: Weight before the data are seen; those of all courses sum to one.
    """

    name: str
    columns: Floats
    prior: float


def courses(steps: int, before: int, *, cycle: int) -> tuple[Course, ...]:
    """Return the courses of a series on a logarithmic scale, and their weights.

    A trend is an exponential fall (or rise). Decays are ``a + b log(exp(-t / tau) + f)``: an exponential fall
    to a floor of f times the first height. Two-speed decays are ``a + b log((1 - l) exp(-t / quick) + l
    exp(-t / slow))``, where the slow part may never fade. Power laws are ``a + b log(t + c)``. Each course
    comes with and without a cycle, if the time before the start holds three of them.

    Args:
        steps: Steps in all.
        before: Steps before the start; columns are centred on them.
        cycle: Steps of the cycle, 7 for days; 0 or 1 for none.

    Examples:
        >>> made = courses(60, 40, cycle=7)
        >>> len(made), round(sum(one.prior for one in made), 9), made[0].columns.shape
        (206, 1.0, (60, 1))

    References:
        Candia, Jara-Figueroa, Rodriguez-Sickert, Barabási and Hidalgo, 2019, The universal decay of
        collective memory and attention, doi:10.1038/s41562-018-0474-5.
        Crane and Sornette, 2008, Robust dynamic classes revealed by measuring the response function of a
        social system, doi:10.1073/pnas.0803685105.
    """
    time = np.arange(steps, dtype=np.float64)
    forms: dict[str, list[Floats]] = {
        "trend": [time],
        "decay": [np.log(np.exp(-time / tau) + floor) for tau in TIME_CONSTANTS for floor in FLOORS],
        "two-speed": [
            np.log((1 - share) * np.exp(-time / quick) + share * np.exp(-time / slow))
            for quick in QUICK
            for slow in SLOW
            for share in LASTING
        ],
        "power": [np.log(time + head) for head in HEAD_STARTS],
    }
    one = np.ones((steps, 1))
    plain = [Course("level", one, PRIORS["level"])]
    for name, made in forms.items():
        for form in made:
            column = form - form[:before].mean()
            scale = float(np.sqrt((column[:before] ** 2).mean()))
            plain.append(Course(name, np.column_stack([one, column / scale]), PRIORS[name] / len(made)))
    if cycle < 2 or before < LEAST_CYCLES * cycle:
        return tuple(plain)
    turn = (np.arange(steps)[:, None] % cycle == np.arange(1, cycle)).astype(np.float64)
    turn -= turn[:before].mean(axis=0)
    cyclic = [Course(own.name, np.column_stack([own.columns, turn]), own.prior / 2) for own in plain]
    return (*(Course(own.name, own.columns, own.prior / 2) for own in plain), *cyclic)


def persistence(steps: int, rho: float) -> Floats:
    """Return the correlations of errors that carry over a share ``rho`` of each step to the next.

    Examples:
        >>> persistence(3, 0.5).tolist()
        [[1.0, 0.5, 0.25], [0.5, 1.0, 0.5], [0.25, 0.5, 1.0]]
    """
    lag = np.abs(np.subtract.outer(np.arange(steps), np.arange(steps)))
    return np.asarray(float(rho) ** lag)


def wandering(steps: int, speed: float) -> Floats:
    """Return covariances of a level that wanders by ``speed`` a step beside errors of variance one.

    Examples:
        >>> wandering(2, 0.25).tolist()
        [[1.25, 0.25], [0.25, 1.5]]
    """
    step = np.arange(1, steps + 1)
    return np.asarray(np.eye(steps) + speed * np.minimum.outer(step, step))
