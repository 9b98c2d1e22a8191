"""Fit how circles breed events in one another, for many copies of their series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from longtake.heat.circles.shrink import common
from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.solve import non_negative

Floats = NDArray[np.float64]

LEAST = 1e-6
ROUNDS, SHRINK_ROUNDS = 9, 3
# Entries stray from the common pattern by at least a quarter of the usual entry.
UNTOLD = 1e12
LEAST_STRAY = 0.25
# How far the kernel's weights stray from the usual ones before the data must pay for it.
KERNEL_STRAY = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What the fit is given beside the counts.

    Attributes:
        season: Usual level of each step, mean 1, shape (t,).
        pushes: Promotion, shape (j, t).
        keep: Share each exponential of the kernel keeps over a step, shape (k,).
        usual: Usual weights of the exponentials, sum 1, shape (k,).
        seen: Which steps were observed in every circle, shape (t,).
    """

    season: Floats
    pushes: Floats
    keep: Floats
    usual: Floats
    seen: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """``lambda_i = season (background_i + effects_i pushes + sum_j matrix_ij memory_j)`` of b copies.

    Attributes:
        background: Shape (b, c).
        effects: Shape (b, c, j).
        matrix: Events in circle i (row) bred by one in circle j (column), shape (b, c, c).
        signed: The matrix by unconstrained least squares, whose error is the same on both sides, shape
            (b, c, c).
        kernel: Weights of the exponentials, one kernel for all circles, sum 1, shape (b, k).
        scatter: phi of the variance ``lambda + phi lambda^2``, shape (b, c).
        mean: Shape (b, c, t).
    """

    background: Floats
    effects: Floats
    matrix: Floats
    signed: Floats
    kernel: Floats
    scatter: Floats
    mean: Floats


def past(counts: Floats, keep: Floats) -> Floats:
    """Return exponential averages of the past of each circle, shape (b, c, k, t).

    Before the first step each circle stood at the mean of its first day of steps.
    """
    start = counts[:, :, : min(24, counts.shape[2])].mean(axis=2)
    return np.asarray(memory(counts, keep) + start[:, :, None, None] * forgetting(keep, counts.shape[2]))


def fit(counts: Floats, given: Setting, *, shrink: bool = True) -> Fit:
    """Return the quasi-likelihood fit, entries at least 0, drawn to the common pattern of the matrix.

    How strongly is estimated: the spread of the entries around :func:`common`, beyond what their standard
    errors explain, is the prior's spread.

    Args:
        counts: Shape (b, c, t), at least 0, NaN nowhere (unseen steps weigh nothing).
        given: Season, promotion, kernel.
        shrink: Whether to draw to the common pattern.

    References:
        Kirchner, 2016, Hawkes and INAR(infinity) processes, doi:10.1016/j.spa.2016.02.008.
        Efron and Morris, 1973, Stein's estimation rule and its competitors,
        doi:10.1080/01621459.1973.10481350.
    """
    b, c, t = counts.shape
    skip, k = 1 + given.pushes.shape[0], given.keep.size
    averages = past(counts, given.keep) * given.season
    columns = np.empty((b, skip + c, t))
    columns[:, 0] = given.season
    columns[:, 1:skip] = given.pushes * given.season
    kernel = np.broadcast_to(given.usual, (b, k))
    mean = np.maximum(0.5 * counts.mean(axis=2, keepdims=True) + 0.5 * averages.mean(axis=2), LEAST)
    scatter = np.full((b, c), 0.05)
    target, hold = np.zeros((b, c, c)), np.zeros((b, c, c))
    freedom = max(1.0, given.seen.sum() - columns.shape[1])
    own = np.arange(skip, skip + c)
    coefficients = np.zeros((b, c, skip + c))
    for turn in range(ROUNDS + (SHRINK_ROUNDS if shrink and c > 2 else 0)):
        columns[:, skip:] = np.einsum("bk,bckt->bct", kernel, averages)
        weight = given.seen / (mean + scatter[:, :, None] * mean**2)
        gram = (columns[:, None] * weight[:, :, None]) @ columns[:, None].transpose(0, 1, 3, 2)
        moment = np.matmul(columns[:, None], (weight * counts)[..., None])[..., 0]
        if turn >= ROUNDS:
            target, hold = _prior(coefficients[:, :, skip:], gram, skip)
        held, pulled = gram.copy(), moment.copy()
        held[:, :, own, own] += hold
        pulled[:, :, skip:] += hold * target
        flat = non_negative(held.reshape(b * c, skip + c, -1), pulled.reshape(b * c, -1))
        coefficients = flat.reshape(b, c, -1)
        outside = coefficients[:, :, :skip] @ columns[:, :skip]
        inside = np.einsum("bij,bjkt->bikt", coefficients[:, :, skip:], averages, optimize=True)
        if turn < ROUNDS:
            kernel = _kernel(inside, counts - outside, weight, given.usual)
        mean = np.maximum(outside + np.einsum("bk,bikt->bit", kernel, inside), LEAST)
        over = ((counts - mean) ** 2 * (given.seen.sum() / freedom) - mean) * given.seen
        scatter = np.maximum(over.sum(axis=2) / (mean**2 * given.seen).sum(axis=2), 1e-6)
    return Fit(
        background=coefficients[:, :, 0],
        effects=coefficients[:, :, 1:skip],
        matrix=coefficients[:, :, skip:],
        signed=_signed(gram, moment)[:, :, skip:],
        kernel=kernel,
        scatter=scatter,
        mean=mean,
    )


