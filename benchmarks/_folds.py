"""The small Douban set judged by weights that saw none of the film a row is about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from longtake.language.judgement.learner import learn
from longtake.language.judgement.scorer import Scorer
from longtake.services.training.datasets import TUNE, Dataset, digests
from longtake.services.training.train import EMPHASIS

SET = "douban_short"


def by_film(dataset: Dataset, folds: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the probability of good, and the truth, of each row of the set that takes a side.

    Films are dealt into folds; for each fold the weights are learned anew from all rows of all other films,
    less the texts that the fold holds too.
    """
    rated = dataset.rated
    of_film = np.array(dataset.film)
    own = (rated.domain == SET) & rated.polar
    names = np.unique(of_film[own])
    fold_of = {name: place % folds for place, name in enumerate(np.random.default_rng(0).permutation(names))}
    fold = np.array([fold_of.get(name, -1) for name in of_film])
    text = np.array([int.from_bytes(digest, "big") for digest in digests(rated.texts)], dtype=np.uint64)
    chance = np.full(len(own), 0.5)
    for out in range(folds):
        print(f"fold {out + 1} of {folds}", flush=True)
        rest = (fold != out) & ~np.isin(text, text[own & (fold == out)])
        tune = dataset.side == TUNE
        weights = learn(
            rated.pick(rest & ~tune), rated.pick(rest & tune), emphasis=EMPHASIS, progress=lambda _: None
        )
        where = np.flatnonzero(own & (fold == out))
        chance[where] = Scorer(weights).judge([rated.texts[i] for i in where])[0]
    return chance[own], rated.value[own] > 0.5
