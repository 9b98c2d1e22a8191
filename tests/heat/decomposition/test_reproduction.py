from __future__ import annotations

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat import reproduction_number
from longtake.simulate.renewal import renewal_world


@pytest.mark.parametrize("steady", [True, False])
def test_a_fall_of_r_is_followed(steady):
    errors, held = [], []
    r = np.where(np.arange(720) < 360, 0.8, 0.4)
    for seed in range(5):
        world = renewal_world(
            np.random.default_rng([seed, 12]), hours=720, rate=50.0, reproduction=r, steady=steady
        )
        told = reproduction_number(
            world.counts, step_hours=1.0, events=world.events, seasonality=world.season
        )
        errors.append((told.value - r)[96:])
        held.append(((told.low <= r) & (r <= told.high))[96:])
    assert np.sqrt(np.mean(np.square(errors))) < 0.1
    assert np.mean(held) > 0.8


def test_low_value_and_high_are_in_order_and_as_long_as_the_counts():
    world = renewal_world(np.random.default_rng(3), hours=240, rate=20.0, reproduction=0.5)
    told = reproduction_number(world.counts, step_hours=1.0, events=world.events)
    assert told.value.shape == told.low.shape == told.high.shape == (240,)
    assert (told.low >= 0).all()
    assert (told.low <= told.value).all()
    assert (told.value <= told.high).all()


def test_missing_hours_widen_the_interval_where_they_are():
    world = renewal_world(np.random.default_rng(4), hours=480, rate=50.0, reproduction=0.6)
    gaps = world.counts.copy()
    gaps[200:260] = np.nan
    given = {"step_hours": 1.0, "events": world.events, "seasonality": world.season}
    whole, holed = reproduction_number(world.counts, **given), reproduction_number(gaps, **given)
    at = slice(215, 245)
    assert (holed.high - holed.low)[at].mean() > (whole.high - whole.low)[at].mean()


def test_too_little_is_refused():
    with pytest.raises(NotEnoughDataError, match="reproduction_number needs"):
        reproduction_number([3.0] * 10, step_hours=24.0)
    with pytest.raises(ValueError, match="level"):
        reproduction_number([3.0] * 40, step_hours=24.0, level=1.0)
