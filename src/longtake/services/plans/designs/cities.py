"""Judged in some cities against the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from longtake.domain.answers.plan import Stage
from longtake.domain.answers.plan_values import stage_digest
from longtake.domain.estimate import Unknown
from longtake.errors import NotEnoughDataError
from longtake.services.plans.designs.registration import Asked, Registration, Seen, relative_least
from longtake.services.plans.errors import PlanActError
from longtake.services.reports.boxoffice.section import EVERY_FILM, own_film
from longtake.services.reports.draft import Draft
from longtake.trial.geo.effect import METHOD
from longtake.trial.plans.across_cities import judge_cities, register_cities

BY_CITY = ("tickets_a_day",)
"""Metrics that are known city by city."""

Floats = NDArray[np.float64]


def registered(draft: Draft, stage: Stage, asked: Asked, *, days: int) -> Registration:
    """Return a stage with its cities written down and its power known from past windows.

    Cities drawn by lot come from the digest of the stage, so that nobody can draw until the lot suits.

    Raises:
        NotEnoughDataError: Too few cities or days.
        PlanActError: The metric is not known by city, no cities were named, or a city is not there.
    """
    if stage.goal.metric not in BY_CITY:
        raise PlanActError(
            f"{stage.goal.metric} is not known city by city.",
            fix=f"Known by city: {', '.join(BY_CITY)}. Change the stage's design or its metric.",
            says="no_cities_of",
            metric=stage.goal.metric,
        )
    names, first, table = _cities(draft)
    if not names:
        raise NotEnoughDataError(METHOD, needed=2, got=0, unit="cities with tickets a day")
    gap = (asked.begins - first).days - table.shape[1]
    if gap > 0:
        raise PlanActError(
            f"The cities' figures end {gap} days before the start.",
            fix="Bring the newer files in first, or begin the day after them.",
            says="figures_too_old",
            last=(first + timedelta(days=table.shape[1] - 1)).isoformat(),
        )
    cities = asked.cities or _drawn(stage, names, asked)
    if unknown := sorted({*cities, *asked.without} - {*names}):
        raise PlanActError(
            f"No tickets are known of {', '.join(unknown)}.",
            fix=f"Known: {', '.join(names[:12])}.",
            says="no_such_city",
            cities="、".join(unknown),
        )
    made = Registration(
        design="matched_cities",
        # Cities that somebody picked are no lot: the label says so.
        evidence="quasi_experiment" if asked.cities else stage.evidence,
        begins=asked.begins,
        days=days,
        level=asked.level,
        least=relative_least(stage),
        relative=True,
        unit="share",
        power=0.0,
        smallest_found=0.0,
        seal="",
        data={
            "first": first.isoformat(),
            "names": list(names),
            "table": [[round(float(one), 6) for one in row] for row in table],
            "cities": sorted(cities),
            "without": sorted(asked.without),
        },
    )
    across = register_cities(
        made.trial(stage), table, names=names, cities=sorted(cities), without=sorted(asked.without)
    )
    found = across.registered
    return replace(made, power=found.power, smallest_found=found.smallest_found, seal=found.data_seal)


def seen(draft: Draft, stage: Stage, written: Registration, *, begins: date) -> Seen:
    """Return what the treated cities did after the start, held against what the others say of them."""
    data = written.data
    first, table = date.fromisoformat(data["first"]), np.array(data["table"], dtype=np.float64)
    names, now_first, now = _cities(draft)
    last = min(now_first + timedelta(days=now.shape[1] - 1), begins + timedelta(days=written.days - 1))
    days = (last - begins).days + 1
    before = (begins - first).days
    unknown = Unknown("too_few_days", METHOD, "share", max(days, 0), written.days)
    if days < 1:
        return Seen(unknown, 0, written.seal, begins)
    whole = _table((names, now_first, now), data["names"], first, before + days)
    treated = [data["names"].index(one) for one in data["cities"]]
    values = tuple(None if np.isnan(one) else float(one) for one in whole[treated, before:].mean(axis=0))
    shown = Seen(unknown, days, written.seal, begins, values)
    if np.isnan(whole[:, before:]).any():
        return replace(shown, effect=Unknown("days_missing", METHOD, "share", days, written.days))
    # A start that was moved back leaves days between what was written down and the measure.
    past = np.concatenate([table[:, :before], whole[:, table.shape[1] : before]], axis=1)
    across = register_cities(
        replace(written, days=days).trial(stage),
        past,
        names=data["names"],
        cities=data["cities"],
        without=data["without"],
    )
    found = judge_cities(across, np.concatenate([past, whole[:, before:]], axis=1))[1]
    path = tuple(float(one) for one in found.fit.path[before:])
    return replace(shown, effect=found.lift, seal=across.registered.data_seal, expected=path)


def _drawn(stage: Stage, names: tuple[str, ...], asked: Asked) -> tuple[str, ...]:
    able = [name for name in names if name not in asked.without]
    if not 1 <= asked.draw <= len(able) - 2:
        raise PlanActError(
            f"Name the cities, or how many of {len(able)} to draw.",
            fix=f"1 to {max(len(able) - 2, 0)} can be drawn.",
            says="cities_wanted",
            most=str(max(len(able) - 2, 0)),
        )
    lot = np.random.default_rng(int(stage_digest(stage)[:16], 16))
    return tuple(able[place] for place in lot.choice(len(able), asked.draw, replace=False))


def _cities(draft: Draft) -> tuple[tuple[str, ...], date, Floats]:
    """Return the cities with tickets on every day, the first day, and cities by days."""
    films: dict[str, list[dict[str, object]]] = {}
    for row in draft.run("boxoffice_by_day"):
        if row["film"] != EVERY_FILM:
            films.setdefault(row["film"], []).append(row)
    own = own_film(draft, films) if films else ""
    rows = [
        row
        for row in draft.run("boxoffice_by_city", **({"film": own} if own else {}))
        if row["admissions"] is not None and row["date"] is not None
    ]
    if not rows:
        return (), date.min, np.zeros((0, 0))
    first, last = min(row["date"] for row in rows), max(row["date"] for row in rows)
    by_place: dict[str, dict[date, float]] = {}
    for row in rows:
        by_place.setdefault(row["city"], {})[row["date"]] = float(row["admissions"])
    size = (last - first).days + 1
    kept = {city: days for city, days in sorted(by_place.items()) if len(days) == size}
    days = [first + timedelta(days=k) for k in range(size)]
    return (
        tuple(kept),
        first,
        np.array([[one[day] for day in days] for one in kept.values()]).reshape(-1, size),
    )


def _table(known: tuple[tuple[str, ...], date, Floats], wanted: list[str], begins: date, days: int) -> Floats:
    """Return the wanted cities on the wanted days; NaN where nothing is known."""
    names, first, table = known
    place: Mapping[str, int] = {name: row for row, name in enumerate(names)}
    out = np.full((len(wanted), days), np.nan)
    shift = (begins - first).days
    for row, name in enumerate(wanted):
        for day in range(days):
            if name in place and 0 <= day + shift < table.shape[1]:
                out[row, day] = table[place[name], day + shift]
    return out
