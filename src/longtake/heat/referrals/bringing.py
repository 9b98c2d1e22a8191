"""The reproduction number of word of mouth: how many further people a person brings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.referrals.followed import seen_by
from longtake.heat.referrals.likelihood import EVEN, Likelihood
from longtake.heat.referrals.top import top_share
from longtake.heat.referrals.tree import Forest

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

METHOD = "cohort reproduction number, newest weighted by what could be seen (Cauchemez et al. 2006)"
SPREAD = "negative binomial dispersion, profile likelihood (Lloyd-Smith et al. 2005)"
UNIT, SPREAD_UNIT = "people brought", "dispersion"
LEAST_PEOPLE, LEAST_BROUGHT = 10, 5
DRAWS, SEED = 80, 20_261
FULL = 0.9
"""People followed for so large a share of what they bring count as followed to the end."""


@dataclass(frozen=True, slots=True, eq=False)
class Bringing:
    """How people bring people.

    Attributes:
        mean: Further people a person brings.
        dispersion: k of the negative binomial: below 1 few bring most; unknown where people differ no more
            than by chance.
        top: Share of the people brought that the fifth who brought most account for.
        chance: The same share where all were alike; None where it is unknown.
        share: How much of what each person brings could be seen, shape (n,); NaN without a time.
        shaky: Standard error of the logarithm of what could be seen in all.
        window: Days the first was followed: people brought later are nobody's yet.
    """

    mean: Quantity
    dispersion: Quantity
    top: Quantity
    chance: float | None
    share: Floats
    shaky: float
    window: float


def bringing(found: Forest, *, until: float, level: float = 0.9) -> Bringing:
    """Return how many further people a person brings, and how unevenly.

    Everybody counts with the share of their bringing that could be seen by the end: nothing for those who
    came on the last day, nearly all for the first. That share comes from the delays in the file, which are
    cut off by the same end. People without a time are left out; those they brought still count for others.

    Args:
        found: Who brought whom.
        until: End of what the file can know, days since 1970, not before the last person came.
        level: Coverage of intervals, in (0, 1).

    Returns:
        Unknown with fewer than ten people or five brought. The intervals hold what is not known of the
        delays and that people differ.

    Raises:
        ValueError: Somebody came after the end.

    References:
        Wallinga, Teunis, 2004, Different epidemic curves for severe acute respiratory syndrome reveal
        similar impacts of control measures, doi:10.1093/aje/kwh255 (cohort reproduction number);
        Cauchemez et al., 2006, Real-time estimates in early detection of SARS, doi:10.3201/eid1201.050593
        (those still to come); Nishiura, 2010, Correcting the actual reproduction number,
        doi:10.3390/ijerph7010291 (right truncation); Lloyd-Smith et al., 2005, Superspreading and the effect
        of individual variation on disease emergence, doi:10.1038/nature04153 (dispersion).
    """
    timed = np.isfinite(found.joined)
    if bool((found.joined[timed] > until + 1e-9).any()):
        raise ValueError(f"somebody came after day {until}")
    age = np.where(timed, np.maximum(until - np.where(timed, found.joined, until), 0.0), np.nan)
    window = float(np.nanmax(age)) if timed.any() else 0.0
    share = np.full(found.n, np.nan)
    shaky = 0.0
    told = np.isfinite(found.delay)
    if told.any():
        delays = found.delay[told]
        windows = np.maximum(age[found.parent[told]], delays)
        share[timed] = _at_least(seen_by(delays, windows, age[timed]), found.brought[timed], delays.size)
        shaky = _shaken(delays, windows, age[timed])
    mean = reproduction(found, share, timed, shaky=shaky, level=level)
    if isinstance(mean, Unknown):
        none = Unknown(mean.reason, SPREAD, SPREAD_UNIT, mean.n, mean.needed)
        top = top_share(found.brought[:0], level=level)
        return Bringing(mean, none, top.share, None, share, shaky, window)
    likely = Likelihood.of(found.brought[timed], share[timed])
    done = timed & (np.nan_to_num(share) >= FULL)
    top = top_share(found.brought[done], level=level)
    return Bringing(mean, _dispersion(likely, mean.n, level), top.share, top.chance, share, shaky, window)


def reproduction(
    found: Forest,
    share: Floats,
    whom: Flags,
    *,
    shaky: float,
    level: float = 0.9,
    pooled: float | None = None,
) -> Quantity:
    """Return how many further people each of some people brings.

    Args:
        found: Who brought whom.
        share: How much of what each person brings could be seen, shape (n,).
        whom: Of whom to tell, shape (n,).
        shaky: Standard error of the logarithm of what could be seen.
        level: Coverage of the interval, in (0, 1).
        pooled: Dispersion of everybody; a part of them is taken to be no more even than that.
    """
    kept = whom & np.isfinite(share)
    people, brought = int((kept & (share > 0)).sum()), int(found.brought[kept].sum())
    if int(whom.sum()) < LEAST_PEOPLE or people < LEAST_PEOPLE:
        return Unknown("too_few_people", METHOD, UNIT, people, LEAST_PEOPLE)
    if brought < LEAST_BROUGHT:
        return Unknown("too_few_brought", METHOD, UNIT, brought, LEAST_BROUGHT)
    likely = Likelihood.of(found.brought[kept], share[kept])
    most = math.inf if pooled is None else pooled
    mean = likely.mean_at(min(likely.peak()[1], most))
    low, high = likely.mean_range(mean, lambda at: min(likely.dispersion_at(at), most), level)
    z = float(ndtri(0.5 + level / 2)) * shaky
    below, over = math.log(mean / low), math.log(high / mean)
    return Estimate(
        mean,
        mean * math.exp(-math.hypot(below, z)),
        mean * math.exp(math.hypot(over, z)),
        level,
        UNIT,
        METHOD,
        people,
    )


def sizes(found: Forest) -> Sequence[int]:
    """Return how many people each generation has.

    Examples:
        >>> from longtake.domain.referral import Referral
        >>> from longtake.heat.referrals.tree import forest
        >>> sizes(forest([Referral("a", None, None, None, 1), Referral("b", None, "a", None, 2)]))
        [1, 1]
    """
    counts: list[int] = np.bincount(found.generation).tolist() if found.n else []
    return counts


def _dispersion(likely: Likelihood, n: int, level: float) -> Quantity:
    _, k = likely.peak()
    if k > EVEN / 10:
        return Unknown("all_alike_bringing", SPREAD, SPREAD_UNIT, n)
    low, high = likely.dispersion_range(k, level)
    return Estimate(k, min(low, k), max(high, k), level, SPREAD_UNIT, SPREAD, n)


def _at_least(share: Floats, brought: NDArray[np.int64], delays: int) -> Floats:
    """Return shares above zero for those who did bring somebody: clocks may put a child before its parent."""
    return np.where(brought > 0, np.maximum(share, 1 / (2 * delays)), share)


def _shaken(delays: Floats, windows: Floats, ages: Floats) -> float:
    """Return the standard error of the logarithm of the summed shares, by drawing delays again."""
    rng = np.random.default_rng(SEED)
    sums = []
    for _ in range(DRAWS):
        drawn = rng.integers(0, delays.size, delays.size)
        sums.append(float(seen_by(delays[drawn], windows[drawn], ages).sum()))
    return float(np.std(np.log(np.maximum(sums, 1e-9))))
