"""A stage judged in some cities against the others."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from longtake.domain.estimate import Estimate
from longtake.trial.geo.effect import CityEffect, city_effect
from longtake.trial.geo.market import LIFTS, Market, assess_market
from longtake.trial.geo.panel import Panel
from longtake.trial.plans.stage import Registered, Stage, Verdict, verdict


@dataclass(frozen=True, slots=True, eq=False)
class AcrossCities:
    """A registered stage, its cities and what they showed in past windows."""

    registered: Registered
    market: Market
    names: tuple[str, ...]
    without: tuple[str, ...]
    before: int


def register_cities(
    stage: Stage,
    values: ArrayLike,
    *,
    names: Sequence[str],
    cities: Sequence[str],
    without: Sequence[str] = (),
) -> AcrossCities:
    """Return a stage with its cities written down and its power, from past windows, printed.

    Args:
        stage: The stage; a rise is looked for.
        values: Cities by days up to the start, shape (n, t), complete.
        names: One name a city.
        cities: Cities that get the measure.
        without: Cities kept out of the comparison: buffers, and those that the measure may reach.

    Raises:
        NotEnoughDataError: See ``assess_market``.
        ValueError: The stage wants a fall, or labels its evidence with a split of people.
    """
    if stage.smallest_effect < 0 or stage.evidence in {"randomised", "platform-split"}:
        raise ValueError(f"smallest effect {stage.smallest_effect}, evidence {stage.evidence!r}")
    market = assess_market(
        values, names=names, cities=cities, days=stage.days, alpha=1 - stage.level, without=without
    )
    table = np.asarray(values, dtype=np.float64)
    power = float(np.interp(stage.smallest_effect, [0.0, *LIFTS], [market.false_finds / 2, *market.power]))
    lift = market.smallest_lift
    note = repr((tuple(names), tuple(sorted(cities)), tuple(sorted(without)))).encode()
    seal = hashlib.sha256(note + np.round(table, 9).tobytes()).hexdigest()
    return AcrossCities(
        registered=Registered.of(
            stage,
            power=power,
            smallest_found=lift.value if isinstance(lift, Estimate) else np.inf,
            data_seal=seal,
        ),
        market=market,
        names=tuple(names),
        without=tuple(sorted(without)),
        before=table.shape[1],
    )


def judge_cities(stage: AcrossCities, values: ArrayLike) -> tuple[Verdict, CityEffect]:
    """Return the verdict on a stage and the effect behind it.

    Args:
        stage: The registered stage.
        values: Cities by days with the days of the stage at the end, shape (n, t + days); the days before
            must be those that were registered.

    Raises:
        NotEnoughDataError: See ``Panel.of``.
        ValueError: Shapes differ.
    """
    table = np.asarray(values, dtype=np.float64)
    panel = Panel.of(
        table, names=stage.names, treated=stage.market.cities, start=stage.before, without=stage.without
    )
    registered = stage.registered
    found = city_effect(panel, unit=registered.stage.metric, level=registered.stage.level)
    note = repr((stage.names, stage.market.cities, stage.without)).encode()
    seal = hashlib.sha256(note + np.round(table[:, : stage.before], 9).tobytes()).hexdigest()
    return verdict(registered, found.lift, days=panel.after, data_seal=seal), found
