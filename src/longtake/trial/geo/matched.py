"""Cinemas matched by past takings, the measure drawn by lot in each match, and the proof by the same lot."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.errors import NotEnoughDataError

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

METHOD = "randomisation inference in matched blocks (Fisher 1935)"
DRAWS = 4999
MOST_EXACT = 4096
HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Assignment:
    """Cinemas in blocks, one of each block drawn for the measure.

    Attributes:
        blocks: Names of each block, most alike together.
        treated: The drawn name of each block, in the same order.
        aside: Names left over because the blocks must be full.
        seed: Seed of the lot: the same seed and takings give the same draw, so anybody can check it.
    """

    blocks: tuple[tuple[str, ...], ...]
    treated: tuple[str, ...]
    aside: tuple[str, ...]
    seed: int


def match_cinemas(past: ArrayLike, *, names: Sequence[str], size: int = 2, seed: int = 0) -> Assignment:
    """Return cinemas in blocks of like past takings, one of each drawn for the measure.

    Cinemas are put in order along the main direction of their past, on a logarithmic scale; neighbours make
    a block, and cinemas are then swapped between blocks while that brings blocks closer together.

    Args:
        past: Takings a cinema and period, shape (n, t), at least 0.
        names: One unique name a cinema.
        size: Cinemas a block, at least 2.
        seed: Seed of the lot, written down before the draw.

    Raises:
        NotEnoughDataError: Fewer than two full blocks.
        ValueError: A shape, a value or the size is out of range, or names repeat.

    Examples:
        >>> drawn = match_cinemas([[100.0], [11.0], [98.0], [10.0]], names=["a", "b", "c", "d"])
        >>> drawn.blocks
        (('b', 'd'), ('a', 'c'))

    References:
        Imai, King and Nall, 2009, The essential role of pair matching in cluster-randomized experiments,
        doi:10.1214/08-STS274.
    """
    table = np.asarray(past, dtype=np.float64)
    n = len(names)
    if table.ndim != 2 or table.shape[0] != n or not (table >= 0).all() or not np.isfinite(table).all():
        raise ValueError(f"past of shape {table.shape} for {n} names, or a value below zero or missing")
    if size < 2 or len(set(names)) < n:
        raise ValueError(f"size {size}, or names repeat")
    if n < 2 * size:
        raise NotEnoughDataError(METHOD, needed=2 * size, got=n, unit="cinemas")
    shape = np.log1p(table)
    centred = shape - shape.mean(axis=0)
    line = np.linalg.svd(centred, full_matrices=False)[2][0]
    along = centred @ line * (1.0 if line.sum() >= 0 else -1.0)
    order = sorted(range(n), key=lambda one: (along[one], names[one]))
    left = _odd(along[order], n % size, size)
    kept = [one for place, one in enumerate(order) if place not in left]
    blocks = _swapped(centred, [kept[at : at + size] for at in range(0, len(kept), size)])
    rng = np.random.default_rng(seed)
    named = tuple(tuple(sorted(names[one] for one in block)) for block in blocks)
    return Assignment(
        blocks=named,
        treated=tuple(block[int(rng.integers(size))] for block in named),
        aside=tuple(sorted(names[order[place]] for place in left)),
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class MatchedEffect:
    """What the measure changed in matched cinemas.

    Attributes:
        effect: Mean difference inside blocks, in the outcome's unit.
        p: Share of draws of the lot at least as far from zero, the actual one among them; below
            ``1 - level`` exactly when the interval leaves zero out.
        draws: Draws compared; all there are when ``exact``.
        exact: Every possible draw was compared.
    """

    effect: Quantity
    p: float
    draws: int
    exact: bool


def matched_effect(
    outcome: Sequence[Sequence[float]],
    treated: Sequence[int],
    *,
    unit: str,
    level: float = 0.9,
    seed: int = 0,
) -> MatchedEffect:
    """Return the mean difference between the drawn cinema and the others of its block.

    Under an effect e the outcome without the measure is known for all cinemas, so every other draw of the
    lot can be replayed: the interval is the set of e whose actual draw is not among the rarest.

    Args:
        outcome: Takings of each block's cinemas in the trial, or takings less those of the same days before;
            shape (b, m).
        treated: Place of the drawn cinema in each block, shape (b,).
        unit: Unit of the outcome.
        level: Coverage, in (0, 1).
        seed: Seed of the draws, where there are too many to take all.

    Returns:
        The effect; Unknown("too_few_rows") where so few blocks cannot reject anything at this level.

    Raises:
        ValueError: Shapes differ, a value is missing, or the level is not in (0, 1).

    Examples:
        >>> found = matched_effect([[12, 10], [13, 10], [11, 10], [14, 10], [12, 10]], [0] * 5, unit="CNY")
        >>> found.effect.value, found.p, found.exact
        (2.4, 0.0625, True)

    References:
        Fisher, 1935, The design of experiments.
        Rosenbaum, 2002, Observational studies, section 2.4, doi:10.1007/978-1-4757-3692-2.
    """
    table = np.asarray(outcome, dtype=np.float64)
    drawn = np.asarray(treated, dtype=np.int64)
    if table.ndim != 2 or table.shape[1] < 2 or drawn.shape != table.shape[:1]:
        raise ValueError(f"outcome of shape {table.shape}, treated of shape {drawn.shape}")
    if not np.isfinite(table).all() or not ((drawn >= 0) & (drawn < table.shape[1])).all():
        raise ValueError("a value is missing, or a place is not in its block")
    if not 0 < level < 1:
        raise ValueError(f"level {level}")
    b, m = table.shape
    exact = m**b <= MOST_EXACT
    lots = _all_lots(b, m) if exact else np.random.default_rng(seed).integers(0, m, (DRAWS, b))
    if not exact:
        lots = np.concatenate([lots, drawn[None]])
    spread = table * m / (m - 1) - table.sum(axis=1, keepdims=True) / (m - 1)
    rows = np.arange(b)
    value = float(spread[rows, drawn].mean())
    base = spread[rows, lots].mean(axis=1)
    slope = np.where(lots == drawn, 1.0, -1.0 / (m - 1)).mean(axis=1)
    own = int(np.flatnonzero((lots == drawn).all(axis=1))[0])

    def share(effect: float) -> float:
        size = np.abs(base - effect * slope)
        return float((size >= size[own] - 1e-9 * (1 + abs(effect))).mean())

    p, limit = share(0.0), 1 - level
    reach = float(np.abs(base).max() + table.std() + 1.0)
    quantity: Quantity
    if share(value + 1e6 * reach) >= limit:
        least = 2 if m == 2 else 1
        needed = next(k for k in range(1, 99) if least / float(m) ** k < limit)
        quantity = Unknown("too_few_rows", METHOD, unit, b * m, needed * m)
    else:
        ends = [_end(share, value, side, reach, limit, null=0.0) for side in (-1, 1)]
        quantity = Estimate(value, ends[0], ends[1], level, unit, METHOD, b * m)
    return MatchedEffect(quantity, p, len(lots), exact)


def _end(
    share: Callable[[float], float], value: float, side: int, reach: float, limit: float, *, null: float
) -> float:
    """Return the farthest effect on a side that is not rejected, by doubling and halving."""
    toward = side * (null - value)
    kept = toward > 0 and share(null) >= limit
    far = max(reach / 16, 1.01 * toward if kept else 0.0)
    while share(value + side * far) >= limit:
        far *= 2
    inner, outer = 0.0, far
    if kept:
        inner = toward
    elif 0 < toward < far:
        outer = toward
    for _ in range(HALVINGS):
        middle = (inner + outer) / 2
        inner, outer = (middle, outer) if share(value + side * middle) >= limit else (inner, middle)
    return value + side * inner


def _all_lots(b: int, m: int) -> NDArray[np.int64]:
    """Return every draw of one from each of b blocks of m, shape (m ** b, b)."""
    return np.stack(np.unravel_index(np.arange(m**b), (m,) * b), axis=1).astype(np.int64)


def _odd(along: Floats, surplus: int, size: int) -> set[int]:
    """Return places to leave out so that blocks of neighbours are full and as close as can be."""
    left: set[int] = set()
    for _ in range(surplus):
        places = [one for one in range(along.size) if one not in left]

        def width(out: int, places: list[int] = places) -> float:
            kept = along[[one for one in places if one != out]]
            full = kept[: kept.size // size * size].reshape(-1, size)
            return float((full[:, -1] - full[:, 0]).sum())

        left.add(min(places, key=lambda one: (width(one), one)))
    return left


def _swapped(points: Floats, blocks: list[list[int]]) -> list[list[int]]:
    """Return the blocks after swaps that bring members of neighbouring blocks closer to each other."""

    def spread(block: list[int]) -> float:
        return float(((points[block] - points[block].mean(axis=0)) ** 2).sum())

    for _ in range(20):
        moved = False
        for one in range(len(blocks) - 1):
            for other in range(one + 1, min(one + 4, len(blocks))):
                for i in range(len(blocks[one])):
                    for j in range(len(blocks[other])):
                        first, second = blocks[one].copy(), blocks[other].copy()
                        first[i], second[j] = second[j], first[i]
                        if spread(first) + spread(second) < (spread(blocks[one]) + spread(blocks[other])) * (
                            1 - 1e-9
                        ):
                            blocks[one], blocks[other], moved = first, second, True
        if not moved:
            break
    return blocks
