"""From rated texts to a scorer's weights: lanes, then how their evidence is blended, then calibration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.calibration import apply, monotone
from longtake.language.judgement.evidence import COLUMNS, batches
from longtake.language.judgement.fit import (
    Counted,
    Progress,
    Rated,
    count,
    logistic,
    quantised,
    ridge_logistic,
)
from longtake.language.judgement.scorer import weighted
from longtake.language.judgement.table import LANES, Table
from longtake.language.judgement.weights import Weights
from longtake.language.reading.normalise import fold_table, simplified_pairs

BITS = 22
"""Logarithm to base 2 of the table's number of slots."""

_SOFT = 0.02
_ELSEWHERE = 0.15
_GOODS_BY_SIZE = -0.35
_HELD, _FREE = 1.2, 0.6
_STEPS = 20
_CHARACTERS = 1 << 16
_KNOTS = 24
_RIDGE = 1e-4
_BANDS = tuple(step / 50 for step in range(1, 36))
_FEWEST = 50


def learn(
    train: Rated,
    tune: Rated,
    *,
    bits: int = BITS,
    emphasis: Mapping[str, float] | None = None,
    progress: Progress,
) -> Weights:
    """Learn a scorer.

    The lanes are learned from `train`; how their evidence is blended, and what a raw judgement is worth as a
    probability, from `tune`, which the lanes have not seen; then the lanes are learned again from both.

    Args:
        train: Rows the lanes are learned from.
        tune: Other rows, best of films that are not in `train`.
        bits: Logarithm to base 2 of the number of slots, at most 24.
        emphasis: Weight of a row of some domains in the lane `overall`; 1 for the others.
        progress: Told what is being done, a line at a time.

    Raises:
        NotEnoughDataError: Fewer than 50 rows that take a side in one of the sets.
    """
    for name, rows in (("train", train), ("tune", tune)):
        sided = int(rows.polar.sum())
        if sided < _FEWEST:
            raise NotEnoughDataError(f"training ({name})", needed=_FEWEST, got=sided, unit="rows with a side")
    pairs = simplified_pairs()
    fold = fold_table(pairs)
    emphasis = emphasis or {}
    first = _lanes(train, fold, bits, emphasis, progress)
    progress("blending the evidence")
    blend = _Blend.of(Table.of(*first), fold, tune)
    return blend.weights(*_lanes(train.joined(tune), fold, bits, emphasis, progress), pairs)


def _lanes(
    rows: Rated, fold: NDArray[np.uint32], bits: int, emphasis: Mapping[str, float], progress: Progress
) -> tuple[NDArray[np.int8], NDArray[np.float64], NDArray[np.float64]]:
    progress(f"counting n-grams of {len(rows.texts):,} texts")
    counted = count(rows.texts, fold, bits=bits)
    polar, film = rows.polar, rows.film
    sided = counted.pick(polar)
    target = np.asarray(_SOFT + (1.0 - 2.0 * _SOFT) * (rows.value > 0.5), dtype=np.float64)
    names, which = np.unique(rows.domain[polar], return_inverse=True)
    even = np.sqrt(balanced(np.ones(int(polar.sum())), rows.value[polar] > 0.5, which))
    stressed = np.array([emphasis.get(str(name), 1.0) for name in names])[which]
    by_size = (np.bincount(which, minlength=len(names)) ** _GOODS_BY_SIZE)[which]
    elsewhere = np.where(film[polar], _ELSEWHERE, 1.0)
    about_film = np.asarray(
        np.where(film, 1.0 / max(film.sum(), 1), 1.0 / max((~film).sum(), 1)), dtype=np.float64
    )
    jobs: dict[str, tuple[Counted, NDArray[np.float64], NDArray[np.float64], float]] = {
        "overall": (sided, target[polar], even * stressed, _HELD),
        "goods": (sided, target[polar], even * by_size * elsewhere, _FREE),
        "film": (counted, film.astype(np.float64), about_film, _FREE),
        "middling": (counted, (~polar).astype(np.float64), film.astype(np.float64), _HELD),
    }
    lanes = np.zeros((len(LANES), 1 << bits), dtype=np.int8)
    unit, base = np.ones(len(LANES)), np.zeros(len(LANES))
    for index, name in enumerate(LANES):
        progress(f"learning the lane {name!r}")
        held, wanted, weight, penalty = jobs[name]
        slots, base[index] = logistic(held, wanted, weight, penalty=penalty, steps=_STEPS)
        lanes[index], unit[index] = quantised(slots)
    return lanes, unit, base


