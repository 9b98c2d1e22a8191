"""How heat crosses from circle to circle, and the link that lets least through."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.errors import NotEnoughDataError
from longtake.heat.circles.fit import Fit, Setting, fit
from longtake.heat.renewal.kernel import USUAL_WEIGHTS, keeps, time_constants

Floats = NDArray[np.float64]

METHOD = "multivariate renewal, rank one plus diagonal"
LEAST_STEPS = 60
LEAST_EVENTS = 50
MOST = 1e9


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """What circles breed in one another.

    Attributes:
        matrix: Further events in circle i (row) bred by one event in circle j (column), shape (c, c).
        low: Lower ends of the intervals of ``matrix``, shape (c, c).
        high: Upper ends of them.
        level: Coverage of all intervals.
        background: Events a step that neither circles nor promotion explain, shape (c,).
        effects: Events a unit of each promotion brings to each circle at once, shape (c, j).
        radius: Largest eigenvalue of the matrix: events that one event, spread as the circles come to be,
            breeds in the next generation; below one heat dies out without promotion.
        links: For each step of the chain, the share of the receiving circle's events that the one before it
            bred.
        weakest: Place in ``links`` of the lowest share; Unknown("intervals_overlap") where another link's
            interval reaches it.
        n: Events behind it.
    """

    matrix: Floats
    low: Floats
    high: Floats
    level: float
    background: Floats
    effects: Floats
    radius: Estimate
    links: tuple[Estimate, ...]
    weakest: int | Unknown
    n: int


def crossing(
    counts: ArrayLike,
    *,
    step_hours: float,
    pushes: ArrayLike | None = None,
    season: ArrayLike | None = None,
    chain: tuple[int, ...] | None = None,
    level: float = 0.9,
    draws: int = 200,
    seed: int = 0,
) -> Crossing:
    """Return the matrix of reproduction between audience circles and the weakest link of a chain of them.

    ``lambda_i,t = s_t (b_i + sum_j beta_ij z_j,t + sum_j A_ij e_j,t)`` with e the kernel's average of the
    past. Entries are at least 0 and drawn to a matrix of rank one plus a diagonal: circles that take much
    take much from all, circles that send much send much to all, and each breeds itself as it may.

    The matrix describes which circle's events follow which; it does not say what would happen if a circle
    were silenced.

    Args:
        counts: Events a step, at least 0, shape (c, t), c from 2; NaN in steps nobody looked.
        step_hours: Length of a step in hours.
        pushes: Promotion by kind, at least 0, shape (j, t); without it, promotion that all circles see looks
            like heat crossing.
        season: Usual level of each step relative to the others, above zero, shape (t,).
        chain: Circles in the order in which heat should cross them; as given when None.
        level: Coverage, in (0, 1).
        draws: Series drawn from the fit for the intervals, at least 40.
        seed: Seed of the draws.

    Raises:
        NotEnoughDataError: Fewer than 60 seen steps, or a circle with fewer than 50 events.
        ValueError: A shape differs, a value is out of its range, or the chain names a circle twice.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> found = crossing(rng.poisson(20, (2, 80)), step_hours=24, draws=40)
        >>> found.matrix.shape, len(found.links)
        ((2, 2), 1)

    References:
        Hawkes, 1971, Spectra of some self-exciting and mutually exciting point processes,
        doi:10.1093/biomet/58.1.83.
        Davison and Hinkley, 1997, Bootstrap methods and their application, doi:10.1017/CBO9780511802843.
    """
    series, given, order = _checked(counts, step_hours, pushes, season, chain)
    if not 0 < level < 1 or draws < 40:
        raise ValueError(f"level {level}, draws {draws}")
    found = fit(series[None], given)
    again = fit(_drawn(np.random.default_rng(seed), found, given, series, draws), given)
    n = int(series[:, given.seen].sum())
    low, high = _ends(found.matrix[0], found.signed[0], again.signed, level)
    size, sizes = series[:, given.seen].mean(axis=1), again.mean[:, :, given.seen].mean(axis=2)
    links = []
    for sender, taker in pairwise(order):
        ratio, ratios = size[sender] / size[taker], sizes[:, sender] / sizes[:, taker]
        value = found.matrix[0, taker, sender] * ratio
        raw = found.signed[0, taker, sender] * ratio
        bottom, top = _ends(value, raw, again.signed[:, taker, sender] * ratios, level)
        links.append(Estimate(float(value), float(bottom), float(top), level, "share", METHOD, n))
    radius = _radius(found.matrix)
    bottom, top = _ends(radius, _radius(found.signed), _radius(again.signed)[:, None], level)
    return Crossing(
        matrix=found.matrix[0],
        low=low,
        high=high,
        level=level,
        background=found.background[0],
        effects=found.effects[0],
        radius=Estimate(
            float(radius[0]), float(bottom[0]), float(top[0]), level, "events per event", METHOD, n
        ),
        links=tuple(links),
        weakest=weakest(tuple(links)),
        n=n,
    )


def weakest(links: tuple[Quantity, ...]) -> int | Unknown:
    """Return the place of the lowest link, if no other link's interval reaches its own.

    Examples:
        >>> def link(low, high):
        ...     return Estimate((low + high) / 2, low, high, 0.9, "share", "by hand", 100)
        >>> weakest((link(0.4, 0.6), link(0.1, 0.2), link(0.3, 0.5)))
        1
        >>> weakest((link(0.4, 0.6), link(0.1, 0.5))).reason
        'intervals_overlap'
    """
    known = [one for one in links if isinstance(one, Estimate)]
    if len(known) < len(links) or not known:
        return Unknown("too_few_rows", METHOD, "link", 0)
    place = min(range(len(known)), key=lambda one: known[one].value)
    rest = [one.low for other, one in enumerate(known) if other != place]
    if rest and min(rest) <= known[place].high:
        return Unknown("intervals_overlap", METHOD, "link", known[place].n)
    return place


def _radius(matrices: Floats) -> Floats:
    """Return the largest real part of the eigenvalues of each matrix, shape (b,).

    A matrix without negative entries holds its spectral radius there (Perron and Frobenius).
    """
    return np.asarray(np.linalg.eigvals(matrices).real.max(axis=1))


def _ends(value: Floats, raw: Floats, drawn: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the ends of an interval, at least 0 and around the value.

    The raw estimate less the errors that the same estimate makes on series drawn from the value.
    """
    tail = (1 - level) / 2
    # A drawn series in which a circle fell silent has no ratio to tell; without any other, neither end has.
    errors = np.where(np.isfinite(drawn - value), drawn - value, np.nan)
    told = np.isfinite(errors).any(axis=0)
    below, above = np.nanquantile(np.where(told, errors, 0.0), [tail, 1 - tail], axis=0)
    below, above = np.where(told, below, -np.inf), np.where(told, above, np.inf)
    middle = np.where(np.isfinite(raw), raw, value)
    return np.minimum(np.maximum(middle - above, 0.0), value), np.maximum(middle - below, value)


