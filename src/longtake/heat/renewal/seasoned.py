"""Fit a series together with its own daily or weekly cycle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from longtake.heat.renewal.cycle import cycle_length
from longtake.heat.renewal.design import Design
from longtake.heat.renewal.fades import fit_design
from longtake.heat.renewal.fit import Fit, Setting
from longtake.heat.renewal.kernel import forgetting, memory
from longtake.heat.renewal.solve import inverse

Floats = NDArray[np.float64]

STEPS = 3
HARMONICS = 5


def columns(found: Fit, given: Setting) -> Floats:
    """Return the derivative of the mean by (b, beta, alpha, before), shape (p, t)."""
    outside = np.concatenate([np.ones((1, given.season.size)), given.pushes]) * given.season
    past = memory(found.counts[0], given.keep)
    inside = np.concatenate([past, forgetting(given.keep, given.season.size)]) * given.breeding
    return np.concatenate([outside, inside])


def fit_seasoned(given: Design, *, drift: Floats | None = None) -> tuple[Design, Fit, Setting, float, Floats]:
    """Return the fit of a design whose cycle, if it has one, is not known from elsewhere.

    A cycle told from the counts alone takes part of every event for its own; three Gauss-Newton steps on
    cycle and coefficients together give most of it back.

    Args:
        given: Series and events.
        drift: How R moves around its mean, shape (t,); None where it stays.

    Returns:
        The design with its cycle; fit, setting and fade; what the unsure cycle adds to the covariance of
        the coefficients, shape (p, p).

    References:
        Golub and Pereyra, 1973, The differentiation of pseudo-inverses and nonlinear least squares problems
        whose variables separate, doi:10.1137/0710036.
    """
    found, setup, fade = fit_design(given, drift=drift)
    p = found.precision.shape[-1]
    length = cycle_length(given.step_hours)
    if given.known_season or length is None or np.ptp(given.season) == 0:
        return given, found, setup, fade, np.zeros((p, p))
    waves = min(HARMONICS, (length - 1) // 2)
    angle = 2 * np.pi * np.arange(given.season.size) / length
    parts = [part(k * angle) for k in range(1, waves + 1) for part in (np.sin, np.cos)]
    harmonics = np.stack(parts)
    for _ in range(STEPS):
        step, _ = _joint(found, setup, given, harmonics)
        season = given.season * np.exp(np.clip(step @ harmonics, -1.0, 1.0))
        given = replace(given, season=season / season[:length].mean())
        found, setup, fade = fit_design(given, drift=drift)
    return given, found, setup, fade, _joint(found, setup, given, harmonics)[1]


def _joint(found: Fit, setup: Setting, given: Design, harmonics: Floats) -> tuple[Floats, Floats]:
    """Return the Gauss-Newton step of the harmonics, and their share in the coefficients' covariance."""
    mean = found.mean[0]
    active = found.coefficients[0] > 0
    base = columns(found, setup)[active]
    tall = np.concatenate([base, mean * harmonics])
    weight = given.seen / (mean + found.scatter[0] * mean**2)
    gram = (tall * weight) @ tall.T
    n = base.shape[0]
    inner = found.precision[0][np.ix_(active, active)]
    pull = inner - gram[:n, :n]
    gram[:n, :n] = inner
    right = tall @ (weight * (found.counts[0] - mean))
    right[:n] -= pull @ found.coefficients[0][active]
    whole = inverse(gram)
    step = (whole @ right)[n:]
    more = np.zeros_like(found.precision[0])
    more[np.ix_(active, active)] = whole[:n, :n] - inverse(inner)
    return step, more