@dataclass(frozen=True, slots=True)
class _Blend:
    judgement: NDArray[np.float64]
    middling: NDArray[np.float64]
    judgement_curve: tuple[NDArray[np.float64], NDArray[np.float64]]
    middling_curve: tuple[NDArray[np.float64], NDArray[np.float64]]
    band: float

    @classmethod
    def of(cls, table: Table, fold: NDArray[np.uint32], tune: Rated) -> _Blend:
        columns = np.empty((len(COLUMNS), len(tune.texts)))
        for part, found in batches(table, fold, tune.texts, characters=_CHARACTERS):
            columns[:, part] = found
        names, which = np.unique(tune.domain, return_inverse=True)
        weight = np.asarray((np.bincount(which, minlength=len(names)) ** -0.5)[which], dtype=np.float64)
        polar = tune.polar
        good = tune.value > 0.5
        sided = balanced(weight[polar], good[polar], which[polar])
        judgement = ridge_logistic(columns[:, polar], good[polar], sided, ridge=_RIDGE)
        raw = weighted(judgement, columns)
        curve = monotone(raw[polar], good[polar].astype(np.float64), sided, knots=_KNOTS)
        if polar.all():
            flat = (np.zeros(1), np.zeros(1))
            return cls(judgement, np.zeros(len(COLUMNS) + 1), curve, flat, 0.0)
        chance = apply(raw, *curve)
        wider = np.concatenate((columns, (chance * (1.0 - chance))[None]))
        middling = ridge_logistic(wider, ~polar, weight, ridge=_RIDGE)
        open_raw = weighted(middling, wider)
        open_curve = monotone(open_raw, (~polar).astype(np.float64), weight, knots=_KNOTS)
        score = (1.0 - apply(open_raw, *open_curve)) * (2.0 * chance - 1.0)
        return cls(judgement, middling, curve, open_curve, _band(score[tune.film], tune.value[tune.film]))

    def weights(
        self,
        lanes: NDArray[np.int8],
        unit: NDArray[np.float64],
        base: NDArray[np.float64],
        pairs: tuple[NDArray[np.uint32], NDArray[np.uint32]],
    ) -> Weights:
        return Weights(
            lanes,
            settled(unit),
            settled(base),
            settled(self.judgement),
            settled(self.middling),
            settled(self.judgement_curve[0]),
            settled(self.judgement_curve[1]),
            settled(self.middling_curve[0]),
            settled(self.middling_curve[1]),
            np.array([self.band]),
            *pairs,
        )


def settled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return values at six significant digits: linear algebra on another number of threads differs later."""
    return np.array([float(f"{value:.5e}") for value in values.tolist()])


def balanced(
    weight: NDArray[np.float64], good: NDArray[np.bool_], domain: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Return weights that give good and bad the same total in each domain, the domain's total unchanged.

    People rate what they liked: nine ratings of films in ten are good. A text that says nothing must not be
    called good for that, so the judgement is learned as if both were as common.
    """
    cell = 2 * domain + good
    held = np.bincount(cell, weight, minlength=2 * (int(domain.max()) + 1))
    whole = np.repeat(held.reshape(-1, 2).sum(axis=1), 2)
    with np.errstate(divide="ignore"):
        factor = np.where(held > 0, whole / (2.0 * held), 0.0)
    return np.asarray(weight * factor[cell])


def _band(score: NDArray[np.float64], value: NDArray[np.float64]) -> float:
    """Return the half-width of the neutral band with the best mean recall of the three classes."""
    bad, good = value <= 0.3, value >= 0.7
    middling = ~bad & ~good

    def recall(band: float) -> float:
        said = (score < -band, (score >= -band) & (score <= band), score > band)
        pairs = zip(said, (bad, middling, good), strict=True)
        return sum(float((found & true).sum() / max(int(true.sum()), 1)) for found, true in pairs)

    return float(max(_BANDS, key=recall))
