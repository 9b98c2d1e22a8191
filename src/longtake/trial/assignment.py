"""Who gets which arm: by hash, so that the same unit always gets the same and nobody can steer it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

import numpy as np

BITS = 64


def assign(unit: str, *, salt: str, weights: Mapping[str, float]) -> str:
    """Return the arm of a unit.

    The first 64 bits of SHA-256 over ``salt`` and ``unit``, as a fraction of their range, fall into one
    of the arms' shares, laid end to end in the order of their names. Another salt deals anew.

    Args:
        unit: Name of a viewer's pseudonym, a city, a cinema, a slot.
        salt: The trial's own text; without it two trials would deal alike.
        weights: Share of each arm, not negative; they need not add up to one. An arm of weight zero gets
            nobody.

    Returns:
        The arm's name.

    Raises:
        ValueError: There is no arm, a weight is negative or not finite, or all are zero.

    Examples:
        >>> assign("city-1", salt="t1", weights={"a": 1.0, "b": 0.0})
        'a'
        >>> from collections import Counter
        >>> dealt = Counter(assign(str(i), salt="t1", weights={"a": 3.0, "b": 1.0}) for i in range(4000))
        >>> 0.73 < dealt["a"] / 4000 < 0.77
        True

    References:
        Kohavi, Tang, Xu, 2020, Trustworthy Online Controlled Experiments, ch. 14,
        doi:10.1017/9781108653985.
    """
    names, bounds = _bounds(weights)
    place = int.from_bytes(hashlib.sha256(f"{salt}\x1f{unit}".encode()).digest()[: BITS // 8], "big")
    return names[int(np.searchsorted(bounds, place / 2**BITS, side="right"))]


def assign_all(units: Sequence[str], *, salt: str, weights: Mapping[str, float]) -> dict[str, str]:
    """Return the arm of each unit, in the order given; a unit named twice stands there once.

    Raises:
        ValueError: As :func:`assign`.
    """
    return {unit: assign(unit, salt=salt, weights=weights) for unit in units}


def deal(units: Sequence[str], *, salt: str, weights: Mapping[str, float]) -> dict[str, str]:
    """Return an arm for each of a fixed list of units, with shares as equal as whole numbers allow.

    For few units (cities, cinemas, slots) independent draws would leave arms of very different sizes. The
    units are put in the order of their hashes and cut by the arms' shares (largest remainders first).

    Args:
        units: Distinct names; their order does not matter.
        salt: The trial's own text.
        weights: As :func:`assign`.

    Raises:
        ValueError: As :func:`assign`, or a unit is named twice.

    Examples:
        >>> dealt = deal([f"city-{i}" for i in range(10)], salt="t1", weights={"a": 1.0, "b": 1.0})
        >>> sorted(dealt.values()).count("a")
        5
    """
    if len(set(units)) != len(units):
        raise ValueError("a unit is named twice")
    names, bounds = _bounds(weights)
    order = sorted(units, key=lambda unit: hashlib.sha256(f"{salt}\x1f{unit}".encode()).digest())
    shares = np.diff(np.concatenate([[0.0], bounds])) * len(units)
    counts = np.floor(shares).astype(int)
    short = len(units) - int(counts.sum())
    for place in sorted(range(len(names)), key=lambda i: (counts[i] - shares[i], names[i]))[:short]:
        counts[place] += 1
    arms = [name for name, count in zip(names, counts, strict=True) for _ in range(int(count))]
    return dict(sorted(zip(order, arms, strict=True)))


def _bounds(weights: Mapping[str, float]) -> tuple[list[str], np.ndarray]:
    names = sorted(weights)
    values = np.array([weights[name] for name in names], dtype=float)
    if not names or not np.isfinite(values).all() or (values < 0).any() or values.sum() <= 0:
        raise ValueError(f"weights {dict(weights)} are no shares")
    bounds = np.cumsum(values) / values.sum()
    # Arms of weight zero at the end must not catch a rounding error of the sum.
    bounds[np.flatnonzero(values)[-1] :] = 1.0
    return names, bounds
