import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom, nchypergeom_fisher

from longtake.trial.sequential.lots import likeliest, log_expected
from longtake.trial.sequential.split import split_evidence, split_information, split_test

counts = st.integers(1, 40)


@given(counts, counts, st.data())
def test_lots_agree_with_scipy(n0, n1, data):
    conversions = data.draw(st.integers(1, n0 + n1 - 1))
    ratios = np.array([-1.5, 0.0, 0.7])
    k = np.arange(0, conversions + 1)
    pmf = hypergeom.pmf(k, n0 + n1, n1, conversions)
    wanted = [math.log((pmf * np.exp(r * k)).sum()) for r in ratios]
    assert log_expected(n0, n1, conversions, ratios) == pytest.approx(wanted, abs=1e-9)


def test_the_likeliest_count_is_near_the_mean_of_fishers_law():
    found = likeliest(5000, 3000, 400, np.array([0.4]))
    assert found[0] == pytest.approx(nchypergeom_fisher.mean(8000, 3000, 400, math.exp(0.4)), abs=1.0)


def test_large_counts_lose_nothing_by_looking_only_near_the_likeliest():
    ratios = np.array([-0.01, 0.02])
    slope = (
        log_expected(10**7, 10**7, 10**6, ratios + 1e-6) - log_expected(10**7, 10**7, 10**6, ratios - 1e-6)
    ) / 2e-6
    assert slope == pytest.approx(likeliest(10**7, 10**7, 10**6, ratios), abs=30)
    assert log_expected(10**7, 10**7, 10**6, np.zeros(1)) == pytest.approx([0.0], abs=1e-6)


@given(counts, counts, st.data())
def test_evidence_of_one_look_has_mean_one_given_its_conversions(n0, n1, data):
    conversions = data.draw(st.integers(0, n0 + n1))
    k = np.arange(max(0, conversions - n0), min(conversions, n1) + 1)
    log_e = split_evidence(
        (conversions - k)[:, None],
        np.full((k.size, 1), n0),
        k[:, None],
        np.full((k.size, 1), n1),
        information=9.0,
    )[:, 0]
    mean = (hypergeom.pmf(k, n0 + n1, n1, conversions) * np.exp(log_e)).sum()
    assert mean == pytest.approx(1.0, abs=1e-9)


def test_no_alarm_while_the_rate_falls_and_the_split_follows_it():
    rng = np.random.default_rng(13)
    looks, runs = 100, 1500
    rate = np.geomspace(0.2, 0.01, looks)
    # The split leans to the treated arm while the rate is high: pooled, the treated arm looks far better.
    treated = np.where(np.arange(looks) < 50, 160, 40)
    n1 = np.broadcast_to(treated, (runs, looks))
    n0 = 200 - n1
    x0, x1 = rng.binomial(n0, rate), rng.binomial(n1, rate)
    log_e = split_evidence(x0, n0, x1, n1, information=100.0)
    assert (log_e >= math.log(20)).any(axis=1).mean() <= 0.05
    assert (x1.sum(axis=1) / n1.sum(axis=1)).mean() > 1.5 * (x0.sum(axis=1) / n0.sum(axis=1)).mean()


def test_the_odds_are_held_at_all_looks_under_drift():
    rng = np.random.default_rng(14)
    looks, missed = 9, 0
    for _ in range(25):
        base = np.geomspace(0.1, 0.02, looks)
        odds = base / (1 - base) * 1.3
        n = np.full(looks, 300)
        x0, x1 = rng.binomial(n, base), rng.binomial(n, odds / (1 + odds))
        found = [
            split_test((x0[:k], n[:k]), (x1[:k], n[:k]), information=100.0) for k in range(3, looks + 1, 3)
        ]
        missed += any(not one.effect.low <= 0.3 <= one.effect.high for one in found)
    assert missed <= 4


def test_p_and_interval_of_one_look_agree():
    looks = [100] * 10
    for gained in range(5, 14):
        found = split_test(([6] * 10, looks), ([gained] * 10, looks), information=40.0)
        assert found.clear == (found.p < 0.05)


def test_the_likeliest_odds_of_one_look_are_fishers():
    found = split_test(([12], [100]), ([20], [90]), information=10.0)
    odds = nchypergeom_fisher.mean(190, 90, 32, 1 + found.effect.value)
    assert odds == pytest.approx(20, abs=1e-5)


def test_an_arm_that_has_everything_leaves_one_end_open():
    found = split_test(([0], [100]), ([30], [100]), information=10.0)
    assert found.p < 1e-5
    assert found.effect.low > 3
    assert found.effect.high == math.inf
    back = split_test(([30], [100]), ([0], [100]), information=10.0)
    assert back.effect.low == -1.0
    assert (1 + back.effect.high) * (1 + found.effect.low) == pytest.approx(1.0, rel=1e-6)


def test_arms_that_tell_nothing_are_refused():
    with pytest.raises(ValueError, match="whole"):
        split_evidence([0.5], [4], [1], [4], information=10.0)
    with pytest.raises(ValueError, match="whole"):
        split_test(([math.nan], [4]), ([1], [4]), information=10.0)
    assert split_test(([0], [50]), ([0], [50]), information=10.0).reason == "too_few_rows"
    assert split_test(([3], [50]), ([0], [0]), information=10.0).reason == "too_few_rows"
    with pytest.raises(ValueError, match="conversions"):
        split_evidence([5], [4], [1], [4], information=10.0)
    with pytest.raises(ValueError, match="share"):
        split_information(100, share=0.0)
