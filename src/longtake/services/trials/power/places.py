"""Power of trials of cities and cinemas, from their own past."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate
from longtake.domain.trials.power import WANTED, Power
from longtake.domain.trials.rows import Row
from longtake.domain.trials.trial import Trial
from longtake.errors import NotEnoughDataError
from longtake.trial.assignment import deal
from longtake.trial.frequentist.power import Design, detectable, power
from longtake.trial.geo.market import LIFTS, Market, assess_market, search_markets
from longtake.trial.geo.matched import Assignment, match_cinemas

Floats = NDArray[np.float64]
PAIRED = "differences inside past pairs, normal"


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Rows of places as a table.

    Attributes:
        places: Names, sorted.
        days: ISO days, sorted.
        values: Places by days, NaN where nothing was counted.
    """

    places: tuple[str, ...]
    days: tuple[str, ...]
    values: Floats


def grid(rows: Sequence[Row], metric: str) -> Grid:
    """Return rows as places by days.

    Examples:
        >>> grid([Row("", "2026-01-08", "b", 1, {"n": (2.0,)}), Row("", "2026-01-08", "a", 1, {"n": (1.0,)})],
        ...      "n").values.tolist()
        [[1.0], [2.0]]
    """
    places = tuple(sorted({row.place for row in rows}))
    days = tuple(sorted({row.day for row in rows}))
    at = {name: place for place, name in enumerate(places)}
    on = {day: place for place, day in enumerate(days)}
    values = np.full((len(places), len(days)), np.nan)
    for row in rows:
        if metric in row.sums:
            values[at[row.place], on[row.day]] = row.sums[metric][0]
    return Grid(places, days, values)


def treated_cities(trial: Trial, known: Grid, salt: str) -> tuple[str, ...]:
    """Return the cities that get the measure: named, or drawn by the lot of the salt.

    Raises:
        NotEnoughDataError: A named city has no past, or more are to be drawn than there are.
    """
    if trial.places:
        missing = sorted(set(trial.places) - set(known.places))
        if missing:
            raise NotEnoughDataError(f"the past of {missing[0]}", needed=1, got=0, unit="days")
        return tuple(sorted(trial.places))
    n = len(known.places)
    if n < trial.drawn + 2:
        raise NotEnoughDataError("a lot of cities", needed=trial.drawn + 2, got=n, unit="cities with a past")
    dealt = deal(
        known.places, salt=salt, weights={"kept": float(n - trial.drawn), "treated": float(trial.drawn)}
    )
    return tuple(sorted(city for city, arm in dealt.items() if arm == "treated"))


def complete(known: Grid) -> Grid:
    """Return the places that were counted on every day."""
    whole = np.isfinite(known.values).all(axis=1) & (known.values.sum(axis=1) > 0)
    return Grid(
        tuple(n for n, keep in zip(known.places, whole, strict=True) if keep), known.days, known.values[whole]
    )


def power_of_cities(trial: Trial, known: Grid, cities: Sequence[str]) -> Power:
    """Return what past windows of the trial's length would have shown.

    Raises:
        NotEnoughDataError: The past is too short or too few cities are left to compare with.
    """
    whole = complete(known)
    lost = sorted(set(cities) - set(whole.places))
    if lost or len(whole.places) < len(cities) + 2:
        raise NotEnoughDataError(
            f"a comparison of cities ({lost[0]} has days without a count)"
            if lost
            else "a comparison of cities",
            needed=len(cities) + 2,
            got=len(whole.places),
            unit="cities counted on every day",
        )
    found = assess_market(
        whole.values, names=whole.places, cities=list(cities), days=trial.horizon_days, alpha=trial.alpha
    )
    lift = found.smallest_lift
    at = min(range(len(LIFTS)), key=lambda one: (abs(LIFTS[one] - trial.minimum), one))
    return Power(
        power=found.power[at],
        smallest=lift.value if isinstance(lift, Estimate) else None,
        needed=None,
        single=None,
        unit="share",
        relative=True,
        method=lift.method,
        units=len(whole.days),
    )


def markets(trial: Trial, known: Grid, *, sizes: Sequence[int]) -> tuple[Market, ...]:
    """Return sets of cities to try the measure in, the most telling first.

    Raises:
        NotEnoughDataError: The past is too short.
    """
    whole = complete(known)
    allowed = [size for size in sizes if 0 < size <= len(whole.places) - 2]
    if not allowed:
        raise NotEnoughDataError(
            "a search of markets", needed=min(sizes) + 2, got=len(whole.places), unit="cities"
        )
    return search_markets(
        whole.values,
        names=whole.places,
        sizes=allowed,
        days=trial.horizon_days,
        alpha=trial.alpha,
        windows=6,
    )


def cinema_lot(known: Grid, salt: str) -> Assignment:
    """Return cinemas in pairs of like past, one of each drawn by the lot of the salt.

    Raises:
        NotEnoughDataError: Fewer than four cinemas were counted on every day.
    """
    whole = complete(known)
    seed = int.from_bytes(hashlib.sha256(salt.encode()).digest()[:4], "big")
    return match_cinemas(whole.values, names=whole.places, seed=seed)


def power_of_cinemas(trial: Trial, known: Grid, lot: Assignment) -> Power:
    """Return what the pairs' own past differences leave visible.

    The past is cut in two like before and after; how far pairs drift apart by themselves from the one to the
    other is the noise that the measure is seen through.

    Raises:
        NotEnoughDataError: Fewer than two days, or the lot can reject nothing at this alpha.
    """
    whole = complete(known)
    half = min(trial.horizon_days, len(whole.days) // 2)
    least = math.ceil(1 + math.log2(1 / trial.alpha))
    if half < 1 or len(lot.blocks) < least:
        raise NotEnoughDataError("matched cinemas", needed=2 * least, got=2 * len(lot.blocks), unit="cinemas")
    change = whole.values[:, -half:].mean(axis=1) - whole.values[:, -2 * half : -half].mean(axis=1)
    own = dict(zip(whole.places, change.tolist(), strict=True))
    gaps = np.array([own[one] - own[other] for one, other in lot.blocks])
    level = float(whole.values[:, -half:].mean())
    # A gap of two cinemas has twice the variance of one: the two-sample design of one a pair and arm.
    spread = max(float((gaps**2).mean()) / 2, 1e-12 * level * level + 1e-300)
    design = Design(spread, spread, 1.0, trial.alpha)
    pairs = len(lot.blocks)
    return Power(
        power=power(design, effect=trial.minimum * level, control_n=pairs),
        smallest=detectable(design, control_n=pairs, wanted=WANTED) / level,
        needed=None,
        single=None,
        unit="share",
        relative=True,
        method=PAIRED,
        units=2 * pairs,
    )
