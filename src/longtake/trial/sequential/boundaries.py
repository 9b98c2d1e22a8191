"""Boundaries for a trial with a planned end and looks on the way."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate

Floats = NDArray[np.float64]

METHOD = "group sequential, Lan and DeMets 1983"
STEPS_A_SPREAD = 24
WIDEST = 8.0
LEAST_SPENT = 1e-15


@dataclass(frozen=True, slots=True, eq=False)
class Boundaries:
    """Bounds on the statistic, one a look.

    Attributes:
        z: What the absolute statistic (2 sides) or the statistic (1 side) must pass, shape (k,);
            8 where nothing was to be spent.
        spent: Alpha spent up to each look, shape (k,).
        alone: P-value that a single look with this bound would need, shape (k,).
    """

    z: Floats
    spent: Floats
    alone: Floats


def fractions(units: Sequence[float], planned: float) -> Floats:
    """Return the share of information at each look, on the scale of the largest of plan and truth.

    A trial that runs over its plan is put on the scale of what it reached; the bounds of looks that were
    taken by the plan stay as they were taken, so pass them as ``taken`` to :func:`boundaries`.

    Args:
        units: Units of both arms at each look, rising.
        planned: Units planned.

    Examples:
        >>> fractions([100, 200], 400).tolist()
        [0.25, 0.5]
    """
    return np.asarray(units, dtype=np.float64) / max(planned, *units)


def boundaries(
    information: ArrayLike, spending: ArrayLike, *, sides: int = 2, taken: Sequence[float] = ()
) -> Boundaries:
    """Return bounds that spend alpha as told.

    The running statistic is a Gaussian walk; its density inside the bounds is carried from look to look on a
    grid, and each bound lets out just what may be spent.

    Args:
        information: Information at each look, rising, above zero, in any scale, shape (k,).
        spending: Alpha spent up to each look, never falling, within [0, 1), shape (k,).
        sides: 1 or 2.
        taken: Bounds of the first looks that were already used; what they spent stays spent and the rest is
            for the looks to come.

    Raises:
        ValueError: Shapes differ, information does not rise, or spending falls.

    Examples:
        >>> found = boundaries([0.5, 1.0], [0.025, 0.05])
        >>> found.z.round(3).tolist()
        [2.241, 2.125]

    References:
        Armitage, McPherson, Rowe, 1969, Repeated significance tests on accumulating data,
        doi:10.2307/2343787.
        Lan and DeMets, 1983, Discrete sequential boundaries for clinical trials, doi:10.1093/biomet/70.3.659.
        Jennison and Turnbull, 2000, Group sequential methods with applications to clinical trials,
        doi:10.1201/9780367805326, chapter 19.
    """
    at, spend = np.asarray(information, dtype=np.float64), np.asarray(spending, dtype=np.float64)
    if at.ndim != 1 or at.shape != spend.shape or not at.size or sides not in (1, 2):
        raise ValueError(f"information of shape {at.shape}, spending of shape {spend.shape}, sides {sides}")
    steps = np.diff(at, prepend=0.0)
    if not (steps > 0).all() or not (np.diff(spend, prepend=0.0) >= -1e-15).all() or spend[-1] >= 1:
        raise ValueError("information must rise and spending must not fall")
    z, used = np.empty(at.size), np.empty(at.size)
    place, mass = np.zeros(1), np.ones(1)
    out = 0.0
    for look, step in enumerate(steps.tolist()):
        root, whole = math.sqrt(step), math.sqrt(float(at[look]))

        leaving = partial(_leaving, place=place, mass=mass, root=root, whole=whole, sides=sides)
        may = float(spend[look]) - out
        if look < len(taken):
            z[look] = taken[look]
        elif may <= LEAST_SPENT or leaving(WIDEST) >= may:
            z[look] = WIDEST
        else:
            z[look] = brentq(_excess, -WIDEST if sides == 1 else 0.0, WIDEST, args=(leaving, may))
        out += leaving(float(z[look]))
        used[look] = out
        if look + 1 < at.size:
            edge = float(z[look]) * whole
            low = -edge if sides == 2 else -WIDEST * whole
            place, mass = _inside(place, mass, root=root, low=low, high=edge)
    return Boundaries(z, used, np.asarray(sides * ndtr(-z)))


def _leaving(bound: float, *, place: Floats, mass: Floats, root: float, whole: float, sides: int) -> float:
    """Return the chance that the walk passes a bound at this look and none before."""
    gone = float(mass @ ndtr((place - bound * whole) / root))
    return gone + float(mass @ ndtr((-bound * whole - place) / root)) if sides == 2 else gone


def _excess(bound: float, leaving: Callable[[float], float], may: float) -> float:
    """Return how much more leaves than may."""
    return leaving(bound) - may


def _inside(place: Floats, mass: Floats, *, root: float, low: float, high: float) -> tuple[Floats, Floats]:
    """Return the grid and masses, by Simpson's rule, of the walk that has not left, one look on."""
    pieces = max(64, 2 * math.ceil((high - low) / root * STEPS_A_SPREAD / 4))
    grid, gap = np.linspace(low, high, pieces + 1, retstep=True)
    weight = np.full(pieces + 1, 2.0)
    weight[1::2], weight[0], weight[-1] = 4.0, 1.0, 1.0
    density = np.exp(-0.5 * ((grid[:, None] - place) / root) ** 2) @ mass / (root * math.sqrt(2 * math.pi))
    return grid, density * weight * float(gap) / 3


