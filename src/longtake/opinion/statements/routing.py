"""Which statement to ask next: what is told by its votes so far is not worth much of a person's time."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

META = 7.0


def priorities(
    agree: ArrayLike,
    passed: ArrayLike,
    seen: ArrayLike,
    extremity: ArrayLike,
    *,
    meta: ArrayLike | None = None,
) -> Floats:
    """Return how much each statement is worth asking, above zero, shape (n,).

    ``((1 - p) (E + 1) a (1 + 8 * 2^(-S/5)))^2`` with p the share of passes and a of agreement, one vote
    added to each of two sides: new statements first, then those that few skip, many agree with, and that tell
    people apart.

    Args:
        agree: Agreements, shape (n,).
        passed: Passes, shape (n,).
        seen: Votes, passes included, shape (n,).
        extremity: How far from the middle one agreement takes a person, at least 0, shape (n,).
        meta: Statements about the conversation itself, which are worth 49, shape (n,).

    Raises:
        ValueError: Agreements and passes exceed the votes, or something is negative.

    Examples:
        >>> priorities([0, 0], [0, 0], [0, 0], [0, 1]).tolist()
        [5.0625, 20.25]

    References:
        Small, Bjorkegren, Erkkilä, Shaw, Megill, 2021, Polis: scaling deliberation by mapping high
        dimensional opinion spaces, doi:10.6035/recerca.5516.
    """
    yes, skip, whole, far = (np.asarray(one, dtype=np.float64) for one in (agree, passed, seen, extremity))
    if (np.minimum(np.minimum(yes, skip), far) < 0).any() or (yes + skip > whole).any():
        raise ValueError("votes below zero, or agreements and passes beyond the votes")
    importance = (1 - (skip + 1) / (whole + 2)) * (far + 1) * (yes + 1) / (whole + 2)
    worth = importance * (1 + 8 * 2 ** (-whole / 5))
    if meta is not None:
        worth = np.where(np.asarray(meta, dtype=bool), META, worth)
    return np.asarray(worth**2)


def next_statement(worth: ArrayLike, answered: ArrayLike, *, seed: int) -> int | None:
    """Return one statement not yet answered, drawn by what it is worth; None when all are.

    Args:
        worth: Priorities, shape (n,).
        answered: Which were answered, shape (n,).
        seed: Seed of the draw, such as a number made of the participant and the votes so far.

    Examples:
        >>> next_statement([1.0, 9.0, 4.0], [True, False, True], seed=0)
        1
    """
    odds = np.where(np.asarray(answered, dtype=bool), 0.0, np.asarray(worth, dtype=np.float64))
    if not odds.sum() > 0:
        return None
    return int(np.random.default_rng(seed).choice(odds.size, p=odds / odds.sum()))
