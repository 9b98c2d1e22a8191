import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.trial.frequentist.midway import midway
from longtake.trial.frequentist.power import Design, detectable, power, sample_size


def test_the_textbook_sample_sizes():
    # Cohen 1988, table 2.4.1 (two-sided .05, power .80): 393, 64 and 26 an arm with t; the normal
    # needs one fewer.
    plain = Design(1.0, 1.0)
    assert [sample_size(plain, effect=d) for d in (0.2, 0.5, 0.8)] == [393, 63, 25]


@given(
    st.floats(0.01, 0.3),
    st.floats(0.05, 0.5),
    st.floats(0.3, 3),
    st.sampled_from([1, 2]),
    st.floats(0.5, 0.95),
)
def test_size_power_and_smallest_effect_agree(share, lift, ratio, sides, wanted):
    design = Design.of_shares(share, share * (1 + lift), ratio=ratio, sides=sides)
    n = sample_size(design, effect=share * lift, wanted=wanted)
    assert power(design, effect=share * lift, control_n=n) >= wanted
    assert n == 2 or power(design, effect=share * lift, control_n=n - 1) < wanted
    least = detectable(design, control_n=n, wanted=wanted)
    assert power(design, effect=least, control_n=n) == pytest.approx(wanted, abs=1e-9)
    assert least <= share * lift * (1 + 1e-9)


def test_power_without_effect_is_alpha():
    assert power(Design(1.0, 2.0, alpha=0.03), effect=0.0, control_n=100) == pytest.approx(0.03)


@pytest.mark.parametrize("bad", [{"effect": 0.0}, {"effect": -1.0}, {"effect": 1.0, "wanted": 0.01}])
def test_impossible_plans_are_refused(bad):
    with pytest.raises(ValueError, match="effect"):
        sample_size(Design(1.0, 1.0, sides=1), **bad)


def test_chances_midway_are_those_of_walks_that_go_on():
    z, fraction, drift = 1.2, 0.4, 2.8
    rng = np.random.default_rng(7)
    so_far = z * math.sqrt(fraction)
    ahead = rng.normal(0, math.sqrt(1 - fraction), 400_000)
    guess = z / math.sqrt(fraction)
    each = rng.normal(guess, 1 / math.sqrt(fraction), 400_000)
    found = midway(z, fraction=fraction, planned_drift=drift)
    walks = [so_far + d * (1 - fraction) + ahead for d in (drift, guess, each)]
    assert (found.planned, found.seen, found.predictive) == pytest.approx(
        [float((walk > 1.96).mean()) for walk in walks], abs=0.004
    )
    assert found.units_more == pytest.approx((2.8016 / guess) ** 2, rel=1e-4)


def test_an_effect_that_points_the_other_way_needs_no_number():
    assert midway(-1.0, fraction=0.5, planned_drift=2.8).units_more == math.inf
    with pytest.raises(ValueError, match="fraction"):
        midway(1.0, fraction=1.0, planned_drift=2.8)
