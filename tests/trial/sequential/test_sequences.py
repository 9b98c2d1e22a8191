import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from longtake.domain.statistic import Moments
from longtake.trial.sequential.asymptotic import planned_bound, planned_sequence, sequence, share_sequence
from longtake.trial.sequential.bernoulli import bernoulli_ends, log_beta_binomial
from longtake.trial.sequential.betting import betting_sequence
from longtake.trial.sequential.iterated import iterated_bound
from longtake.trial.sequential.mixture import (
    always_valid_p,
    log_mixture,
    log_planned,
    mixture_bound,
    mixture_p,
    precision,
)
from longtake.trial.sequential.quantile import quantile_p, quantile_sequence


@settings(max_examples=25)
@given(st.floats(-4, 4), st.floats(0.1, 200), st.floats(0.5, 100), st.sampled_from([1, 2]))
def test_the_mixture_is_the_integral_it_claims_to_be(z, v, rho, sides):
    s = z * math.sqrt(v + rho)

    def grown(mean):
        return math.exp(mean * s - mean**2 * v / 2) * norm.pdf(mean, scale=rho**-0.5) * (3 - sides)

    peak, reach = s / (v + rho), 9 / math.sqrt(v + rho)
    low = max(0.0, peak - reach) if sides == 1 else peak - reach
    whole = quad(grown, low, max(peak + reach, reach), limit=200)[0]
    assert float(log_mixture(s, v, rho=rho, sides=sides)) == pytest.approx(math.log(whole), abs=1e-5)


@settings(max_examples=25)
@given(st.floats(-6, 6), st.floats(0.01, 3), st.floats(0.5, 5), st.floats(0.05, 4), st.sampled_from([1, 2]))
def test_the_planned_mixture_too(s, v, centre, spread, sides):
    def grown(mean):
        prior = norm.pdf(mean, centre, spread**0.5)
        if sides == 2:
            prior = (prior + norm.pdf(mean, -centre, spread**0.5)) / 2
        return math.exp(mean * s - mean**2 * v / 2) * prior

    reach = centre + 12 * spread**0.5 + 10
    whole = quad(grown, -reach, reach, limit=400)[0]
    found = float(log_planned(s, v, centre=centre, spread=spread, sides=sides))
    assert found == pytest.approx(math.log(whole), abs=1e-5)


@given(st.floats(0.5, 500), st.floats(0.001, 0.4), st.sampled_from([1, 2]))
def test_bound_and_p_are_inverse(v, alpha, sides):
    rho = precision(100, 0.05)
    bound = float(mixture_bound(v, alpha=alpha, rho=rho, sides=sides))
    assert mixture_p(bound, v, rho=rho, sides=sides) == pytest.approx(alpha, rel=1e-9)
    # The closed form for one side lies just above the exact bound, never below.
    assert float(log_mixture(bound, v, rho=rho, sides=sides)) >= math.log(1 / alpha) - 1e-9


def test_the_published_one_sided_mixture():
    # gostevehoward/confseq, test/uniform_boundaries_unittest.cpp: two-sided best_rho and bound at v 100.
    rho = precision(100, 0.05)
    assert rho == pytest.approx(12.60056, abs=1e-5)
    assert float(mixture_bound(100, alpha=0.05, rho=rho)) == pytest.approx(30.35209, abs=1e-5)


def test_a_walk_without_drift_is_seldom_stopped_at_any_of_a_thousand_looks():
    rng = np.random.default_rng(8)
    walk = np.cumsum(rng.standard_normal((3000, 1000)), axis=1)
    v = np.arange(1, 1001)
    rate = {
        "around zero": (log_mixture(walk, v, rho=precision(1000, 0.05)) >= math.log(20)).any(axis=1).mean(),
        "planned": (log_planned(walk / 1000**0.5, v / 1000) >= math.log(20)).any(axis=1).mean(),
        "fixed": (np.abs(walk) >= 1.96 * np.sqrt(v)).any(axis=1).mean(),
    }
    assert rate["around zero"] <= 0.05
    assert rate["planned"] <= 0.05
    assert rate["fixed"] > 0.4


def test_p_never_rises():
    assert always_valid_p(np.log([3.0, 1.0, 8.0, 2.0])) == pytest.approx([1 / 3, 1 / 3, 1 / 8, 1 / 8])


