"""Whether those who came are those who were meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown

Floats = NDArray[np.float64]

METHOD = "planned against observed shares, multinomial bootstrap"
SHARE = "Wilson 1927"
LEAST = 30


@dataclass(frozen=True, slots=True)
class Audience:
    """Planned circles against those who were observed.

    Attributes:
        observed: Share of people in each circle.
        missed: Half the sum over circles of how far observed and planned shares are apart, in [0, 1]; circles
            without a planned share take no part.
        differ: For each circle, whether the plan lies outside the interval of what was observed, all circles
            together; None without a planned share.
        n: People.
    """

    observed: tuple[Quantity, ...]
    missed: Quantity
    differ: tuple[bool | None, ...]
    n: int


def audience(
    member: ArrayLike,
    planned: Sequence[float | None],
    *,
    level: float = 0.9,
    draws: int = 999,
    seed: int = 0,
) -> Audience:
    """Return how the audience that spoke compares with the one that was planned.

    Observed shares are of people who spoke, not of those who saw the film.

    Args:
        member: Whether a person belongs to a circle, shape (n, circles).
        planned: Planned share of each circle, in [0, 1]; None where there is none.
        level: Coverage, in (0, 1).
        draws: Resamples, at least 99.
        seed: Their seed.

    Returns:
        The comparison; ``missed`` is Unknown("nothing_planned") without planned shares and
        Unknown("too_few_people") below 30 people.

    Raises:
        ValueError: Shapes differ or a share, level or draws are out of range.

    Examples:
        >>> member = np.repeat([[1, 0], [0, 1]], [80, 20], axis=0)
        >>> found = audience(member, [0.5, 0.5])
        >>> round(found.missed.value, 2), found.differ
        (0.3, (True, True))
    """
    inside = np.asarray(member, dtype=np.float64)
    if inside.ndim != 2 or inside.shape[1] != len(planned) or not 0 < level < 1 or draws < 99:
        raise ValueError(
            f"members {inside.shape}, {len(planned)} planned shares, level {level}, draws {draws}"
        )
    if any(share is not None and not 0 <= share <= 1 for share in planned):
        raise ValueError(f"a planned share of {planned} is not in [0, 1]")
    n = inside.shape[0]
    told = [place for place, share in enumerate(planned) if share is not None]
    observed = tuple(_wilson(int(inside[:, c].sum()), n, level) for c in range(inside.shape[1]))
    if not told or n < LEAST:
        reason, needed = ("too_few_people", LEAST) if told else ("nothing_planned", None)
        return Audience(observed, Unknown(reason, METHOD, "share", n, needed), (None,) * len(planned), n)
    wanted = np.array([share for share in planned if share is not None])
    chosen = inside[:, told]
    patterns, counts = np.unique(chosen, axis=0, return_counts=True)
    rng = np.random.default_rng(seed)
    again = rng.multinomial(n, counts / n, draws) / n @ patterns
    shares = chosen.mean(axis=0)
    found = _distance(shares, wanted)
    drawn = _distance(again, wanted)
    # Sampling alone moves shares away from the plan; resamples show by how much.
    usual = float(drawn.mean() - found) if drawn.mean() > found else 0.0
    value = max(0.0, float(found) - usual)
    tail = (1 - level) / 2
    low, high = np.maximum(0.0, np.quantile(drawn - 2 * usual, [tail, 1 - tail])).tolist()
    missed = Estimate(value, min(low, value), max(high, value), level, "share", METHOD, n)
    joint = 1 - (1 - level) / len(told)
    differ: list[bool | None] = [None] * len(planned)
    for place, share in zip(told, wanted.tolist(), strict=True):
        ends = _wilson(int(inside[:, place].sum()), n, joint)
        differ[place] = isinstance(ends, Estimate) and not ends.low <= share <= ends.high
    return Audience(observed, missed, tuple(differ), n)


def _distance(shares: Floats, planned: Floats) -> Floats:
    return np.asarray(np.abs(shares - planned).sum(axis=-1) / 2)


def _wilson(part: int, whole: int, level: float) -> Quantity:
    if whole == 0:
        return Unknown("no_rows", SHARE, "share", 0, 1)
    z, p = float(ndtri(0.5 + level / 2)), part / whole
    centre = (p + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * float(np.sqrt(p * (1 - p) / whole + z * z / (4 * whole * whole)))
    return Estimate(p, min(p, centre - half), max(p, centre + half), level, "share", SHARE, whole)
