import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import polygamma, psi

from longtake.trial.bandit.allocation import drawn_best, floored, thompson, top_two
from longtake.trial.bandit.batch import next_batch
from longtake.trial.bandit.delay import effective_units, matured
from longtake.trial.bandit.inference import arm_rates, mean_difference, odds_between
from longtake.trial.bandit.linucb import LinUCB
from longtake.trial.bandit.periods import period_adjusted
from longtake.trial.bandit.pooled import pooled
from longtake.trial.bandit.prior import BetaPrior, beta_prior
from longtake.trial.bayesian.best import best


@given(st.lists(st.floats(0, 1), min_size=2, max_size=6).filter(lambda w: sum(w) > 0), st.floats(0, 1))
def test_no_arm_falls_below_the_floor(weights, part):
    share = np.array(weights) / sum(weights)
    floor = part / len(weights)
    found = floored(share, floor=floor)
    assert found.sum() == pytest.approx(1)
    assert (found >= floor - 1e-12).all()


def test_rules_share_out_by_their_chances():
    assert thompson([0.5, 0.5], floor=0.1).tolist() == [0.5, 0.5]
    assert top_two([1.0, 0.0, 0.0], [0.0, 0.6, 0.4], floor=0.0).tolist() == [0.5, 0.3, 0.2]
    with pytest.raises(ValueError, match="floor"):
        thompson([0.5, 0.5], floor=0.6)


def test_drawn_chances_are_those_of_the_integral():
    means, errors = np.array([0.0, 0.2, 0.1]), np.array([0.3, 0.2, 0.1])
    first, second = drawn_best(means, np.diag(errors), draws=60_000)
    assert first == pytest.approx(best(means, errors).first, abs=0.006)
    assert second == pytest.approx(best(means, errors).second, abs=0.006)


def test_the_prior_of_arms_is_recovered():
    rng = np.random.default_rng(1)
    n = rng.integers(500, 5000, 800)
    prior = beta_prior(rng.binomial(n, rng.beta(6, 294, 800)), n)
    assert prior.mean == pytest.approx(0.02, rel=0.03)
    assert prior.conversions + prior.misses == pytest.approx(300, rel=0.2)
    with pytest.raises(ValueError, match="converted"):
        beta_prior([0, 0], [10, 10])


def test_pooled_beliefs_are_of_log_odds():
    means, errors = pooled([10.0], [50.0], prior=BetaPrior(1, 1))
    assert (means[0], errors[0] ** 2) == pytest.approx(
        (psi(11) - psi(41), polygamma(1, 11) + polygamma(1, 41))
    )


def test_a_falling_wave_fools_pooled_counts_and_not_those_of_periods():
    # Arm 1 is 20 % better, but got its units late, when everything converted a fifth as often.
    units = np.array([[9000, 1000], [1000, 9000]])
    conversions = np.array([[900, 120], [20, 216]])
    means, _ = pooled(conversions.sum(axis=0), units.sum(axis=0))
    assert means[0] > means[1] + 0.5
    found = period_adjusted(conversions, units)
    gap = found.means[1] - found.means[0]
    assert gap == pytest.approx(math.log(1.2), abs=0.06)


@given(st.lists(st.floats(0.2, 5), min_size=3, max_size=3))
def test_a_common_factor_of_a_batch_changes_nothing(times):
    conversions = np.array([[20, 30], [50, 40], [10, 30]])
    units = np.array([[100, 120], [300, 200], [50, 90]])
    scaled = units * np.array(times)[:, None]
    assert period_adjusted(conversions, scaled).means == pytest.approx(
        period_adjusted(conversions, units).means, abs=1e-6
    )


def test_arms_of_a_known_world_are_covered():
    rng = np.random.default_rng(2)
    runs, batches = 400, 12
    true = rng.normal(0, 0.15, (runs, 4))
    wave = rng.uniform(0.02, 0.08, (runs, batches, 1))
    units = rng.integers(100, 900, (runs, batches, 4))
    conversions = rng.binomial(units, wave * np.exp(true[:, None, :]))
    found = period_adjusted(conversions, units, usual=0.15)
    gap = found.means[:, 1] - found.means[:, 0]
    c = found.covariance
    error = np.sqrt(c[:, 0, 0] + c[:, 1, 1] - 2 * c[:, 0, 1])
    held = np.abs(gap - (true[:, 1] - true[:, 0])) <= 1.96 * error
    assert held.mean() == pytest.approx(0.95, abs=0.035)