def _checked(
    counts: ArrayLike,
    step_hours: float,
    pushes: ArrayLike | None,
    season: ArrayLike | None,
    chain: tuple[int, ...] | None,
) -> tuple[Floats, Setting, tuple[int, ...]]:
    series = np.asarray(counts, dtype=np.float64)
    if series.ndim != 2 or series.shape[0] < 2:
        raise ValueError(f"counts of shape {series.shape} are not (c, t) with c from 2")
    if (series < 0).any() or np.isinf(series).any():
        raise ValueError("a count is below zero or without bound")
    c, t = series.shape
    push = np.zeros((0, t)) if pushes is None else np.atleast_2d(np.asarray(pushes, dtype=np.float64))
    usual = np.ones(t) if season is None else np.asarray(season, dtype=np.float64)
    if push.shape[1:] != (t,) or not (push >= 0).all() or usual.shape != (t,) or not (usual > 0).all():
        raise ValueError("pushes or season do not fit the counts, or are out of their range")
    order = tuple(range(c)) if chain is None else chain
    if len(order) < 2 or len(set(order)) < len(order) or not all(0 <= one < c for one in order):
        raise ValueError(f"chain {order} does not name circles of {c} once each")
    seen = np.asarray(np.isfinite(series).all(axis=0))
    if seen.sum() < LEAST_STEPS:
        raise NotEnoughDataError(METHOD, needed=LEAST_STEPS, got=int(seen.sum()), unit="seen steps")
    fewest = int(np.nansum(series, axis=1).min())
    if fewest < LEAST_EVENTS:
        raise NotEnoughDataError(METHOD, needed=LEAST_EVENTS, got=fewest, unit="events in each circle")
    steps = np.arange(t)
    whole = np.stack([np.interp(steps, steps[np.isfinite(row)], row[np.isfinite(row)]) for row in series])
    given = Setting(usual, push, keeps(time_constants(step_hours)), np.asarray(USUAL_WEIGHTS), seen)
    return whole, given, order


def _drawn(rng: np.random.Generator, found: Fit, given: Setting, series: Floats, draws: int) -> Floats:
    """Return series drawn from the fit, each feeding on its own past, shape (draws, c, t)."""
    c, t = series.shape
    start = series[:, : min(24, t)].mean(axis=1)
    level = np.broadcast_to(start[:, None], (draws, c, given.keep.size)).copy()
    source = found.background[0][:, None] + found.effects[0] @ given.pushes
    size = 1.0 / found.scatter[0]
    luck = rng.gamma(size[:, None], 1.0 / size[:, None], (t, draws, c, 1))[..., 0]
    out = np.empty((draws, c, t))
    for step in range(t):
        mean = given.season[step] * (source[:, step] + (level @ found.kernel[0]) @ found.matrix[0].T)
        out[:, :, step] = rng.poisson(np.minimum(mean * luck[step], MOST))
        level = given.keep * level + (1.0 - given.keep) * out[:, :, step, None]
    return out
