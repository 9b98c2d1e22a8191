from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from longtake.heat.renewal.arrow import walk
from longtake.heat.renewal.cycle import own_cycle
from longtake.heat.renewal.kernel import fade, forgetting, memory, time_constants
from longtake.heat.renewal.recursion import respond
from longtake.heat.renewal.solve import non_negative


def test_averages_of_the_past_are_the_recursion_written_out():
    rng = np.random.default_rng(3)
    counts, keep = rng.poisson(4.0, 50), np.array([0.3, 0.9])
    level, wanted = np.zeros(2), []
    for count in counts:
        wanted.append(level)
        level = keep * level + (1 - keep) * count
    assert memory(counts, keep) == pytest.approx(np.array(wanted).T)


def test_an_average_that_is_never_fed_only_forgets():
    keep = np.array([0.5, 0.9])
    assert forgetting(keep, 4)[1] == pytest.approx([1.0, 0.9, 0.81, 0.729])


@pytest.mark.parametrize("tau", [0.0, 1.5, 10.0])
def test_fading_keeps_the_mass_of_an_act(tau):
    act = np.zeros(400)
    act[3] = 7.0
    assert fade(act, tau).sum() == pytest.approx(7.0)


def test_steps_without_length_are_refused():
    with pytest.raises(ValueError, match="not above zero"):
        time_constants(0.0)


@pytest.mark.parametrize("seed", range(8))
def test_many_least_squares_at_once_agree_with_one_after_the_other(seed):
    rng = np.random.default_rng(seed)
    tall = rng.standard_normal((5, 60, 9)) + 0.4
    wanted = rng.standard_normal((5, 60))
    gram = np.einsum("btp,btq->bpq", tall, tall)
    found = non_negative(gram, np.einsum("btp,bt->bp", tall, wanted))
    for row in range(5):
        assert found[row] == pytest.approx(nnls(tall[row], wanted[row])[0], abs=1e-7)


def test_expected_counts_are_the_recursion_written_out():
    rng = np.random.default_rng(5)
    keep, weights = np.array([0.4, 0.8, 0.97]), np.array([0.2, 0.3, 0.1])
    season, source = rng.uniform(0.5, 1.5, 80), rng.uniform(0, 3, 80)
    level, wanted = np.zeros(3), []
    for t in range(80):
        wanted.append(source[t] + season[t] * weights @ level)
        level = keep * level + (1 - keep) * wanted[-1]
    assert respond(source, season, weights, keep) == pytest.approx(np.array(wanted))


def test_a_constant_push_settles_at_its_level_over_one_less_r():
    steady = respond(np.full(3000, 2.0), np.ones(3000), np.array([0.5, 0.25]), np.array([0.3, 0.98]))
    assert steady[-1] == pytest.approx(2.0 / (1 - 0.75))


def test_a_walk_beside_fixed_coefficients_is_the_dense_gaussian_posterior():
    rng = np.random.default_rng(7)
    t, p, step, start = 25, 2, 0.3, 1.2
    columns, moved = rng.standard_normal((p, t)), rng.uniform(0.5, 2.0, t)
    wanted, weight = rng.standard_normal(t), rng.uniform(0.5, 2.0, t)
    weight[4] = 0.0
    prior = np.array([[2.0, 0.3], [0.3, 1.0]])
    told = walk(wanted, moved, columns, weight, step=step, prior=prior, start=start)
    difference = np.diff(np.eye(t), axis=0) / step
    precision = np.zeros((t + p, t + p))
    precision[:t, :t] = difference.T @ difference
    precision[0, 0] += 1 / start**2
    precision[t:, t:] = prior
    tall = np.concatenate([np.diag(moved), columns.T], axis=1)
    whole = precision + tall.T @ (weight[:, None] * tall)
    middle = np.linalg.solve(whole, tall.T @ (weight * wanted))
    assert told.path == pytest.approx(middle[:t])
    assert told.fixed == pytest.approx(middle[t:])
    assert told.spread == pytest.approx(np.sqrt(np.diag(np.linalg.inv(whole))[:t]))
    seen = weight > 0
    marginal = np.diag(1 / weight[seen]) + tall[seen] @ np.linalg.inv(precision) @ tall[seen].T
    plain = -0.5 * (np.linalg.slogdet(marginal)[1] + wanted[seen] @ np.linalg.solve(marginal, wanted[seen]))
    # The prior of the fixed coefficients is a constant that the evidence leaves out.
    assert told.evidence + 0.5 * np.linalg.slogdet(prior)[1] == pytest.approx(plain)


def test_a_daily_cycle_is_found_and_noise_is_not_taken_for_one():
    rng = np.random.default_rng(11)
    hours = np.arange(24 * 20)
    cycle = 1 + 0.6 * np.sin(2 * np.pi * hours / 24)
    found = own_cycle(rng.poisson(50 * cycle), step_hours=1.0)
    assert np.abs(found - cycle).max() < 0.12
    assert own_cycle(rng.poisson(50.0, hours.size), step_hours=1.0).tolist() == [1.0] * hours.size