def test_batches_without_units_or_conversions_say_nothing():
    some = period_adjusted([[5, 9]], [[100, 100]])
    more = period_adjusted([[5, 9], [0, 0], [0, 0]], [[100, 100], [0, 0], [50, 70]])
    assert more.means == pytest.approx(some.means, abs=1e-6)
    with pytest.raises(ValueError, match="conversions"):
        period_adjusted([[1, 0]], [[0, 5]])


def test_the_next_batch_is_the_same_each_time_and_starts_even():
    start = next_batch(np.zeros((0, 3)), np.zeros((0, 3)))
    assert start.weights == pytest.approx([1 / 3] * 3, abs=0.03)
    assert not start.stop
    one, two = (next_batch([[30, 50, 45]], [[1000, 1000, 1000]]) for _ in range(2))
    assert one.weights.tobytes() == two.weights.tobytes()
    assert one.weights.min() >= 0.02 / 3
    assert one.leader == 1
    with pytest.raises(ValueError, match="rule"):
        next_batch([[1, 1]], [[5, 5]], rule="ucb")


def test_late_results_count_as_far_as_they_are_in():
    assert matured([1.0, 4.0], [1.0, 2.0, 3.0, 4.0]).tolist() == [0.25, 1.0]
    # A young batch with half its results in: pooled by effective units, the rate is right.
    units = effective_units([[100, 100], [400, 400]], [1.0, 0.5])
    assert units.sum(axis=0).tolist() == [300.0, 300.0]
    with pytest.raises(ValueError, match="delays"):
        matured([1.0], [])


def test_bounds_shrink_where_a_context_was_seen():
    known = LinUCB.fit([[1.0, 0.0]] * 50, [0] * 50, [1.0] * 50, arms=1)
    bounds = known.bounds([[1.0, 0.0], [0.0, 1.0]])[:, 0]
    assert bounds == pytest.approx([50 / 51 + math.sqrt(1 / 51), 1.0])
    with pytest.raises(ValueError, match="arms"):
        LinUCB.fit([[1.0]], [2], [1.0], arms=2)


def test_intervals_hold_while_the_split_follows_what_was_seen():
    rng = np.random.default_rng(3)
    missed = {"rate": 0, "odds": 0, "difference": 0}
    rates, runs, batches = np.array([0.10, 0.13]), 25, 8
    for _ in range(runs):
        wave = np.linspace(1.5, 0.5, batches)
        x, n = np.zeros((batches, 2), int), np.zeros((batches, 2), int)
        for t in range(batches):
            # Greedy on pooled counts: as adaptive, and as wrong about drift, as it gets.
            lead = (x.sum(axis=0) / np.maximum(n.sum(axis=0), 1)).argmax() if t else 0
            share = np.where(np.arange(2) == lead, 0.8, 0.2)
            n[t] = rng.multinomial(400, share)
            odds = rates / (1 - rates) * wave[t]
            x[t] = rng.binomial(n[t], odds / (1 + odds))
        true = rates[1] / (1 - rates[1]) / (rates[0] / (1 - rates[0])) - 1
        found = odds_between(x, n, control=0, treated=1, information=80.0).effect
        missed["odds"] += not found.low <= true <= found.high
        p = rates[:, None] / (1 - rates[:, None]) * wave
        p = p / (1 + p)
        found = mean_difference(x, n, control=0, treated=1).effect
        gap = np.average(p[1] - p[0], weights=n.sum(axis=1))
        missed["difference"] += not found.low <= gap <= found.high
        flat = rng.binomial(n, rates)
        e = arm_rates(flat.sum(axis=0), n.sum(axis=0))[0]
        missed["rate"] += not e.low <= rates[0] <= e.high
    assert max(missed.values()) <= 4, missed


def test_too_few_batches_are_refused():
    assert mean_difference([[1, 1]] * 3, [[9, 9]] * 3, control=0, treated=1).reason == "too_few_rows"
    assert mean_difference([[0, 0]] * 9, [[9, 9]] * 9, control=0, treated=1).reason == "no_spread"
