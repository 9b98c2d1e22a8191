import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate
from longtake.trial.sequential.boundaries import boundaries, drift_power, fractions, repeated, single_look
from longtake.trial.sequential.spending import obrien_fleming, pocock, power_family


def test_published_bounds_of_five_looks():
    # Reboussin, DeMets, Kim, Lan 2000 (doi:10.1016/S0197-2456(00)00057-X) and the ldbounds vignette.
    at = np.arange(1, 6) / 5
    wanted = [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]
    assert boundaries(at, obrien_fleming(at, alpha=0.05)).z == pytest.approx(wanted, abs=2e-4)
    wanted = [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]
    assert boundaries(at, pocock(at, alpha=0.05)).z == pytest.approx(wanted, abs=2e-4)


def test_one_look_is_the_plain_test():
    found = boundaries([3.0], [0.05])
    assert found.z == pytest.approx([single_look(0.05)])
    assert found.alone == pytest.approx([0.05])


@given(st.lists(st.floats(0.01, 1.0), min_size=2, max_size=8), st.sampled_from([1, 2]), st.floats(0.3, 3.0))
def test_what_may_be_spent_is_spent(steps, sides, exponent):
    at = np.cumsum(steps)
    spending = power_family(at / at[-1], alpha=0.05, exponent=exponent)
    assert boundaries(at, spending, sides=sides).spent == pytest.approx(spending, abs=2e-6)


def test_walks_leave_as_often_as_told_and_find_as_often_as_told():
    rng = np.random.default_rng(15)
    at = np.array([0.2, 0.5, 0.7, 1.0])
    found = boundaries(at, obrien_fleming(at, alpha=0.05))
    walk = np.cumsum(rng.standard_normal((200_000, 4)) * np.sqrt(np.diff(at, prepend=0)), axis=1)
    assert (np.abs(walk) >= found.z * np.sqrt(at)).any(axis=1).mean() == pytest.approx(0.05, abs=0.002)
    drifting = np.abs(walk + 2.8 * at) >= found.z * np.sqrt(at)
    wanted = np.logical_or.accumulate(drifting, axis=1).mean(axis=0)
    assert drift_power(at, found, drift=2.8) == pytest.approx(wanted, abs=0.004)


def test_bounds_that_were_used_stay_and_an_overrun_spends_the_rest():
    first = boundaries([100, 200], [0.01, 0.05])
    at = [100, 260]
    found = boundaries(at, [0.01, 0.05], taken=[float(first.z[0])])
    assert found.z[0] == first.z[0]
    assert found.spent == pytest.approx([0.01, 0.05], abs=1e-6)
    assert fractions([100, 260], 200).tolist() == pytest.approx([100 / 260, 1.0])


def test_no_alpha_means_no_bound():
    found = boundaries([0.5, 1.0], [0.0, 0.05])
    assert found.z[0] == 8.0
    assert found.z[1] == pytest.approx(1.96, abs=1e-3)


@pytest.mark.parametrize(
    ("at", "spend"), [([1, 1], [0.01, 0.05]), ([1, 2], [0.05, 0.01]), ([1], [0.01, 0.02])]
)
def test_plans_that_cannot_be_are_refused(at, spend):
    with pytest.raises(ValueError, match="information"):
        boundaries(at, spend)


def test_a_repeated_interval_is_as_wide_as_its_bound():
    one = Contrast(Estimate(1.0, 0.02, 1.98, 0.95, "share", "z", 9), 0.5, 0.04)
    e = repeated(one, 2.5).effect
    assert (e.low, e.high) == (-0.25, 2.25)
