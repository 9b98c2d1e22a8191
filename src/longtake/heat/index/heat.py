"""A film's heat over several platforms as one index."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.errors import NotEnoughDataError
from longtake.heat.index.factor import Cells, Factor, factor

Floats = NDArray[np.float64]

METHOD = "one-factor local level"
LEAST_STEPS = 8
LEAST_CELLS = 3
BASE_STEPS = 7
# Normal quantiles of 80 % and 95 % bands.
Z80, Z95 = 1.2815515655446004, 1.959963984540054


@dataclass(frozen=True, slots=True, eq=False)
class HeatIndex:
    """Heat over time, 100 at the base.

    Attributes:
        index: Shape (t,); the median of what is believed at each step, all steps known.
        low80: Lower end of the 80 % band, shape (t,).
        high80: Upper end of it.
        low95: Lower end of the 95 % band, shape (t,).
        high95: Upper end of it.
        contributions: How much of a surprise that all platforms share reached the filtered level through
            each of them (loading times Kalman gain), in [0, 1], shape (t,) a platform; what their sum lacks
            to one is memory.
        loadings: How far a platform's logarithm moves when the level moves by one; mean 1.
        scatter: Standard deviation of a platform's logarithm around its share of the level.
        drift: Standard deviation of a step of the level, logarithms.
        base: ``reference``, or ``own start`` for the median of the first seven steps with data.
        left_out: Platforms seen in fewer than three steps.
        n: Cells observed or known to lie below a bound.
        method: Name of the method.
    """

    index: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    contributions: Mapping[str, Floats]
    loadings: Mapping[str, float]
    scatter: Mapping[str, float]
    drift: float
    base: str
    left_out: tuple[str, ...]
    n: int
    method: str = METHOD


def heat_index(
    counts: Mapping[str, ArrayLike],
    *,
    censored_below: Mapping[str, ArrayLike] | None = None,
    activity: Mapping[str, ArrayLike] | None = None,
    season: Mapping[str, ArrayLike] | None = None,
    reference: Mapping[str, float] | None = None,
) -> HeatIndex:
    """Return one index of heat from counts or scores of several platforms.

    ``log(1 + y) - log(season) - log(activity) = offset + loading * level + noise`` on each platform, with a
    level common to all that walks at random. Platform counts are never added up: each is brought to the
    common level by its own offset and loading, so a platform that drops out takes no heat with it.

    Args:
        counts: Counts or scores a step, at least 0, shape (t,) a platform; NaN where nobody looked or only a
            bound is known.
        censored_below: Bounds in the unit of ``counts``, above zero, shape (t,) a platform: where the count
            is NaN and the bound is not, the count lay below it (a topic absent from a list).
        activity: What the whole platform (or its median tracked title) did in each step, above zero, shape
            (t,); a surge of the platform cancels. Platforms not named have none taken out.
        season: Usual level of each step relative to the others, above zero, shape (t,).
        reference: One plus the count, over season and activity, of a reference (the median tracked film on
            its release day) for one or more platforms; the index is 100 where the level is the reference's.
            Without it the index is 100 at the median of the first seven steps with data.

    Returns:
        The index with its bands. The bands take offsets, loadings and scatter as known.

    Raises:
        NotEnoughDataError: Fewer than eight steps hold anything, or no platform three observed steps.
        ValueError: Shapes differ, a count is below zero, a bound, season, activity or reference is not above
            zero, or a name is unknown.

    Examples:
        >>> flat = heat_index({"weibo": [20.0] * 10, "douban": [4.0] * 5 + [float("nan")] * 5})
        >>> flat.index.round(6).tolist()
        [100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 100.0]

    References:
        Stock and Watson, 1991, A probability model of the coincident economic indicators, in Lahiri and
        Moore, Leading economic indicators, doi:10.1017/CBO9781139173735.005.
        Durbin and Koopman, 2012, Time series analysis by state space methods,
        doi:10.1093/acprof:oso/9780199641178.001.0001.
    """
    names, cells, left_out = _cells(counts, censored_below or {}, activity or {}, season or {})
    found = factor(cells)
    level = found.level.mean
    known = np.flatnonzero((cells.seen | cells.below).any(axis=0))
    if reference is None:
        base, at = "own start", float(np.median(level[known[:BASE_STEPS]]))
    else:
        base, at = "reference", _reference_level(reference, names, found)
    spread = np.sqrt(found.level.variance)

    def moved(by: float) -> Floats:
        return np.asarray(100.0 * np.exp(level - at + by * spread))

    return HeatIndex(
        index=moved(0.0),
        low80=moved(-Z80),
        high80=moved(Z80),
        low95=moved(-Z95),
        high95=moved(Z95),
        contributions={name: found.information[row] * found.level.filtered for row, name in enumerate(names)},
        loadings={name: float(found.loading[row]) for row, name in enumerate(names)},
        scatter={name: float(np.sqrt(found.noise[row])) for row, name in enumerate(names)},
        drift=float(np.sqrt(found.step)),
        base=base,
        left_out=left_out,
        n=int((cells.seen | cells.below).sum()),
    )


def _cells(
    counts: Mapping[str, ArrayLike],
    bounds: Mapping[str, ArrayLike],
    activity: Mapping[str, ArrayLike],
    season: Mapping[str, ArrayLike],
) -> tuple[tuple[str, ...], Cells, tuple[str, ...]]:
    """Return the platforms with data, their logarithms, and the platforms left out."""
    lengths = {np.shape(values) for values in counts.values()}
    if len(lengths) != 1 or len(next(iter(lengths))) != 1:
        raise ValueError(f"counts have shapes {sorted(lengths)}")
    (shape,) = lengths
    if strange := {*bounds, *activity, *season} - set(counts):
        raise ValueError(f"platforms {sorted(strange)} have no counts")

    def given(values: ArrayLike, what: str) -> Floats:
        made = np.asarray(values, dtype=np.float64)
        if made.shape != shape or (made <= 0).any():
            raise ValueError(f"{what} has shape {made.shape} or is not above zero")
        return made

    names, value, seen, below, out = [], [], [], [], []
    for name, raw in counts.items():
        own = np.asarray(raw, dtype=np.float64)
        if (own < 0).any() or np.isinf(own).any():
            raise ValueError(f"{name} has a count below zero or without bound")
        bound = given(bounds[name], "censored_below") if name in bounds else np.full(shape, np.nan)
        usual = np.ones(shape)
        for what, kind in ((activity, "activity"), (season, "season")):
            if name in what:
                usual = usual * given(what[name], kind)
        looked = np.isfinite(own) & np.isfinite(usual)
        under = ~np.isfinite(own) & np.isfinite(bound) & np.isfinite(usual)
        if looked.sum() < LEAST_CELLS:
            out.append(name)
            continue
        names.append(name)
        value.append(
            np.log1p(np.where(looked, own, np.where(under, bound, 0.0)))
            - np.log(np.where(looked | under, usual, 1.0))
        )
        seen.append(looked)
        below.append(under)
    steps = int((np.array(seen) | np.array(below)).any(axis=0).sum()) if names else 0
    if steps < LEAST_STEPS:
        raise NotEnoughDataError(METHOD, needed=LEAST_STEPS, got=steps, unit="steps with data")
    return tuple(names), Cells(np.array(value), np.array(seen), np.array(below)), tuple(out)


def _reference_level(reference: Mapping[str, float], names: tuple[str, ...], found: Factor) -> float:
    """Return the level at which the platforms stand at the reference, by least squares."""
    use = [name for name in names if name in reference]
    if not use or any(not reference[name] > 0 for name in use):
        raise ValueError(f"reference {dict(reference)} holds no level above zero of {names}")
    rows = [names.index(name) for name in use]
    loading, noise = found.loading[rows], found.noise[rows]
    apart = np.log([reference[name] for name in use]) - found.offset[rows]
    return float((loading * apart / noise).sum() / (loading**2 / noise).sum())
