"""Which cities to try a measure in, and the smallest lift they would show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.errors import NotEnoughDataError
from longtake.trial.geo.conformal import Conformal
from longtake.trial.geo.panel import Panel
from longtake.trial.geo.synthetic import synthetic_control

Floats = NDArray[np.float64]

METHOD = "share of past windows in which the lift would have been found"
LIFTS = tuple(np.round(np.arange(0.01, 0.301, 0.01), 2).tolist())
LEAST_BEFORE = 25
WINDOWS = 12


@dataclass(frozen=True, slots=True)
class Market:
    """A set of cities as a place to try a measure.

    Attributes:
        cities: Names, sorted.
        smallest_lift: Smallest lift found in at least the wanted share of past windows, with the range in
            which that lift lies as windows are drawn anew; Unknown("lift_too_small") above 30 %.
        power: Share of past windows in which each lift of ``LIFTS`` would have been found, in their order.
        false_finds: Share of past windows found where nothing was added.
        scaled_misfit: Misfit before the last window over that of the plain mean of donors.
        error: Mean absolute gap of whole windows over the level, a share.
        held_out: Share of all counts that stay without the measure.
    """

    cities: tuple[str, ...]
    smallest_lift: Quantity
    power: tuple[float, ...]
    false_finds: float
    scaled_misfit: float
    error: float
    held_out: float


def assess_market(
    values: ArrayLike,
    *,
    names: Sequence[str],
    cities: Sequence[str],
    days: int,
    alpha: float = 0.1,
    power: float = 0.8,
    windows: int = WINDOWS,
    without: Sequence[str] = (),
) -> Market:
    """Return what a set of cities would have shown in past windows of the trial's length.

    In each window a growing lift is put on the treated cities until the test finds it; the test is the one
    that will judge the trial.

    Args:
        values: Cities by days before the trial, shape (n, t), complete.
        names: One name a city.
        cities: The set.
        days: Length of the trial.
        alpha: Two-sided level of the test, in (0, 1).
        power: Wanted share of windows, in (0, 1).
        windows: Past windows, their ends spread evenly over the last two lengths of the trial (heat that
            fades was easier to judge long ago), each with 25 days or twice the trial before it.
        without: Cities kept out of the donors.

    Raises:
        NotEnoughDataError: Fewer days than one window takes.
        ValueError: A number is out of its range, or names are not there.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> values = 100 + 10 * np.sin(np.arange(80.0)) + rng.normal(0, 2, (12, 80))
        >>> found = assess_market(values, names=list("abcdefghijkl"), cities=["a", "b"], days=10, windows=4)
        >>> found.cities, found.smallest_lift.value < 0.05
        (('a', 'b'), True)

    References:
        The walkthrough of GeoLift, Meta, 2022: power by simulated lifts over past windows.
    """
    table = np.asarray(values, dtype=np.float64)
    if days < 1 or not 0 < alpha < 1 or not 0 < power < 1 or windows < 1:
        raise ValueError(f"days {days}, alpha {alpha}, power {power}, windows {windows}")
    least = max(LEAST_BEFORE, 2 * days, int(1 / alpha) + 1 - days) + days
    total = table.shape[1]
    if total < least:
        raise NotEnoughDataError(METHOD, needed=least, got=total, unit="days before the trial")
    ends = np.unique(np.linspace(max(least, total - 2 * days), total, windows).round().astype(int))
    found, errors, false = [], [], 0
    fit = None
    for end in ends.tolist():
        panel = Panel.of(table[:, :end], names=names, treated=cities, start=end - days, without=without)
        fit = synthetic_control(panel)
        errors.append(abs(fit.lift))
        false += int(Conformal.of(panel).p_value() < alpha)
        found.append(_first_found(panel, alpha))
    chosen = {*cities}
    inside = float(np.nansum(table[[name in chosen for name in names]]))
    return Market(
        cities=tuple(sorted(cities)),
        smallest_lift=_smallest(np.array(found), power, alpha),
        power=tuple(float(np.mean([one <= lift for one in found])) for lift in LIFTS),
        false_finds=false / ends.size,
        scaled_misfit=fit.scaled_misfit if fit else np.nan,
        error=float(np.mean(errors)),
        held_out=1.0 - inside / float(np.nansum(table)),
    )


def search_markets(
    values: ArrayLike,
    *,
    names: Sequence[str],
    sizes: Sequence[int],
    days: int,
    alpha: float = 0.1,
    power: float = 0.8,
    windows: int = WINDOWS,
    allowed: Sequence[str] | None = None,
) -> tuple[Market, ...]:
    """Return sets of cities in order of the smallest lift they can be trusted to show.

    Each city is joined by those whose ups and downs are most like its own, for each size; sets that come
    out twice are looked at once. The order is that of the upper end of the smallest lift's range, because the
    best of many sets owes part of its lead to luck; sets found where nothing was added more than twice as
    often as the test's level come last. Ties go to the better fit, then to the set that holds more out.

    Args:
        values: Cities by days before the trial, shape (n, t), complete.
        names: One name a city.
        sizes: Numbers of cities to try.
        days: Length of the trial.
        alpha: Two-sided level of the test.
        power: Wanted share of windows.
        windows: Past windows.
        allowed: Cities that may get the measure; all when None.

    Raises:
        NotEnoughDataError: Fewer days than one window takes.
        ValueError: A size leaves fewer than two donors, or a name is not there.

    Examples:
        >>> rng = np.random.default_rng(0)
        >>> values = 100 + 10 * np.sin(np.arange(60.0)) + rng.normal(0, 2, (6, 60))
        >>> found = search_markets(values, names=list("abcdef"), sizes=[1], days=10, windows=2)
        >>> len(found)
        6
    """
    order = list(names)
    open_to = order if allowed is None else list(allowed)
    if not all(0 < size <= len(order) - 2 for size in sizes) or not set(open_to) <= set(order):
        raise ValueError(f"sizes {list(sizes)} of {len(order)} cities, allowed {open_to}")
    table = np.asarray(values, dtype=np.float64)
    place = [order.index(name) for name in open_to]
    alike = np.atleast_2d(np.corrcoef(table[place]))
    sets = sorted(
        {
            tuple(sorted(open_to[one] for one in np.argsort(-alike[first], kind="stable")[:size]))
            for first in range(len(place))
            for size in sizes
            if size <= len(place)
        }
    )
    found = [
        assess_market(table, names=order, cities=one, days=days, alpha=alpha, power=power, windows=windows)
        for one in sets
    ]
    return tuple(sorted(found, key=lambda market: _rank(market, alpha)))


def _rank(market: Market, alpha: float) -> tuple[bool, float, float, float, tuple[str, ...]]:
    lift = market.smallest_lift
    return (
        market.false_finds > 2 * alpha,
        lift.high if isinstance(lift, Estimate) else np.inf,
        market.error,
        -market.held_out,
        market.cities,
    )


def _first_found(panel: Panel, alpha: float) -> float:
    """Return the smallest lift of the grid that the test finds, by halving; infinite where it finds none."""
    level = panel.treated[panel.start :].copy()
    low, high = -1, len(LIFTS)
    while high - low > 1:
        middle = (low + high) // 2
        own = panel.treated.copy()
        own[panel.start :] = level * (1 + LIFTS[middle])
        raised = Panel(own, panel.donors, panel.names, panel.start, panel.cities)
        low, high = (low, middle) if Conformal.of(raised).p_value() < alpha else (middle, high)
    return LIFTS[high] if high < len(LIFTS) else np.inf


def _smallest(found: Floats, power: float, alpha: float) -> Quantity:
    """Return the lift found in the wanted share of windows, with the range over windows drawn anew."""
    rng = np.random.default_rng(0)
    place = max(int(np.ceil(power * found.size)) - 1, 0)
    value = float(np.sort(found)[place])
    if not np.isfinite(value):
        return Unknown("lift_too_small", METHOD, "share", found.size)
    drawn = np.sort(np.sort(rng.choice(found, (500, found.size)), axis=1)[:, place])
    low, high = float(drawn[int(500 * alpha / 2)]), float(drawn[int(500 * (1 - alpha / 2)) - 1])
    return Estimate(value, min(low, value), max(high, value), 1 - alpha, "share", METHOD, found.size)