@pytest.mark.parametrize("relative", [False, True])
def test_interval_and_p_of_arms_say_the_same(relative):
    rng = np.random.default_rng(9)
    for _ in range(40):
        arms = [
            Moments.of(rng.exponential(mean, 200).round(3), scale=1000)
            for mean in (1.0, rng.uniform(0.8, 1.8))
        ]
        for found in (
            sequence(*arms, unit="minutes", tuning=400, relative=relative),
            planned_sequence(*arms, unit="minutes", planned_units=400, relative=relative),
        ):
            assert found.clear == (found.p < 0.05)


def test_arms_too_small_or_without_spread_are_refused():
    few, flat = Moments.of([1, 2]), Moments.of([1] * 40)
    assert sequence(few, few, unit="plays").reason == "too_few_rows"
    assert planned_sequence(flat, flat, unit="plays", planned_units=100).reason == "no_spread"
    assert share_sequence((0, 50), (0, 50)).reason == "no_spread"
    assert share_sequence((0, 50), (9, 50), relative=True).reason == "zero_total"
    with pytest.raises(ValueError, match="conversions"):
        share_sequence((60, 50), (9, 50))


def test_the_planned_bound_is_lowest_near_the_plan():
    over = [planned_bound(seen, alpha=0.05) / math.sqrt(seen) for seen in (0.1, 0.8, 5.0)]
    assert over[1] < 2.9 < min(over[0], over[2])


def test_the_evidence_of_a_share_has_mean_one():
    n, p = 12, 0.3
    x = np.arange(n + 1)
    from scipy.stats import binom

    mean = (binom.pmf(x, n, p) * np.exp(log_beta_binomial(x, n, p, tight_at=20))).sum()
    assert mean == pytest.approx(1.0, abs=1e-12)


def test_shares_are_held_at_all_looks():
    rng = np.random.default_rng(10)
    n = np.arange(1, 401)
    x = np.cumsum(rng.random((800, 400)) < 0.07, axis=1)
    out = log_beta_binomial(x, np.broadcast_to(n, x.shape), 0.07, tight_at=200) >= math.log(20)
    assert out.any(axis=1).mean() <= 0.05
    low, high = bernoulli_ends(x[:5], np.broadcast_to(n, (5, 400)), alpha=0.05, tight_at=200)
    assert ((low > 0.07) | (high < 0.07) == out[:5]).all()
    assert (low <= x[:5] / n).all()
    assert (x[:5] / n <= high).all()


def test_a_share_without_trials_is_anything():
    low, high = bernoulli_ends([0], [0], alpha=0.05, tight_at=50)
    assert (low[0], high[0]) == (0.0, 1.0)


def test_bets_hold_the_mean_at_all_looks():
    rng = np.random.default_rng(11)
    missed = 0
    for _ in range(150):
        low, high = betting_sequence(rng.beta(1, 3, 200), candidates=200)
        missed += bool((low > 0.25).any() or (high < 0.25).any())
    assert missed / 150 <= 0.05
    with pytest.raises(ValueError, match="values"):
        betting_sequence([1.5])


def test_the_band_around_a_distribution_holds():
    assert iterated_bound(99, least=100) == np.inf
    assert iterated_bound([1000, 100_000], least=100)[1] < 0.01
    with pytest.raises(ValueError, match="constant"):
        iterated_bound(100, constant=0.7)


def test_quantiles_are_held_at_all_looks_and_ties_stay_inside():
    rng = np.random.default_rng(12)
    missed = 0
    for _ in range(60):
        values = rng.exponential(1.0, 600)
        ends = [
            quantile_sequence(values[:n], quantile=0.5, unit="s", tight_at=200) for n in range(20, 600, 40)
        ]
        missed += any(not e.low <= math.log(2) <= e.high for e in ends)
    assert missed <= 6
    same = quantile_sequence([3.0] * 50, quantile=0.5, unit="s")
    assert (same.low, same.value, same.high) == (3.0, 3.0, 3.0)
    assert quantile_sequence([], quantile=0.5, unit="s").reason == "no_rows"


def test_arms_with_ties_alike_are_not_told_apart():
    arm = [1] * 30 + [2] * 40 + [3] * 30
    assert quantile_p(arm, arm, quantile=0.5) == 1.0
    with pytest.raises(ValueError, match="empty"):
        quantile_p([], arm, quantile=0.5)
