"""Counts of the renewal model with every part known: what estimators of heat are measured on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from longtake.simulate.cascade import DAY_HOURS

Floats = NDArray[np.float64]

BURN_HOURS = 400
UNSEEN_PULSES = 5


@dataclass(frozen=True, slots=True, eq=False)
class RenewalWorld:
    """A world of :func:`renewal_world`; arrays have shape (t,) unless said otherwise.

    Attributes:
        counts: What happened.
        season: Daily cycle, mean 1.
        events: Intensity by name.
        masses: Counts each event brings directly per unit of intensity.
        background: Counts an hour that come whatever is done, before the cycle.
        reproduction: R.
        expected: Mean of each count given those before it.
        exogenous_share: Direct share of background and events, hidden ones too, in all expected counts.
        kernel: Pairs of time constant in hours and weight.
        fade_hours: Time constant of the events' fading.
    """

    counts: Floats
    season: Floats
    events: dict[str, Floats]
    masses: dict[str, float]
    background: float
    reproduction: Floats
    expected: Floats
    exogenous_share: float
    kernel: tuple[tuple[float, float], ...]
    fade_hours: float


def renewal_world(
    rng: np.random.Generator,
    *,
    hours: int,
    rate: float,
    reproduction: ArrayLike,
    pulses: int = 8,
    pulse_hours: float = 60.0,
    hidden: int = 0,
    steady: bool = True,
    campaign: tuple[int, int, float] | None = None,
    kernel: tuple[tuple[float, float], ...] = ((2.0, 0.5), (10.0, 0.3), (40.0, 0.2)),
    fade_hours: float = 4.0,
    scatter: float = 0.03,
    cycle: Floats = DAY_HOURS,
    supply: ArrayLike | None = None,
) -> RenewalWorld:
    """Return counts of ``s_t (b + sum_j beta_j z_jt + R_t sum_k w_k e_kt)``, e averages of the counts.

    Args:
        rng: Source of chance.
        hours: Length t.
        rate: Mean counts an hour that the background is chosen for, at the first R, above 0.
        reproduction: R, one number or shape (t,), at least 0; below 1 at first.
        pulses: Named pulses of one hour each.
        pulse_hours: Mean mass of a pulse, in hours of background; masses are log-normal, sigma .5.
        hidden: Pulses of that mass that nobody named.
        steady: Start from a past of 400 hours with unseen pulses of its own; False to start from silence.
        campaign: A named stretch of promotion: first hour, hour after the last, mass of each hour in hours
            of background.
        kernel: Pairs of time constant in hours and weight; weights add up to 1.
        fade_hours: Time constant of the fading of every pulse.
        scatter: phi of the variance ``mean + phi mean^2``, above 0.
        cycle: Daily cycle, shape (24,), mean 1.
        supply: A factor on everything, shape (t,); None for one.

    Raises:
        ValueError: Kernel weights do not add up to 1, or R starts at one or above.

    Examples:
        >>> made = renewal_world(np.random.default_rng(1), hours=240, rate=20.0, reproduction=0.5)
        >>> made.counts.shape, len(made.events), float(made.reproduction[0])
        ((240,), 8, 0.5)

    References:
        Hawkes, 1971, Spectra of some self-exciting and mutually exciting point processes,
        doi:10.1093/biomet/58.1.83.
    """
    r = np.broadcast_to(np.asarray(reproduction, dtype=np.float64), (hours,)).copy()
    share = np.array([weight for _, weight in kernel])
    if abs(share.sum() - 1) > 1e-9 or r[0] >= 1:
        raise ValueError(f"kernel weights {share.tolist()}, first R {r[0]}")
    keep = np.exp(-1.0 / np.array([tau for tau, _ in kernel]))
    burn = BURN_HOURS if steady else 0
    background = rate * (1 - float(r[0])) / (1 + pulses * pulse_hours / hours)
    place = np.sort(rng.choice(np.arange(6, hours - 12), pulses, replace=False))
    masses = pulse_hours * background * np.exp(0.5 * rng.standard_normal(pulses) - 0.125)
    events = {f"pulse {i + 1:02d}": (np.arange(hours) == hour) * 1.0 for i, hour in enumerate(place.tolist())}
    brought = dict(zip(events, masses.tolist(), strict=True))
    pushed = np.zeros(burn + hours)
    pushed[burn + place] = masses
    if campaign is not None:
        first, stop, mass = campaign
        events["campaign"] = ((np.arange(hours) >= first) & (np.arange(hours) < stop)) * 1.0
        brought["campaign"] = mass * background
        pushed[burn:] += brought["campaign"] * events["campaign"]
    if steady:
        size = pulse_hours * background * np.exp(0.5 * rng.standard_normal(UNSEEN_PULSES) - 0.125)
        pushed[rng.choice(burn, UNSEEN_PULSES, replace=False)] += size
    if hidden:
        pushed[burn + rng.choice(np.arange(6, hours - 12), hidden, replace=False)] += pulse_hours * background
    kept = float(np.exp(-1.0 / fade_hours)) if fade_hours > 0 else 0.0
    season = np.resize(cycle, burn + hours)
    season = np.concatenate([season[:burn], season[burn:] * _factor(supply, hours)])
    breeds = np.concatenate([np.full(burn, r[0]), r])
    luck = rng.gamma(1 / scatter, scatter, burn + hours)
    counts, expected, outside = (np.zeros(burn + hours) for _ in range(3))
    level = np.full(keep.size, background / (1 - float(r[0])) if steady else 0.0)
    fading = 0.0
    for t in range(burn + hours):
        fading = kept * fading + (1 - kept) * pushed[t]
        outside[t] = season[t] * (background + fading)
        expected[t] = outside[t] + season[t] * breeds[t] * float(share @ level)
        counts[t] = rng.poisson(min(expected[t] * luck[t], 1e9))
        level = keep * level + (1 - keep) * counts[t]
    seen = slice(burn, None)
    return RenewalWorld(
        counts=counts[seen],
        season=season[seen],
        events=events,
        masses=brought,
        background=background,
        reproduction=r,
        expected=expected[seen],
        exogenous_share=float(outside[seen].sum() / expected[seen].sum()),
        kernel=kernel,
        fade_hours=fade_hours,
    )


def _factor(supply: ArrayLike | None, hours: int) -> Floats:
    return np.ones(hours) if supply is None else np.asarray(supply, dtype=np.float64)
