"""Weigh the signs of one campaign into a belief about each cause."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from longtake.diagnosis.causes import WATCHED
from longtake.diagnosis.model import MEMBERS, Model
from longtake.diagnosis.reading import REACH, deviation, reading
from longtake.domain.answers.cause import CAUSES, HEALTHY, Sign
from longtake.domain.answers.diagnosis import LIKELY, Belief, Diagnosis, Lacking, Weighed
from longtake.domain.estimate import Estimate

Floats = NDArray[np.float64]

SHARES = frozenset(one.key for kinds in WATCHED.values() for one in kinds if one.share)
DRAWS = 200
SEED = 20260108


def weigh(signs: Sequence[Sign], model: Model) -> Diagnosis:
    """Return the belief in each cause and in health.

    Each known sign adds log odds to its own cause alone; the sets of no, one and two causes then share one
    posterior, so that a cause that explains the slide takes belief from the others. Nothing is named unless
    a cause, or health, holds at least one half, its interval stays above chance, and a quarter of what its
    signs are worth was measured.

    Args:
        signs: What was measured, no key twice.
        model: The weights.

    Raises:
        ValueError: A sign stands there twice.
    """
    if len({sign.key for sign in signs}) != len(signs):
        raise ValueError("a sign stands there twice")
    readings = _readings(signs, model)
    added = _added(signs, readings, model)
    held = _held(model.posterior(added))
    low, high = within(signs, model)
    beliefs = [
        Belief(
            cause,
            float(held[i]),
            min(low[i], float(held[i])),
            max(high[i], float(held[i])),
            _evidence(signs, readings, added, i, model) if cause in CAUSES else (),
            _informed(readings, model, cause if cause in CAUSES else None),
        )
        for i, cause in enumerate((*CAUSES, HEALTHY))
    ]
    beliefs.sort(key=lambda belief: (-belief.probability, belief.cause))
    return Diagnosis(
        beliefs=tuple(beliefs),
        lacking=_lacking(signs),
        informed=_informed(readings, model, None),
    )


def within(signs: Sequence[Sign], model: Model) -> tuple[list[float], list[float]]:
    """Return where the intervals of the signs let each probability be: 5th and 95th percentile of draws.

    Returns:
        Low and high, each in the order of the causes with health last.
    """
    z = np.random.default_rng(SEED).standard_normal((DRAWS, len(signs)))
    added = np.zeros((DRAWS, len(CAUSES)))
    for column, sign in enumerate(signs):
        worth, quantity = model.weights.get(sign.key), sign.figure.quantity
        if worth is not None and isinstance(quantity, Estimate):
            _, reliability = reading(quantity, centre=worth.centre, scale=worth.scale)
            sd = deviation(quantity)
            away = (quantity.value + z[:, column] * sd - worth.centre) / np.hypot(worth.scale, sd)
            held = np.clip(away, -REACH, REACH)
            added[:, CAUSES.index(sign.cause)] += worth.slope * held - reliability * worth.against
    low, high = np.quantile(_held(model.posterior(added)), [0.05, 0.95], axis=0)
    return low.tolist(), high.tolist()


def _held(sets: Floats) -> Floats:
    """Return the probability of each cause and, last, of health."""
    return np.concatenate([sets @ MEMBERS, sets[..., :1]], axis=-1)


def _readings(signs: Sequence[Sign], model: Model) -> dict[str, tuple[float, float]]:
    return {
        sign.key: reading(sign.figure.quantity, centre=worth.centre, scale=worth.scale)
        for sign in signs
        if (worth := model.weights.get(sign.key)) is not None
    }


def _added(signs: Sequence[Sign], readings: Mapping[str, tuple[float, float]], model: Model) -> Floats:
    added = np.zeros(len(CAUSES))
    for sign in signs:
        if sign.key in readings:
            added[CAUSES.index(sign.cause)] += model.weights[sign.key].log_odds(*readings[sign.key])
    return added


def _evidence(
    signs: Sequence[Sign],
    readings: Mapping[str, tuple[float, float]],
    added: Floats,
    cause: int,
    model: Model,
) -> tuple[Weighed, ...]:
    found = [
        Weighed(
            sign,
            model.sharpness * model.weights[sign.key].log_odds(*readings[sign.key]),
            _turning(added, cause, sign.key, readings[sign.key], model),
        )
        for sign in signs
        if sign.cause == CAUSES[cause] and readings.get(sign.key, (0.0, 0.0))[1] > 0
    ]
    return tuple(sorted(found, key=lambda one: (-abs(one.weight), one.sign.key)))


def _turning(added: Floats, cause: int, key: str, read: tuple[float, float], model: Model) -> float | None:
    """Return the value at which the cause is believed by one half, all other signs as they are.

    None where no value the sign can have does that.
    """
    (away, reliability), worth = read, model.weights[key]

    def beyond(distance: float) -> float:
        moved = added.copy()
        moved[cause] += worth.log_odds(distance, reliability) - worth.log_odds(away, reliability)
        return float(model.posterior(moved) @ MEMBERS[:, cause]) - LIKELY

    if worth.slope <= 0 or reliability <= 0 or beyond(-REACH) * beyond(REACH) >= 0:
        return None
    spread = worth.scale / math.sqrt(reliability)
    value = worth.centre + spread * float(brentq(beyond, -REACH, REACH, xtol=1e-6))
    return None if key in SHARES and not 0.0 <= value <= 1.0 else value


def _lacking(signs: Sequence[Sign]) -> tuple[Lacking, ...]:
    known = {sign.key: sign for sign in signs}
    return tuple(
        Lacking(known[watched.key], watched.needs)
        for kinds in WATCHED.values()
        for watched in kinds
        if watched.key in known and not isinstance(known[watched.key].figure.quantity, Estimate)
    )


def _informed(readings: Mapping[str, tuple[float, float]], model: Model, cause: str | None) -> float:
    """Return how much of what the signs of a cause, or of all, are worth was measured."""
    own = {key: worth.slope for key, worth in model.weights.items() if cause in {None, worth.cause}}
    whole = sum(own.values())
    seen = sum(own[key] * reliability for key, (_, reliability) in readings.items() if key in own)
    return float(seen / whole) if whole > 0 else 0.0
