"""How many texts of a set are good, from judgements made as if good and bad were as common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from longtake.domain.estimate import Estimate
from longtake.errors import NotEnoughDataError

FEWEST = 20
"""Texts below which a set has no base rate of its own."""

LEVEL = 0.95
METHOD = "base rate by maximum likelihood (Saerens, Latinne, Decaestecker 2002), profile interval"

_SUREST = 1e-6
_HALVINGS = 50
_DROP = 1.920729410347062  # Half of the 95 % point of chi-square with one degree of freedom.


def base_rate(good: NDArray[np.float64]) -> float:
    """Return the share of good texts that makes a set's judgements most likely; no labels are needed.

    The judgements must hold for even odds, as those of `Scorer.judge` do. A text that says nothing (one
    half) does not move the share. The share is the fixed point of the expectation-maximisation of the
    reference; the likelihood has one maximum, which is found here by halving.

    Args:
        good: Probability of good against bad of each text at even odds, shape (n,).

    Returns:
        Share of good texts, in [0, 1].

    Raises:
        NotEnoughDataError: Fewer than 20 texts.

    Examples:
        Of 100 texts 75 look good with .8 and 25 with .2; a share p looks good 0.8 p + 0.2 (1 - p) of the
        time, and that is 0.75 at p = 0.55 / 0.6.

        >>> round(base_rate(np.array([0.8] * 75 + [0.2] * 25)), 6)
        0.916667

    References:
        Saerens, Latinne, Decaestecker (2002), Adjusting the outputs of a classifier to new a priori
        probabilities: a simple procedure, doi:10.1162/089976602753284446.
    """
    lean = _lean(good)
    return _falls_to_zero(lambda share: float(np.sum(lean / (1.0 + lean * share))), 0.0, 1.0)


def base_rate_estimate(good: NDArray[np.float64]) -> Estimate:
    """Return the base rate with its interval: wide when the texts are few or say little.

    The interval says how far the texts' number limits the share, not how far the judgements may be wrong.

    Args:
        good: Probability of good against bad of each text at even odds, shape (n,).

    Raises:
        NotEnoughDataError: Fewer than 20 texts.

    Examples:
        >>> found = base_rate_estimate(np.full(20, 0.5))
        >>> found.low, found.high
        (0.0, 1.0)
    """
    lean, share = _lean(good), base_rate(good)
    least = _likelihood(lean, share) - _DROP
    low = high = share
    if _likelihood(lean, 0.0) >= least:
        low = 0.0
    else:
        low = _falls_to_zero(lambda at: least - _likelihood(lean, at), 0.0, share)
    if _likelihood(lean, 1.0) >= least:
        high = 1.0
    else:
        high = _falls_to_zero(lambda at: _likelihood(lean, at) - least, share, 1.0)
    return Estimate(share, min(low, share), max(high, share), LEVEL, "share", METHOD, len(lean))


def adjusted(good: NDArray[np.float64], base_rate: float) -> NDArray[np.float64]:
    """Return judgements made at even odds as they are where so many texts are good.

    Args:
        good: Probability of good against bad of each text at even odds, shape (n,).
        base_rate: Share of good texts in the set, in [0, 1].

    Returns:
        Probability of good at that share, shape (n,), in the same order: ranks do not change.

    Raises:
        ValueError: The base rate is not in [0, 1].

    Examples:
        Odds of 1 : 4 times a base rate's odds of 4 : 1 are even.

        >>> adjusted(np.array([0.2, 0.5]), 0.8).round(6).tolist()
        [0.5, 0.8]
    """
    if not 0.0 <= base_rate <= 1.0:
        raise ValueError(f"base_rate is {base_rate}, not in [0, 1]")
    sure = np.clip(good, _SUREST, 1.0 - _SUREST)
    for_good = sure * base_rate
    return np.asarray(for_good / (for_good + (1.0 - sure) * (1.0 - base_rate)))


def _lean(good: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return each text's likelihood ratio of good to bad, less one."""
    if len(good) < FEWEST:
        raise NotEnoughDataError("base rate", needed=FEWEST, got=len(good), unit="texts")
    sure = np.clip(good, _SUREST, 1.0 - _SUREST)
    return np.asarray(sure / (1.0 - sure) - 1.0)


def _likelihood(lean: NDArray[np.float64], share: float) -> float:
    return float(np.sum(np.log1p(lean * share)))


def _falls_to_zero(slope: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero between two ends, or the end beyond which it does.

    A function that is zero throughout crosses in the middle.
    """
    at_low, at_high = slope(low), slope(high)
    if at_low == at_high == 0.0:
        return (low + high) / 2.0
    if at_high >= 0.0:
        return high
    if at_low <= 0.0:
        return low
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        if slope(middle) > 0.0:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
