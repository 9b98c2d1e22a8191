"""Three parts of resonance depth, reported apart: how far people go, how long, and for what."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.language.resonance.ladder import LADDER, posterior, prior

METHOD = "ladder of rates, beta-binomial shrinkage (Kleinman 1973), posterior simulation"
CORE = "beta-binomial shrinkage (Kleinman 1973)"
STAYED = "level around day 14 over the peak's, Gamma ratio"
DRAWS = 4_000
DAY = 14
AROUND = 1
FEWEST = 30


@dataclass(frozen=True, slots=True)
class Unit:
    """Another title or work: what was done there, by rung, among how many.

    Attributes:
        counts: Who did it, by rung; a rung that is unknown is left out.
        exposures: Who could have, above zero.
    """

    counts: Mapping[str, float]
    exposures: float


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the depth.

    Attributes:
        quantity: Its value with interval, or why there is none.
        left_out: Rungs nothing is known of.
        weights: Points of each rung that took part.
    """

    quantity: Quantity
    left_out: tuple[str, ...] = ()
    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Depth:
    """Resonance depth.

    Attributes:
        ratio: Points of the ladder for each exposure.
        persistence: Level two weeks on, over the peak's.
        core: Share of what was said that speaks of what the film wants to be remembered by.
        composite: Their geometric mean by `shares`; Unknown unless all three are known.
        shares: What each part counts in the composite.
    """

    ratio: Part
    persistence: Part
    core: Part
    composite: Quantity
    shares: Mapping[str, float]


SHARES: Mapping[str, float] = {"ratio": 1.0, "persistence": 1.0, "core": 1.0}


