"""How long acts of promotion work on: chosen by likelihood from a few time constants."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.design import Design
from longtake.heat.renewal.fit import Fit, Setting, fit, log_likelihood, prepare, setting
from longtake.heat.renewal.kernel import fade, keeps, time_constants

Floats = NDArray[np.float64]

FADES_HOURS = (0.0, 1.5, 4.0, 10.0)
FADES_DAYS = (0.0, 0.5, 2.0, 5.0)
MIDDLE = 2
TEMPER = 0.3
ROUGH, FINE = 2, 3


def fit_design(
    given: Design, *, taus: Floats | None = None, drift: Floats | None = None
) -> tuple[Fit, Setting, float]:
    """Return the fit with the likeliest fade, the setting it was made with, and that fade in steps.

    All events share one time constant; with none of them there is nothing to choose.

    Args:
        given: Series and events.
        taus: Time constants of the kernel in steps; the usual grid when None.
        drift: How R moves around its mean, shape (t,); None where it stays.
    """
    keep = keeps(time_constants(given.step_hours) if taus is None else taus)
    counts = given.counts[None, :]
    plain = replace(setting(given.season, given.events, keep, given.seen), drift=drift)
    if not given.names:
        return fit(counts, plain), plain, 0.0
    ready = prepare(counts, plain)
    first: Fit | None = None
    best: tuple[float, float, Fit, Setting] | None = None
    for tau in sorted(fades(given.step_hours), key=lambda tau: abs(tau - fades(given.step_hours)[MIDDLE])):
        tried = replace(plain, pushes=fade(given.events, tau))
        rough = fit(counts, tried, rounds=ROUGH if first is None else 1, start=first, ready=ready)
        likely = float(log_likelihood(rough.counts, rough.mean, rough.scatter, given.seen)[0])
        if best is None or likely > best[0]:
            best = (likely, tau, rough, tried)
        first = first or rough
    assert best is not None
    _, tau, rough, tried = best
    whole = ready if given.seen.all() else None
    return fit(rough.counts, tried, rounds=FINE, start=rough, ready=whole), tried, tau


def fading_doubt(given: Design, found: Fit, setup: Setting) -> tuple[float, float]:
    """Return how far R moves, and its variance, when every fading tried counts by its likelihood.

    A long campaign that fades slowly looks like breeding; and so does one whose audience keeps by the clock,
    where the night's silence breeds nothing or is only put off. The likelihood is raised to the power .3,
    as for kernels: none of these is the true one.

    Args:
        given: Series and events, surges with pushes of their own included.
        found: The fit with the likeliest fading.
        setup: Its setting.
    """
    if not given.names:
        return 0.0, 0.0
    likely, told = [], []
    for paced, tau in product((False, True), fades(given.step_hours)):
        tried = replace(setup, pushes=fade(given.events, tau), paced=paced)
        one = fit(found.counts, tried, rounds=2, start=found)
        likely.append(float(log_likelihood(one.counts, one.mean, one.scatter, given.seen)[0]))
        told.append(float(one.reproduction[0]))
    share = np.exp(TEMPER * (np.array(likely) - max(likely)))
    share /= share.sum()
    values = np.array(told)
    middle = float(share @ values)
    return middle - float(found.reproduction[0]), float(share @ (values - middle) ** 2)


def fades(step_hours: float) -> tuple[float, ...]:
    """Return the time constants tried, in steps.

    Examples:
        >>> fades(1.0), fades(24.0)
        ((0.0, 1.5, 4.0, 10.0), (0.0, 0.5, 2.0, 5.0))
    """
    if step_hours <= 6:
        return tuple(hours / step_hours for hours in FADES_HOURS)
    return tuple(days * 24.0 / step_hours for days in FADES_DAYS)