def repeated(contrast: Contrast, bound: float) -> Contrast:
    """Return a contrast with the interval that the bound of its look gives.

    All repeated intervals of a trial hold together with the chance of one less its alpha.

    Args:
        contrast: The effect and its standard error at this look.
        bound: The look's bound on the absolute statistic.

    Returns:
        The same effect; ``p`` stays that of the look alone and is compared with ``Boundaries.alone``.

    Examples:
        >>> one = Contrast(Estimate(1.0, 0.0, 2.0, 0.95, "share", "z", 9), 0.5, 0.04)
        >>> repeated(one, 3.0).effect.low
        -0.5

    References:
        Jennison and Turnbull, 1989, Interim analyses: the repeated confidence interval approach,
        doi:10.1111/j.2517-6161.1989.tb01433.x.
    """
    e = contrast.effect
    half = bound * contrast.error
    effect = Estimate(e.value, e.value - half, e.value + half, e.level, e.unit, METHOD, e.n)
    return Contrast(effect, contrast.error, contrast.p)


def drift_power(information: ArrayLike, found: Boundaries, *, drift: float) -> Floats:
    """Return the chance to have found an effect by each look, with two-sided bounds.

    Args:
        information: As given to :func:`boundaries`, the last taken as the planned end.
        found: Its bounds.
        drift: Effect over its standard error at the last look.

    Examples:
        >>> plan = boundaries([1.0], [0.05])
        >>> drift_power([1.0], plan, drift=2.8).round(3).tolist()
        [0.8]
    """
    at = np.asarray(information, dtype=np.float64)
    pace = drift / math.sqrt(float(at[-1]))
    place, mass, out = np.zeros(1), np.ones(1), []
    gone = 0.0
    for look, step in enumerate(np.diff(at, prepend=0.0).tolist()):
        root, edge = math.sqrt(step), float(found.z[look]) * math.sqrt(float(at[look]))
        ahead = place + pace * step
        gone += float(mass @ (ndtr((ahead - edge) / root) + ndtr((-edge - ahead) / root)))
        out.append(gone)
        if look + 1 < at.size:
            place, mass = _inside(ahead, mass, root=root, low=-edge, high=edge)
    return np.asarray(out)


def single_look(alpha: float, *, sides: int = 2) -> float:
    """Return the bound of a single look.

    Examples:
        >>> round(single_look(0.05), 2)
        1.96
    """
    return float(ndtri(1 - alpha / sides))