def _kernel(inside: Floats, bred: Floats, weight: Floats, usual: Floats) -> Floats:
    """Return the kernel that explains best what was bred, drawn to the usual one, shape (b, k)."""
    b, _, k, _ = inside.shape
    gram = ((inside * weight[:, :, None]) @ inside.transpose(0, 1, 3, 2)).sum(axis=1)
    moment = np.matmul(inside, (weight * bred)[..., None])[..., 0].sum(axis=1)
    gram += np.eye(k) / KERNEL_STRAY**2
    found = non_negative(gram, moment + usual / KERNEL_STRAY**2)
    total = found.sum(axis=1, keepdims=True)
    return np.where(total > LEAST, found / np.maximum(total, LEAST), np.broadcast_to(usual, (b, k)))


def _scaled(gram: Floats) -> tuple[Floats, Floats]:
    """Return the Gram matrices with ones on their diagonals, and the scales."""
    size = np.sqrt(np.maximum(np.einsum("bcpp->bcp", gram), 1e-300))
    return gram / size[..., :, None] / size[..., None, :] + 1e-8 * np.eye(gram.shape[-1]), size


def _signed(gram: Floats, moment: Floats) -> Floats:
    scaled, size = _scaled(gram)
    return np.asarray(np.linalg.solve(scaled, (moment / size)[..., None])[..., 0] / size)


def _prior(matrix: Floats, gram: Floats, skip: int) -> tuple[Floats, Floats]:
    """Return what the entries are drawn to and with what precision, shape (b, c, c) each."""
    c = matrix.shape[1]
    scaled, size = _scaled(gram)
    error = (np.einsum("bcpp->bcp", np.linalg.inv(scaled)) / size**2)[:, :, skip:]
    # A circle that never spoke before another did tells nothing of it; its error must still divide.
    error = np.minimum(error, UNTOLD)
    target = common(matrix, 1.0 / error)
    off = ~np.eye(c, dtype=bool)
    # Entries scale with the sizes of both circles; relative errors of those sizes are comparable.
    reach = np.maximum(target, LEAST)
    apart = ((matrix - target) ** 2 - error) / reach**2
    trust = off * reach**2 / error
    spread = (trust * apart).sum(axis=(1, 2)) / trust.sum(axis=(1, 2))
    spread = np.maximum(spread, LEAST_STRAY**2)
    return target, off / (spread[:, None, None] * reach**2 + 1e-12)
