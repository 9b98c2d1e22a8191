"""No series, however strange, ends the estimators but by a refusal in words."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat import decompose, detect_slump, forecast, reproduction_number

SHAPES = {
    "few": lambda rng, t: rng.poisson(rng.uniform(0, 5), t),
    "many": lambda rng, t: rng.poisson(10 ** rng.uniform(0, 8), t),
    "none": lambda rng, t: np.zeros(t),
    "constant": lambda rng, t: np.full(t, rng.uniform(0, 1e6)),
    "spikes": lambda rng, t: (rng.random(t) < 0.05) * 10 ** rng.uniform(0, 7),
    "exponential": lambda rng, t: np.exp(np.linspace(0, rng.uniform(-20, 20), t)),
    "growing": lambda rng, t: np.cumsum(rng.poisson(3, t)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("seed", range(6))
def test_a_strange_series_is_measured_or_refused(shape, seed):
    rng = np.random.default_rng([seed, len(shape)])
    t = int(rng.integers(1, 120))
    counts = SHAPES[shape](rng, t).astype(float)
    if seed % 2:
        counts[rng.random(t) < 0.3] = np.nan
    events = {f"act {i}": (rng.random(t) < 0.2) * rng.uniform(0, 1e4) for i in range(seed % 4)}
    if events:
        events["echo"] = 2 * events["act 0"]
    step = float(rng.choice([0.5, 1.0, 6.0, 24.0, 168.0]))
    asked = [
        (decompose, {"events": events}),
        (reproduction_number, {"events": events}),
        (detect_slump, {"events": events, "supply": rng.uniform(1, 9, t)}),
        (forecast, {"events": events or None, "horizon": 5}),
    ]
    answered = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for ask, given in asked:
            try:
                told = ask(counts, step_hours=step, **given)
            except NotEnoughDataError:
                continue
            answered += 1
            if ask is decompose:
                assert np.isfinite(told.fitted).all()
                assert 0 <= told.exogenous_share.low <= told.exogenous_share.high <= 1 + 1e-9
    assert answered or np.isnan(counts).sum() + (np.nan_to_num(counts) == 0).sum() > 0 or t < 20
