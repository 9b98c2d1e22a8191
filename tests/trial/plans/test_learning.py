"""What is expected of a repair: the update by hand, laws, refusals."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.plans.learning import Expected, assurance, learned, sceptical

NUMBERS = st.floats(-3, 3)
WIDTHS = st.floats(0.05, 3)


def told(value, half, level=0.9):
    return Estimate(value, value - half, value + half, level, "leasts", "by hand", 14)


@given(NUMBERS, WIDTHS, NUMBERS, WIDTHS)
def test_the_update_is_that_of_two_normals(mean, deviation, value, half):
    error = half / 1.6448536269514722
    after = learned(Expected(mean, deviation), told(value, half))
    weights = np.array([deviation**-2, error**-2])
    assert after.mean == pytest.approx(float(np.average([mean, value], weights=weights)), abs=1e-9)
    assert after.deviation == pytest.approx(weights.sum() ** -0.5)


@given(NUMBERS, WIDTHS, NUMBERS, WIDTHS)
def test_the_order_of_two_verdicts_does_not_matter(one, first, other, second):
    there = learned(learned(sceptical(1.0), told(one, first)), told(other, second))
    back = learned(learned(sceptical(1.0), told(other, second)), told(one, first))
    assert (there.mean, there.deviation) == pytest.approx((back.mean, back.deviation))


@given(NUMBERS, WIDTHS, WIDTHS)
def test_what_stands_apart_teaches_less(value, half, apart):
    near, far = (learned(sceptical(1.0), told(value, half), apart=one) for one in (0.0, apart))
    assert abs(far.mean) <= abs(near.mean)
    assert near.deviation < far.deviation < 1.0


def test_nothing_is_learned_from_what_is_not_known():
    before = sceptical(0.5)
    assert learned(before, Unknown("days_missing", "x", "share", 3)) == before
    assert learned(before, Estimate(0.2, -1.0, math.inf, 0.9, "share", "x", 3)) == before


def test_assurance_is_the_mean_of_power_over_what_is_expected():
    belief, rng = Expected(0.4, 0.5), np.random.default_rng(0)
    effects = rng.normal(belief.mean, belief.deviation, 200_000)
    error = 0.3 / (1.6448536269514722 + 0.8416212335729143)
    found = rng.normal(effects, error) > 1.6448536269514722 * error
    assert assurance(belief, smallest_found=0.3, level=0.9) == pytest.approx(found.mean(), abs=0.005)


@pytest.mark.parametrize(("mean", "deviation"), [(math.nan, 1.0), (0.0, 0.0), (0.0, math.inf)])
def test_a_belief_nothing_could_move_is_refused(mean, deviation):
    with pytest.raises(ValueError, match="deviation"):
        Expected(mean, deviation)
