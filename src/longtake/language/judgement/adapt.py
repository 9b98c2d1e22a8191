"""Fit the packaged weights to a team's own labelled texts: what they already say is kept as an offset."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.calibration import apply
from longtake.language.judgement.evidence import COLUMNS, batches
from longtake.language.judgement.fit import Counted, Progress, Rated, count, logistic, ridge_logistic
from longtake.language.judgement.learner import settled
from longtake.language.judgement.scorer import Scorer, weighted
from longtake.language.judgement.table import LANES, Table
from longtake.language.judgement.weights import Weights

FEWEST = 50
"""Rows of each side below which nothing is learned."""

STRENGTHS = (2.0, 6.0, 20.0)
"""How strongly what is learned is shrunk; the best on rows left out is taken, or no n-gram at all."""

_FOLDS = 4
_STEPS = 25
_FINE_BITS = 24
_TWICE = 2
_CHARACTERS = 1 << 16
_RIDGE = 1e-4
_FLATTEST, _STEEPEST = 0.1, 4.0
_SUREST = 1e-4


@dataclass(frozen=True, slots=True)
class Adapted:
    """Weights that learned from a team's own rows.

    Attributes:
        weights: The weights.
        strength: How strongly the n-grams' changes were shrunk; None when none was changed and only the
            probabilities were set anew.
        slots: Slots of the table whose weight changed.
    """

    weights: Weights
    strength: float | None
    slots: int


def adapt(base: Weights, rows: Rated, *, progress: Progress) -> Adapted:
    """Fit weights to rows, starting from others.

    The base judgement of each row enters a logistic regression as an offset; the row's n-grams learn what is
    missing, shrunk towards no change, and the changes are added to the lane `overall`. How strongly to shrink
    is decided by what rows left out in turn say, and the probabilities are set anew on the same: like the
    base they hold for even odds.

    Args:
        base: The weights to start from.
        rows: Labelled texts; those that take no side are not used.
        progress: Told what is being done, a line at a time.

    Raises:
        NotEnoughDataError: Fewer than 50 rows of one side.
    """
    sided = rows.pick(rows.polar)
    good = sided.value > 0.5
    fewest = min(int(good.sum()), int((~good).sum()))
    if fewest < FEWEST:
        raise NotEnoughDataError("adapting polarity", needed=FEWEST, got=fewest, unit="rows of each side")
    weight = np.asarray(np.where(good, 0.5 / good.sum(), 0.5 / (~good).sum()), dtype=np.float64)
    own = _Own.of(base, sided.texts, good, weight)
    fold = np.random.default_rng(0).permutation(len(good)) % _FOLDS
    best: tuple[float, float | None, NDArray[np.float64]] | None = None
    for strength in (None, *STRENGTHS):
        progress("trying no n-gram" if strength is None else f"trying strength {strength:g}")
        said = own.left_out(strength, fold)
        curve = _line(said, good, weight)
        loss = float(weight @ np.logaddexp(0.0, np.where(good, -1.0, 1.0) * (curve[0] + curve[1] * said)))
        if best is None or loss < best[0]:
            best = (loss, strength, curve)
    assert best is not None
    _, strength, curve = best
    lanes, changed = own.learned(strength, np.ones(len(good), dtype=bool))
    share = _chance(curve[0] + curve[1] * _odds(base.judgement_share))
    return Adapted(replace(base, lanes=lanes, judgement_share=settled(share)), strength, changed)


@dataclass(frozen=True, slots=True)
class _Own:
    base: Weights
    texts: list[str]
    good: NDArray[np.bool_]
    weight: NDArray[np.float64]
    fold: NDArray[np.uint32]
    raw: NDArray[np.float64]
    counted: Counted
    slots: NDArray[np.int64]

    @classmethod
    def of(
        cls, base: Weights, texts: list[str], good: NDArray[np.bool_], weight: NDArray[np.float64]
    ) -> _Own:
        scorer = Scorer(base)
        columns = np.empty((len(COLUMNS), len(texts)))
        for part, found in batches(scorer.table, scorer.fold, texts, characters=_CHARACTERS):
            columns[:, part] = found
        raw = weighted(base.judgement, columns)
        counted = count(texts, scorer.fold, bits=scorer.table.bits, fewest=_TWICE, fine_bits=_FINE_BITS)
        slots = np.unique(counted.counts.indices).astype(np.int64)
        narrow = counted.counts[:, slots].tocsr()
        scale = np.asarray(counted.scale * _gain(base, columns), dtype=np.float32)
        counted = Counted(narrow, narrow.T.tocsr(), scale)
        return cls(base, texts, good, weight, scorer.fold, raw, counted, slots)

    def learned(self, strength: float | None, rows: NDArray[np.bool_]) -> tuple[NDArray[np.int8], int]:
        """Return the lanes after learning from some of the rows, and how many slots changed."""
        lanes = self.base.lanes
        if strength is None or not len(self.slots):
            return lanes, 0
        good, weight = self.good[rows], self.weight[rows]
        line = _line(self.raw[rows], good, weight)
        held = self.counted.pick(rows)
        held = replace(held, scale=np.asarray(held.scale * line[1], dtype=np.float32))
        offset = line[0] + line[1] * self.raw[rows]
        change, _ = logistic(
            held, good.astype(np.float64), weight, penalty=strength, steps=_STEPS, offset=offset
        )
        lane = LANES.index("overall")
        before = lanes[lane, self.slots]
        after = np.clip(np.rint(before + change / self.base.unit[lane]), -127, 127).astype(np.int8)
        lanes = lanes.copy()
        lanes[lane, self.slots] = after
        return lanes, int(np.sum(before != after))

    def left_out(self, strength: float | None, fold: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the log odds of good of each row, judged by weights that did not learn from it."""
        raw = self.raw.copy()
        for out in range(_FOLDS if strength is not None else 0):
            lanes, _ = self.learned(strength, fold != out)
            table = Table.of(lanes, self.base.unit, self.base.base)
            where = np.flatnonzero(fold == out)
            texts = [self.texts[i] for i in where]
            for part, columns in batches(table, self.fold, texts, characters=_CHARACTERS):
                raw[where[part]] = weighted(self.base.judgement, columns)
        return _odds(apply(raw, self.base.judgement_at, self.base.judgement_share))


def _gain(base: Weights, columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far a row's raw judgement moves for each unit of its lane `overall`."""
    total = np.full(columns.shape[1], base.judgement[COLUMNS.index("overall")])
    for name in ("film", "latin", "length"):
        total += base.judgement[COLUMNS.index(f"overall x {name}")] * columns[COLUMNS.index(name)]
    return total


def _line(
    said: NDArray[np.float64], good: NDArray[np.bool_], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return constant and slope that turn scores into log odds; the slope stays above zero."""
    found = ridge_logistic(np.stack((np.ones(len(said)), said)), good, weight, ridge=_RIDGE)
    return np.array([found[0], np.clip(found[1], _FLATTEST, _STEEPEST)])


def _odds(chance: NDArray[np.float64]) -> NDArray[np.float64]:
    sure = np.clip(chance, _SUREST, 1.0 - _SUREST)
    return np.asarray(np.log(sure / (1.0 - sure)))


def _chance(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1.0 / (1.0 + np.exp(-odds)))
