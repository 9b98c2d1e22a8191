import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate
from longtake.trial.bayesian.best import best
from longtake.trial.bayesian.posterior import posterior


def seen(value, error):
    return Contrast(Estimate(value, value - error, value + error, 0.68, "share", "z", 9), error, 0.5)


@given(st.floats(-3, 3), st.floats(0.1, 2), st.floats(-1, 1), st.floats(0.05, 4))
def test_precisions_add_and_risks_differ_by_the_mean(value, error, mean, variance):
    found = posterior(seen(value, error), mean=mean, variance=variance)
    weight = variance / (variance + error**2)
    assert found.effect.value == pytest.approx(mean + weight * (value - mean), abs=1e-9)
    assert found.error**-2 == pytest.approx(error**-2 + 1 / variance)
    assert found.risk_staying - found.risk_changing == pytest.approx(found.effect.value, abs=1e-9)
    assert min(found.risk_staying, found.risk_changing) >= 0


def test_risk_is_the_mean_of_what_is_lost():
    drawn = np.random.default_rng(1).normal(0.4, 0.7, 400_000)
    found = posterior(seen(0.4, 0.7))
    assert found.risk_changing == pytest.approx(np.maximum(-drawn, 0).mean(), abs=0.002)
    assert found.better == pytest.approx((drawn > 0).mean(), abs=0.003)


def test_no_error_is_no_evidence():
    with pytest.raises(ValueError, match="error"):
        posterior(seen(0.4, 0.0))


def test_chances_of_five_arms_are_those_of_draws():
    means, errors = np.array([0.0, 0.3, 0.2, -1.0, 0.25]), np.array([0.4, 0.2, 0.3, 0.1, 0.02])
    drawn = np.random.default_rng(2).normal(means, errors, (400_000, 5))
    order = drawn.argsort(axis=1)
    found = best(means, errors)
    assert found.first == pytest.approx(np.bincount(order[:, -1], minlength=5) / 4e5, abs=0.003)
    assert found.second == pytest.approx(np.bincount(order[:, -2], minlength=5) / 4e5, abs=0.003)
    assert found.loss == pytest.approx((drawn.max(axis=1)[:, None] - drawn).mean(axis=0), abs=0.003)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0.05, 1)), min_size=2, max_size=6))
def test_chances_add_up_and_the_best_bet_loses_least(arms):
    means, errors = np.array(arms).T
    found = best(means, errors)
    assert found.first.sum() == pytest.approx(1)
    assert found.second.sum() == pytest.approx(1)
    assert means[found.loss.argmin()] == pytest.approx(means.max())


def test_two_arms_have_a_closed_form():
    found = best([[0.0, 0.5], [0.0, -0.5]], [[0.3, 0.4], [0.3, 0.4]])
    from scipy.stats import norm

    assert found.first[:, 1] == pytest.approx([norm.cdf(1.0), norm.cdf(-1.0)], abs=1e-6)
    assert found.loss[0, 1] == pytest.approx(0.5 * (norm.pdf(1.0) - norm.cdf(-1.0)), abs=1e-6)


def test_one_arm_has_no_rival():
    with pytest.raises(ValueError, match="means"):
        best([1.0], [1.0])
    assert math.isfinite(best([0.0, 9.0], [1e-3, 1.0]).first[0])
