"""How much of alpha may be spent by when."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]


def power_family(fraction: ArrayLike, *, alpha: float, exponent: float = 2.0) -> Floats:
    """Return ``alpha * fraction ** exponent``: early looks spend little when the exponent is large.

    Args:
        fraction: Information in over information planned, at least 0; beyond 1 all is spent.
        alpha: Chance of a false alarm at all looks together, in (0, 1).
        exponent: Above zero; 1 spends evenly, 3 is close to O'Brien and Fleming.

    Examples:
        >>> power_family([0.5, 1.0], alpha=0.05).tolist()
        [0.0125, 0.05]

    References:
        Kim and DeMets, 1987, Design and analysis of group sequential tests based on the type I error spending
        rate function, doi:10.1093/biomet/74.1.149.
    """
    if not exponent > 0:
        raise ValueError(f"exponent {exponent}")
    return np.asarray(alpha * np.clip(fraction, 0.0, 1.0) ** exponent)


def obrien_fleming(fraction: ArrayLike, *, alpha: float) -> Floats:
    """Return what O'Brien and Fleming's boundary spends: next to nothing early.

    Args:
        fraction: Information in over information planned, at least 0; beyond 1 all is spent.
        alpha: Two-sided chance of a false alarm, in (0, 1).

    Examples:
        >>> obrien_fleming([0.25, 1.0], alpha=0.05).round(5).tolist()
        [1e-05, 0.05]

    References:
        Lan and DeMets, 1983, Discrete sequential boundaries for clinical trials, doi:10.1093/biomet/70.3.659.
    """
    seen = np.clip(fraction, 1e-12, 1.0)
    return np.asarray(4 * ndtr(-ndtri(1 - alpha / 4) / np.sqrt(seen)))


def pocock(fraction: ArrayLike, *, alpha: float) -> Floats:
    """Return what a boundary that is level over looks spends.

    Args:
        fraction: Information in over information planned, at least 0; beyond 1 all is spent.
        alpha: Chance of a false alarm, in (0, 1).

    Examples:
        >>> pocock([0.0, 1.0], alpha=0.05).round(6).tolist()
        [0.0, 0.05]

    References:
        Lan and DeMets, 1983, doi:10.1093/biomet/70.3.659; Pocock, 1977, doi:10.1093/biomet/64.2.191.
    """
    return np.asarray(alpha * np.log1p((math.e - 1) * np.clip(fraction, 0.0, 1.0)))
