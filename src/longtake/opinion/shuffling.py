"""How clear groups look when votes on one statement say nothing about votes on another."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from longtake.opinion.clustering.single import DRAWS, LARGEST, best_silhouette
from longtake.opinion.mapping.components import components
from longtake.opinion.mapping.projection import positions
from longtake.opinion.votes import Votes

Flags = NDArray[np.bool_]

FULL = 60
"""Votes a statement keeps on average when not all people are drawn."""


def shuffled(votes: Votes, *, moderated: Flags | None = None, draws: int = DRAWS, seed: int = 0) -> float:
    """Return the best silhouette that shuffled votes reach in 19 draws of 20.

    Votes on each statement are handed out again among those who saw it: who saw what and how popular each
    statement is stay, what goes together does not. Where people voted on a few statements each, such votes
    already stand in lumps, which no smooth crowd shows.

    Args:
        votes: Votes of those on the map; of very many, a fixed draw of them.
        moderated: Statements that were taken out, shape (statements,).
        draws: Shuffles, at least 1; the highest of 19 is a test at .05.
        seed: Seed of the shuffles.

    References:
        Horn, 1965, A rationale and test for the number of factors in factor analysis, doi:10.1007/BF02289447
        (parallel analysis; columns permuted instead of drawn).
    """
    rng = np.random.default_rng(seed)
    people, statements = votes.size
    # A draw of people thins the votes on each statement, and thin votes alone put a few people far out.
    wanted = max(LARGEST, math.ceil(FULL * statements * people / max(votes.value.size, 1)))
    if people > wanted:
        votes = votes.of(np.sort(rng.permutation(people)[:wanted]))
    highest = 0.0
    order = np.argsort(votes.statement, kind="stable")
    for _ in range(draws):
        mixed = np.lexsort((rng.random(votes.value.size), votes.statement))
        value = np.empty_like(votes.value)
        value[order] = votes.value[mixed]
        again = Votes(votes.person, votes.statement, value, votes.people, votes.statements)
        stand = positions(again, components(again, moderated=moderated), moderated=moderated)
        highest = max(highest, best_silhouette(stand))
    return highest