def ratio(
    counts: Mapping[str, float | None],
    exposures: float | None,
    *,
    units: Sequence[Unit] = (),
    ladder: Mapping[str, float] = LADDER,
    level: float = 0.9,
) -> Part:
    """Return the points of the ladder that one exposure brings.

    Each rung's rate is shrunk to the rates of other units; a rung that is unknown is left out and named,
    never taken as zero. Counts should have copies counted once (`Floods.weight`): then no number of bots
    lifts a rate.

    Args:
        counts: Who did it, by rung; None where unknown.
        exposures: Who could have; None where unknown.
        units: Other works or titles the prior is learned from, three or more; otherwise the prior is worth
            one exposure.
        ladder: Points of each rung.
        level: Coverage of the interval, in (0, 1).

    Returns:
        The ratio in points per exposure; Unknown without exposures, without a known rung, or where a count
        exceeds the exposures.

    Raises:
        ValueError: A count is negative, a rung is not on the ladder, or the level is not in (0, 1).

    Examples:
        Of 1,000 viewers 100 like (1 point), 10 share (4): with the weak prior (100.5 + 4 * 10.5) / 1001.

        >>> found = ratio({"like": 100, "share": 10, "comment": None}, 1000)
        >>> round(found.quantity.value, 6) == round((100.5 + 4 * 10.5) / 1001, 6), found.left_out
        (True, ('comment', 'long', 'recreation', 'ticket'))

    References:
        Kleinman, 1973, Proportions with extraneous variance, doi:10.1080/01621459.1973.10481333.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not in (0, 1)")
    for rung, count in counts.items():
        if rung not in ladder or (count is not None and not count >= 0):
            raise ValueError(f"rung {rung!r} with count {count}; known: {', '.join(ladder)}")
    known = {rung: float(count) for rung in ladder if (count := counts.get(rung)) is not None}
    left_out = tuple(rung for rung in ladder if rung not in known)
    weights = {rung: ladder[rung] for rung in known}
    if exposures is None or exposures <= 0 or not known:
        return Part(Unknown("no_exposures", METHOD, "points", 0), left_out, weights)
    if max(known.values()) > exposures:
        return Part(Unknown("more_than_seen", METHOD, "points", math.floor(exposures)), left_out, weights)
    value, drawn = 0.0, np.zeros(DRAWS)
    for rung, count in known.items():
        told = [unit for unit in units if rung in unit.counts]
        beta = prior([unit.counts[rung] for unit in told], [unit.exposures for unit in told])
        value += ladder[rung] * (beta[0] + count) / (beta[0] + beta[1] + exposures)
        drawn += ladder[rung] * posterior(count, exposures, beta, DRAWS)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]).tolist()
    n = math.floor(exposures)
    return Part(
        Estimate(value, min(low, value), max(high, value), level, "points", METHOD, n), left_out, weights
    )


def core(said: float, whole: float, *, units: Sequence[tuple[float, float]] = (), level: float = 0.9) -> Part:
    """Return the share of comments that speak of the core proposition.

    Args:
        said: Comments that do, copies counted once.
        whole: All comments, copies counted once.
        units: The same of other titles, for the prior.
        level: Coverage of the interval, in (0, 1).

    Raises:
        ValueError: ``said`` is not within 0 and ``whole``.

    Examples:
        >>> found = core(20, 100).quantity
        >>> round(found.value, 6) == round(20.5 / 101, 6), found.low < 0.2 < found.high
        (True, True)
    """
    if not 0 <= said <= whole:
        raise ValueError(f"{said} of {whole}")
    if whole < FEWEST:
        return Part(Unknown("too_few_rows", CORE, "share", math.floor(whole), FEWEST))
    beta = prior([unit[0] for unit in units], [unit[1] for unit in units])
    value = (beta[0] + said) / (beta[0] + beta[1] + whole)
    drawn = posterior(said, whole, beta, DRAWS)
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Part(Estimate(value, min(low, value), max(high, value), level, "share", CORE, math.floor(whole)))


def persistence(days: Sequence[float], *, level: float = 0.9) -> Part:
    """Return the level two weeks after the peak over the level around the peak.

    Args:
        days: Comments a day, copies counted once, oldest first; NaN where the day is not known.
        level: Coverage of the interval, in (0, 1).

    Returns:
        The ratio of mean levels, each over the day and its two neighbours (around the peak: the peak day and
        the next); Unknown when day 14 after the peak is not there yet.

    Raises:
        ValueError: A count is negative.

    Examples:
        >>> days = [100.0, 100.0] + [50.0] * 11 + [20.0, 20.0, 20.0]
        >>> round(persistence(days).quantity.value, 6)
        0.2
        >>> persistence([5.0, 4.0, 3.0]).quantity.reason
        'not_yet'

    References:
        The interval takes both totals as Poisson with Gamma posteriors (Jeffreys), widened by nothing else.
    """
    counts = np.asarray(days, dtype=np.float64)
    if np.any(counts < 0):
        raise ValueError("a day's count is negative")
    n = int(np.nansum(counts))
    if not np.any(np.isfinite(counts)):
        return Part(Unknown("no_rows", STAYED, "share", 0))
    peak = int(np.nanargmax(counts))
    top = counts[peak : peak + 2]
    late = counts[peak + DAY - AROUND : peak + DAY + AROUND + 1]
    if late.size < 2 * AROUND + 1 or not np.all(np.isfinite(late)) or not np.all(np.isfinite(top)):
        return Part(Unknown("not_yet", STAYED, "share", n))
    if top.sum() < FEWEST:
        return Part(Unknown("too_few_rows", STAYED, "share", n, FEWEST))
    value = float(late.mean() / top.mean())
    random = np.random.default_rng([int(top.sum()), int(late.sum())])
    drawn = random.gamma(late.sum() + 0.5, 1.0, DRAWS) / late.size
    drawn /= random.gamma(top.sum() + 0.5, 1.0, DRAWS) / top.size
    low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2]).tolist()
    return Part(Estimate(value, min(low, value), max(high, value), level, "share", STAYED, n))


def depth(gone: Part, stayed: Part, meant: Part, *, shares: Mapping[str, float] = SHARES) -> Depth:
    """Return the three parts with their geometric mean.

    Args:
        gone: `ratio`.
        stayed: `persistence`.
        meant: `core`.
        shares: What each part counts, above zero.

    Examples:
        >>> def known(x):
        ...     return Part(Estimate(x, x / 2, x * 2, 0.9, "share", "m", 9))
        >>> round(depth(known(0.5), known(0.25), known(1.0)).composite.value, 6)
        0.5
        >>> depth(known(0.5), Part(Unknown("not_yet", "m", "share", 3)), known(1.0)).composite.reason
        'part_unknown'
    """
    parts = {"ratio": gone, "persistence": stayed, "core": meant}
    held = {name: part.quantity for name, part in parts.items()}
    total = sum(shares.values())
    composite: Quantity = Unknown("part_unknown", "geometric mean", "index", 0)
    known = {name: one for name, one in held.items() if isinstance(one, Estimate) and one.value > 0}
    if len(known) == len(parts):
        ends = [
            math.exp(
                sum(shares[name] * math.log(max(getattr(one, end), 1e-12)) for name, one in known.items())
                / total
            )
            for end in ("low", "value", "high")
        ]
        n = min(one.n for one in known.values())
        level = min(one.level for one in known.values())
        composite = Estimate(ends[1], ends[0], ends[2], level, "index", "geometric mean", n)
    return Depth(gone, stayed, meant, composite, dict(shares))
