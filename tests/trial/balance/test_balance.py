import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.balance.gate import balance, gated
from longtake.trial.balance.periods import period_evidence, period_p
from longtake.trial.balance.ratio import ratio_evidence, ratio_p


@given(st.lists(st.integers(0, 500), min_size=2, max_size=5), st.data())
def test_chi_square_agrees_with_scipy(counts, data):
    weights = data.draw(st.lists(st.integers(1, 9), min_size=len(counts), max_size=len(counts)))
    if not sum(counts):
        assert ratio_p(counts, weights) == 1.0
        return
    expected = np.array(weights) / sum(weights) * sum(counts)
    assert ratio_p(counts, weights) == pytest.approx(stats.chisquare(counts, expected).pvalue, abs=1e-9)


def test_an_arm_without_weight_takes_no_degree_of_freedom():
    assert ratio_p([1000, 1100, 0], [1, 1, 0]) == pytest.approx(ratio_p([1000, 1100], [1, 1]))
    assert ratio_evidence([1000, 1100, 0], [1, 1, 0]) == pytest.approx(ratio_evidence([1000, 1100], [1, 1]))
    assert ratio_p([1000, 1000, 1], [1, 1, 0]) == 0.0
    assert ratio_evidence([1000, 1000, 1], [1, 1, 0]) == math.inf


def test_the_evidence_of_a_fair_split_has_mean_one():
    n, p = 14, 0.3
    x = np.arange(n + 1)
    against = ratio_evidence(np.stack((x, n - x), axis=1), [p, 1 - p], strength=20)
    assert (stats.binom.pmf(x, n, p) * np.exp(against)).sum() == pytest.approx(1.0)


def test_a_hundred_looks_raise_few_alarms_and_find_what_is_broken():
    rng = np.random.default_rng(3)
    n = 200 * np.arange(1, 101)
    for split, alarms in ((0.5, 0.001 + 2 * math.sqrt(0.001 / 2000)), (0.47, 1.0)):
        first = np.cumsum(rng.binomial(200, split, (2000, 100)), axis=1)
        found = ratio_evidence(np.stack((first, n - first), axis=2), [1, 1]) >= math.log(1000)
        rate = found.any(axis=1).mean()
        assert rate <= alarms if split == 0.5 else rate > 0.995


def test_the_logged_weights_of_each_period_count_and_not_their_mean():
    weights = np.array([[0.5, 0.5], [0.1, 0.9]])
    size = np.array([1000, 9000])
    fair = size[:, None] * weights
    assert period_p(fair, weights) == 1.0
    assert ratio_p(fair.sum(axis=0), weights.mean(axis=0)) < 1e-100


def test_period_p_of_one_weight_is_chi_square():
    counts = np.array([[480, 520], [510, 490], [530, 470]])
    assert period_p(counts, np.full((3, 2), 0.5)) == pytest.approx(ratio_p(counts.sum(axis=0), [1, 1]))


def test_period_evidence_is_a_fair_bet():
    # Over all ways two periods of three units can fall, the mean evidence is one.
    weights = np.array([[0.3, 0.7], [0.8, 0.2]])
    mean = 0.0
    for a in range(4):
        for b in range(4):
            chance = stats.binom.pmf(a, 3, 0.3) * stats.binom.pmf(b, 3, 0.8)
            mean += chance * math.exp(period_evidence([[a, 3 - a], [b, 3 - b]], weights, strength=2.0)[-1])
    assert mean == pytest.approx(1.0)


def test_a_bandit_that_loses_units_is_found_and_one_that_does_not_passes():
    rng = np.random.default_rng(4)
    weights = rng.dirichlet((5, 5, 5), 40)
    counts = np.stack([rng.multinomial(1000, w) for w in weights])
    assert balance(counts, weights).holds
    counts[:, 2] = rng.binomial(counts[:, 2], 0.9)
    assert not balance(counts, weights).holds


def test_no_result_passes_a_broken_split():
    won = Contrast(Estimate(0.2, 0.1, 0.3, 0.95, "share", "z", 100), 0.05, 0.001)
    assert gated(won, balance([[500, 500]], [1, 1])) is won
    found = gated(won, balance([[5000, 4000]], [1, 1]))
    assert found == Unknown("sample_ratio_mismatch", found.method, "share", 9000)


def test_an_alarm_stays():
    # Half way the split was far off; at the end the totals look fine again.
    assert not balance([[1000, 500], [500, 1000]], [1, 1]).holds


@pytest.mark.parametrize(
    ("counts", "weights"), [([[1, 2]], [1, 1, 1]), ([[-1, 2]], [1, 1]), ([[1, 2]], [0, 0]), ([1, 2], [1, 1])]
)
def test_splits_that_cannot_be_are_refused(counts, weights):
    with pytest.raises(ValueError, match=r"weights|counts"):
        balance(counts, weights)
