import numpy as np
import pytest

from longtake.heat.forecasting.renewal_path import RenewalPath, fit_recent
from longtake.heat.renewal.kernel import keeps, time_constants

KEEP = keeps(time_constants(24.0))


def world(rng, *, steps=400, background=20.0, effect=60.0, alpha=(0.2, 0.2, 0.1, 0.1)):
    pushes = (rng.random(steps) < 0.08) * rng.gamma(2.0, 1.0, steps)
    level = np.full(4, background / (1 - sum(alpha)))
    counts = np.empty(steps)
    for t in range(steps):
        counts[t] = rng.poisson(background + effect * pushes[t] + np.dot(alpha, level))
        level = level * KEEP + (1 - KEEP) * counts[t]
    return counts, pushes


def test_fit_recovers_the_reproduction_and_the_effect_that_made_the_series():
    rng = np.random.default_rng(1)
    made = [world(rng) for _ in range(30)]
    counts, pushes = np.stack([c for c, _ in made]), np.stack([z for _, z in made])[:, None]
    found = fit_recent(counts, pushes, np.ones(counts.shape, bool), keep=KEEP, half_life=1e9)
    assert found.effects.mean() == pytest.approx(60.0, rel=0.03)
    assert found.reproduction.mean() == pytest.approx(0.6, abs=0.03)


def test_the_mean_settles_where_what_is_bred_balances_what_dies():
    still = RenewalPath(
        np.array([3.0]), np.zeros((1, 0)), np.array([[0.4]]), np.array([[90.0]]), np.ones(1), np.array([0.2])
    )
    assert still.ahead(np.zeros((1, 0, 200)))[0, -1] == pytest.approx(3.0 / (1 - 0.4))


def test_the_first_step_is_the_sum_of_its_parts():
    one = RenewalPath(
        np.array([1.0]), np.array([[2.0]]), np.array([[0.5]]), np.array([[8.0]]), np.ones(1), np.array([0.5])
    )
    # 1 + 2 * 3 + 0.5 * 8 = 11; the average becomes (8 + 11) / 2; then 1 + 0.5 * 9.5.
    assert one.ahead(np.array([[[3.0, 0.0]]])).tolist() == [[11.0, 5.75]]


def test_more_promotion_never_lowers_a_step():
    rng = np.random.default_rng(2)
    counts, pushes = world(rng, steps=120)
    fitted = fit_recent(counts[None], pushes[None, None], np.ones((1, 120), bool), keep=KEEP, half_life=30.0)
    less = rng.random((1, 1, 20))
    more = less + (rng.random((1, 1, 20)) < 0.3)
    assert (fitted.ahead(more) >= fitted.ahead(less)).all()


def test_an_unseen_effect_is_not_learned():
    counts, pushes = np.full((1, 60), 10.0), np.zeros((1, 1, 60))
    counts[0, 30], pushes[0, 0, 30] = 500.0, 1.0
    seen = np.ones((1, 60), bool)
    learned = fit_recent(counts, pushes, seen, keep=KEEP, half_life=30.0)
    seen[0, 30] = False
    blind = fit_recent(counts, pushes, seen, keep=KEEP, half_life=30.0)
    assert learned.effects[0, 0] > 400.0
    assert blind.effects[0, 0] == 0.0


def test_many_at_once_are_as_each_alone():
    rng = np.random.default_rng(3)
    made = [world(rng, steps=90) for _ in range(4)]
    counts, pushes = np.stack([c for c, _ in made]), np.stack([z for _, z in made])[:, None]
    seen, plan = np.ones(counts.shape, bool), np.ones((4, 1, 10))
    together = fit_recent(counts, pushes, seen, keep=KEEP, half_life=30.0).ahead(plan)
    for row in range(4):
        alone = fit_recent(counts[row : row + 1], pushes[row : row + 1], seen[:1], keep=KEEP, half_life=30.0)
        assert alone.ahead(plan[:1])[0] == pytest.approx(together[row], rel=1e-6)
