"""P-values and evidence of many comparisons, judged together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def holm(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that the chance of any false alarm among them is held.

    Args:
        p: In [0, 1], shape (m,), dependent or not.

    Examples:
        >>> holm([0.01, 0.04, 0.03]).round(3).tolist()
        [0.03, 0.06, 0.06]

    References:
        Holm, 1979, A simple sequentially rejective multiple test procedure, Scandinavian Journal of
        Statistics 6(2).
    """
    raw, order = _ordered(p)
    times = raw.size - np.arange(raw.size)
    return _back(np.minimum(np.maximum.accumulate(raw[order] * times), 1.0), order)


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """Return p-values adjusted so that the expected share of false ones among those found is held.

    Args:
        p: In [0, 1], shape (m,), independent or positively dependent, of one look.

    Examples:
        >>> benjamini_hochberg([0.01, 0.04, 0.03]).round(3).tolist()
        [0.03, 0.04, 0.04]

    References:
        Benjamini and Hochberg, 1995, Controlling the false discovery rate,
        doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    raw, order = _ordered(p)
    times = raw.size / np.arange(1, raw.size + 1)
    falling = np.minimum.accumulate((raw[order] * times)[::-1])[::-1]
    return _back(np.minimum(falling, 1.0), order)


def e_benjamini_hochberg(log_evidence: ArrayLike, *, alpha: float) -> Flags:
    """Return which comparisons are found, the expected share of false ones held at alpha.

    Holds under any dependence and at any looks: evidence that may be read at any time is still evidence when
    the look was chosen by what was seen.

    Args:
        log_evidence: Log of the evidence against each null, shape (m,).
        alpha: Expected share of false ones among those found, in (0, 1).

    Raises:
        ValueError: Alpha is not in (0, 1), or the evidence is not of shape (m,).

    Examples:
        >>> e_benjamini_hochberg(np.log([80.0, 35.0, 2.0]), alpha=0.05).tolist()
        [True, True, False]

    References:
        Wang and Ramdas, 2022, False discovery rate control with e-values, doi:10.1111/rssb.12489.
    """
    against = np.asarray(log_evidence, dtype=np.float64)
    if not 0 < alpha < 1 or against.ndim != 1:
        raise ValueError(f"alpha {alpha}, evidence of shape {against.shape}")
    m = against.size
    order = np.argsort(-against, kind="stable")
    passed = against[order] >= np.log(m / (alpha * np.arange(1, m + 1)))
    found = np.zeros(m, dtype=np.bool_)
    if passed.any():
        found[order[: int(np.flatnonzero(passed)[-1]) + 1]] = True
    return found


def e_bonferroni(log_evidence: ArrayLike, *, alpha: float) -> Flags:
    """Return which comparisons are found, the chance of any false one held at alpha, at any looks.

    Args:
        log_evidence: Log of the evidence against each null, shape (m,).
        alpha: Chance of any false alarm, in (0, 1).

    Examples:
        >>> e_bonferroni(np.log([80.0, 35.0]), alpha=0.05).tolist()
        [True, False]
    """
    against = np.asarray(log_evidence, dtype=np.float64)
    return np.asarray(against >= np.log(against.size / alpha))


def log_calibrated(p: ArrayLike) -> Floats:
    """Return the log of evidence that a p-value of one look is worth: ``(1 - p + p log p) / (p log^2 p)``.

    Args:
        p: In (0, 1], any shape.

    Examples:
        >>> float(np.exp(log_calibrated(0.0001)).round(0))
        118.0

    References:
        Vovk and Wang, 2021, E-values: calibration, combination and applications, doi:10.1214/20-AOS2020.
    """
    raw = np.clip(np.asarray(p, dtype=np.float64), 1e-300, 1.0)
    log = np.log(raw)
    # Near one the formula is 0 / 0; its limit is a half.
    close = np.abs(log) < 1e-4
    safe = np.where(close, -1.0, log)
    out = np.where(
        close,
        np.log(0.5) - log / 6,
        np.log(1 - np.exp(safe) + np.exp(safe) * safe) - safe - 2 * np.log(-safe),
    )
    return np.asarray(out)


def _ordered(p: ArrayLike) -> tuple[Floats, NDArray[np.intp]]:
    """Return p-values and their order."""
    raw = np.asarray(p, dtype=np.float64)
    if raw.ndim != 1 or not ((raw >= 0) & (raw <= 1)).all():
        raise ValueError("p-values must lie in [0, 1], of shape (m,)")
    return raw, np.argsort(raw, kind="stable")


def _back(values: Floats, order: NDArray[np.intp]) -> Floats:
    """Return values in the order in which the p-values came."""
    out = np.empty_like(values)
    out[order] = values
    return out
