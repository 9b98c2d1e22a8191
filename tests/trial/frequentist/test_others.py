import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from longtake.domain.estimate import Unknown
from longtake.trial.frequentist.clusters import clustered_difference
from longtake.trial.frequentist.proportions import proportions
from longtake.trial.frequentist.quantile import quantile_difference


def test_the_published_score_interval():
    # Newcombe 1998 (doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I), example (a):
    # 56 of 70 against 48 of 80, Miettinen and Nurminen.
    e = proportions((48, 80), (56, 70)).effect
    assert (e.low, e.high) == pytest.approx((0.0528, 0.3382), abs=5e-5)


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_p_and_interval_say_the_same(n0, n1, data):
    x0, x1 = data.draw(st.integers(0, n0)), data.draw(st.integers(0, n1))
    found = proportions((x0, n0), (x1, n1))
    if isinstance(found, Unknown):
        assert x0 + x1 in (0, n0 + n1)
        return
    assert -1 <= found.effect.low <= found.effect.value <= found.effect.high <= 1
    if abs(found.p - 0.05) > 1e-6:
        assert found.clear == (found.p < 0.05)
    back = proportions((x1, n1), (x0, n0))
    assert back.effect.low == pytest.approx(-found.effect.high, abs=1e-9)
    assert back.p == pytest.approx(found.p)


def test_exact_coverage_of_small_arms_is_near_nominal():
    n, p0, p1 = 25, 0.1, 0.3
    x = np.arange(n + 1)
    chance = np.outer(stats.binom.pmf(x, n, p0), stats.binom.pmf(x, n, p1))
    held = np.zeros_like(chance)
    for a in range(n + 1):
        for b in range(n + 1):
            found = proportions((a, n), (b, n))
            e = getattr(found, "effect", None)
            held[a, b] = e is None or e.low <= p1 - p0 <= e.high
    assert (chance * held).sum() == pytest.approx(0.95, abs=0.02)


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(ValueError, match="control"):
        proportions((5, 4), (1, 4))
    assert proportions((0, 0), (1, 4)).reason == "no_rows"


def test_clusters_and_not_rows_decide():
    rng = np.random.default_rng(5)
    alarms = {"rows": 0, "clusters": 0}
    for _ in range(500):
        size = rng.integers(50, 400, 16)
        clicks = rng.binomial(size, rng.beta(8, 92, 16))
        arms = [(clicks[:8], size[:8]), (clicks[8:], size[8:])]
        alarms["clusters"] += clustered_difference(*arms, unit="clicks per view").p < 0.05
        pairs = [(int(c.sum()), int(n.sum())) for c, n in arms]
        alarms["rows"] += proportions(*pairs).p < 0.05
    assert alarms["clusters"] / 500 == pytest.approx(0.05, abs=0.03)
    assert alarms["rows"] / 500 > 0.15


def test_three_clusters_an_arm_are_not_enough():
    arm = ([1, 2, 3], [10, 10, 10])
    assert clustered_difference(arm, arm, unit="clicks per view").reason == "too_few_clusters"
    with pytest.raises(ValueError, match="sizes"):
        clustered_difference(([1], [0]), arm, unit="clicks per view")


@pytest.mark.parametrize("quantile", [0.5, 0.9])
def test_quantiles_of_skewed_times_are_covered(quantile):
    rng = np.random.default_rng(6)
    truth = stats.expon.ppf(quantile) * 0.5
    held = 0
    for _ in range(400):
        a, b = rng.exponential(1.0, 400), rng.exponential(1.5, 400)
        e = quantile_difference(a, b, quantile=quantile, unit="minutes").effect
        held += e.low <= truth <= e.high
    assert held / 400 == pytest.approx(0.95, abs=0.03)


def test_a_far_quantile_of_few_values_is_refused():
    found = quantile_difference(range(50), range(50), quantile=0.95, unit="minutes")
    assert (found.reason, found.needed) == ("too_few_rows", 400)
    with pytest.raises(ValueError, match="quantile"):
        quantile_difference([1], [1], quantile=1.0, unit="minutes")
