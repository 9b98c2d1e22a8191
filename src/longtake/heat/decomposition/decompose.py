"""Separate what promotion brings from what earlier counts breed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.domain.estimate import Estimate, Quantity, Unknown
from longtake.heat.decomposition.doubts import WIDEST, alike, pulses
from longtake.heat.decomposition.meanfield import response_fit
from longtake.heat.decomposition.plausible import Plausible, plausible
from longtake.heat.decomposition.reproduction import moves
from longtake.heat.decomposition.response import excess, half_lives
from longtake.heat.decomposition.scenario import courses, totals
from longtake.heat.decomposition.surges import name_surges, with_surges
from longtake.heat.renewal.design import Design, design, intensity
from longtake.heat.renewal.fades import fading_doubt
from longtake.heat.renewal.fit import Fit, Setting
from longtake.heat.renewal.normal import between, bounds, quantile
from longtake.heat.renewal.seasoned import columns, fit_seasoned

Floats = NDArray[np.float64]

METHOD = "renewal model, negative binomial, identity link"


@dataclass(frozen=True, slots=True, eq=False)
class Decomposition:
    """Counts split by where they come from; arrays have shape (t,).

    Attributes:
        reproduction_number: R, further counts one count breeds in all the time it works.
        exogenous_share: Direct share of background, events and unnamed surges in all expected counts.
        promotion_share: Direct share of named events alone.
        promotion_total: Share that would not be there without the named events: theirs and their offspring.
        unnamed_share: Direct share of surges that nothing named explains; part of ``exogenous_share``.
        background_rate: Counts a step that come whatever is done.
        half_life_hours: Hours after the last dominant push until half of the excess over the background is
            left; Unknown("no_pulse") without one.
        event_effects: Counts each event brings directly per unit of intensity, its fading summed;
            Unknown("never_seen") for one without intensity in any seen step.
        event_totals: Share that would not be there without that event, offspring included.
        fitted: Expected counts, each step given what came before it.
        exogenous: The part of ``fitted`` from background and events.
        endogenous: The part bred by earlier counts; with ``exogenous`` it adds up to ``fitted``.
        endogenous_low: Lower end of ``endogenous``, step by step.
        endogenous_high: Upper end of it.
        without_promotion: Expected counts had nothing named been done.
        event_paths: Expected counts of each event, offspring included; with ``without_promotion`` they add up
            to what is expected of all.
        response_number: R told from the response to named pushes alone; Unknown without two of them.
        memory_hours: Mean time between a count and those it breeds.
        lasting_share: Share of R that works with a time constant of a week or more.
        doubts: What cannot be told: few_pulses, wide, alike, moving (R does, so that shares of promotion are
            too low), hidden_promotion, unnamed_surges.
        alike: Pairs of events of which only the sum can be told.
        surges: Steps at which something unnamed began to push.
        pulses: Separate beginnings of promotion seen.
        fade_hours: Time constant with which promotion works on.
        scatter: phi of the variance ``mean + phi mean^2``.
    """

    reproduction_number: Estimate
    exogenous_share: Estimate
    promotion_share: Estimate
    promotion_total: Estimate
    unnamed_share: Estimate
    background_rate: Estimate
    half_life_hours: Quantity
    event_effects: dict[str, Quantity]
    event_totals: dict[str, Quantity]
    fitted: Floats
    exogenous: Floats
    endogenous: Floats
    endogenous_low: Floats
    endogenous_high: Floats
    without_promotion: Floats
    event_paths: dict[str, Floats]
    response_number: Quantity
    memory_hours: float
    lasting_share: float
    doubts: tuple[str, ...]
    alike: tuple[tuple[str, str], ...]
    surges: NDArray[np.int64]
    pulses: int
    fade_hours: float
    scatter: float

    @property
    def identified(self) -> bool:
        """Whether R may be stated at all: two separate pushes or more, and an interval of some use."""
        return not {"few_pulses", "wide"} & set(self.doubts)


def decompose(
    counts: ArrayLike,
    *,
    step_hours: float,
    events: Mapping[str, ArrayLike] | None = None,
    seasonality: ArrayLike | None = None,
    level: float = 0.9,
    drift: ArrayLike | None = None,
) -> Decomposition:
    """Return how much of a series was brought by promotion and how much it bred itself.

    ``lambda_t = s_t (b + sum_j beta_j z_jt + R sum_k w_k e_kt)``: a background, events that fade, and
    exponential averages of earlier counts. Estimand: R on this platform's counts. It describes; it is no
    causal effect of word of mouth, and what nobody named counts as breeding wherever it lasts.

    Do not use it on scores or ranks (a hot-search score is no count), on bins that were deleted or cut at a
    list's lowest place, or on one push alone: then ``identified`` is False and only the decay may be shown.

    Args:
        counts: New counts a step, shape (t,), at least 0; NaN is missing.
        step_hours: Length of a step in hours.
        events: Intensity by name, each shape (t,), at least 0.
        seasonality: Cycle of mean 1, shape (t,), told from other titles; None to look for one in the counts.
        level: Coverage of the intervals, in (0, 1).
        drift: How R moves around its mean, shape (t,), at least 0, where a slump or R over time says that
            it does: a constant R fitted to a falling one takes promotion for breeding. None for a constant R.

    Raises:
        NotEnoughDataError: Fewer than 14 seen steps or 20 counts.
        ValueError: A shape or a sign is wrong.

    Examples:
        Ten counts a day whatever is done, and a push on two days that brings 100 each and breeds nothing:

        >>> push = np.zeros(60)
        >>> push[[10, 35]] = 1.0
        >>> told = decompose(10 + 100 * push, step_hours=24.0, events={"ad": push})
        >>> round(told.event_effects["ad"].value), round(told.promotion_share.value, 2)
        (100, 0.25)

    References:
        Hawkes, 1971, Spectra of some self-exciting and mutually exciting point processes,
        doi:10.1093/biomet/58.1.83.
        Kirchner, 2016, Hawkes and INAR(infinity) processes, doi:10.1016/j.spa.2016.02.008.
        Rizoiu et al., 2017, Expecting to be HIP, doi:10.1145/3038912.3052650.
    """
    if not 0 < level < 1:
        raise ValueError(f"level {level} is not between 0 and 1")
    given = design(counts, step_hours=step_hours, events=events, seasonality=seasonality, method="decompose")
    path = None if drift is None else intensity(drift, given.counts.size, "drift")
    given, found, setup, fade_steps, unsure = fit_seasoned(given, drift=path)
    found, setup, unnamed = name_surges(found, setup, given, fade_steps)
    if unnamed.size:
        unsure = _beside(unsure, len(given.names), unnamed.size)
    told = pulses(given)
    response = response_fit(found, setup) if told >= 2 else None
    near = plausible(
        found,
        setup,
        unsure=unsure,
        response=response[0] if response else None,
        fading=fading_doubt(with_surges(given, unnamed), found, setup),
    )
    return _told(
        given=given,
        found=found,
        setup=setup,
        fade_steps=fade_steps,
        unnamed=unnamed,
        near=near,
        responded=response,
        level=level,
    )


def _told(
    *,
    given: Design,
    found: Fit,
    setup: Setting,
    fade_steps: float,
    unnamed: NDArray[np.int64],
    near: Plausible,
    responded: tuple[float, float] | None,
    level: float,
) -> Decomposition:
    n = int(given.seen.sum())

    def estimate(draws: Floats, unit: str) -> Estimate:
        value = float(draws[0])
        low, high = between(draws, value, level)
        return Estimate(value, low, high, level, unit, METHOD, n)

    base = columns(found, setup)
    named, j, k = len(given.names), setup.pushes.shape[0], setup.keep.size
    outside = near.effects[:, :named] @ base[1 : 1 + named]
    nameless = near.effects[:, named:] @ base[1 + named : 1 + j]
    background = near.background[:, None] * base[0]
    bred = near.weights @ base[1 + j : 1 + j + k] + near.before @ base[1 + j + k :]
    seen = given.seen.astype(np.float64)
    push, hidden, rest, own = outside @ seen, nameless @ seen, background @ seen, bred @ seen
    whole = push + hidden + rest + own
    grown = totals(near, setup, seen)
    tail = (1 - level) / 2
    low_end, high_end = np.quantile(bred, [tail, 1 - tail], axis=0)
    without, paths = courses(near, setup, named)
    quiet = [name for row, name in enumerate(given.names) if not (given.events[row] * seen).any()]
    told = pulses(given)
    doubts, pairs = [], alike(given, setup)
    low, high = bounds(near.reproduction, near.spread, level)
    if told < 2:
        doubts.append("few_pulses")
    if unnamed.size:
        doubts.append("unnamed_surges")
    response: Quantity = Unknown("one_push", "response to named pushes", "per count", n)
    if responded is not None:
        value, spread = responded
        # It sees less than the one-step fit and cannot be the surer of the two.
        spread = max(spread, near.spread)
        response = Estimate(value, *bounds(value, spread, level), level, "per count", "output-error fit", n)
        reach = quantile(level) * float(np.hypot(spread, near.spread))
        if near.reproduction - value > reach:
            doubts.append("hidden_promotion")
    if setup.drift is None and moves(found, setup, step_hours=given.step_hours):
        doubts.append("moving")
    if pairs:
        doubts.append("alike")
    if high - low > WIDEST:
        doubts.append("wide")
    hours = half_lives(excess(near, setup, after=given.seen.size)) * given.step_hours
    taus = -given.step_hours / np.log(setup.keep)
    mass = np.maximum(near.weights[0], 0.0)
    share = mass / mass.sum() if mass.sum() > 0 else np.asarray(setup.usual)
    return Decomposition(
        reproduction_number=Estimate(near.reproduction, low, high, level, "per count", METHOD, n),
        exogenous_share=estimate((push + hidden + rest) / whole, "share"),
        promotion_share=estimate(push / whole, "share"),
        promotion_total=estimate(grown.events[:, :named].sum(axis=1) / grown.all, "share"),
        unnamed_share=estimate(hidden / whole, "share"),
        background_rate=estimate(near.background, "counts a step"),
        half_life_hours=_half_life(hours, level, n, pushed=told > 0),
        event_effects={
            name: Unknown("never_seen", METHOD, "counts per unit", n)
            if name in quiet
            else estimate(near.effects[:, row], "counts per unit")
            for row, name in enumerate(given.names)
        },
        event_totals={
            name: Unknown("never_seen", METHOD, "share", n)
            if name in quiet
            else estimate(grown.events[:, row] / grown.all, "share")
            for row, name in enumerate(given.names)
        },
        fitted=outside[0] + nameless[0] + background[0] + bred[0],
        exogenous=outside[0] + nameless[0] + background[0],
        endogenous=bred[0],
        endogenous_low=np.minimum(low_end, bred[0]),
        endogenous_high=np.maximum(high_end, bred[0]),
        without_promotion=without,
        event_paths=dict(zip(given.names, paths, strict=True)),
        response_number=response,
        memory_hours=float(share @ (taus + given.step_hours / 2)),
        lasting_share=float(share[taus >= 168.0].sum()),
        doubts=tuple(doubts),
        alike=pairs,
        surges=unnamed,
        pulses=told,
        fade_hours=fade_steps * given.step_hours,
        scatter=float(found.scatter[0]),
    )


def _beside(unsure: Floats, named: int, more: int) -> Floats:
    """Return the covariance with rows of zeros for ``more`` events after the named ones."""
    p = unsure.shape[0]
    place = np.concatenate([np.arange(1 + named), np.arange(1 + named + more, p + more)])
    wider = np.zeros((p + more, p + more))
    wider[np.ix_(place, place)] = unsure
    return wider


def _half_life(hours: Floats, level: float, n: int, *, pushed: bool) -> Quantity:
    """Return the half-life of the draws; a draw that never halves counts as endless."""
    if not pushed or not np.isfinite(hours[0]):
        return Unknown("no_pulse" if not pushed else "not_falling", METHOD, "hours", n)
    endless = np.where(np.isfinite(hours), hours, np.inf)
    tail = (1 - level) / 2
    low, high = np.quantile(endless, [tail, 1 - tail], method="inverted_cdf").tolist()
    value = float(hours[0])
    return Estimate(value, min(low, value), max(high, value), level, "hours", METHOD, n)
