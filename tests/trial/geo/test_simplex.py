import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.trial.geo.simplex import simplex_weights


def problem(seed, k, t):
    rng = np.random.default_rng(seed)
    donors = rng.normal(size=(k, t))
    return donors @ donors.T, donors @ rng.normal(size=t)


@given(st.integers(0, 10_000), st.integers(1, 12), st.integers(3, 20))
def test_satisfies_the_conditions_of_an_optimum(seed, k, t):
    gram, pull = problem(seed, k, t)
    w = simplex_weights(gram, pull)
    slope = gram @ w - pull
    assert w.sum() == pytest.approx(1)
    assert (w >= 0).all()
    assert slope.min() >= slope @ w - 1e-5 * max(np.abs(slope).max(), 1)


def test_is_as_low_as_a_general_optimiser_gets():
    from scipy.optimize import minimize

    gram, pull = problem(3, 8, 20)
    free = minimize(
        lambda w: w @ gram @ w / 2 - pull @ w,
        np.full(8, 1 / 8),
        bounds=[(0, 1)] * 8,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
        tol=1e-12,
    )
    w = simplex_weights(gram, pull)
    assert w @ gram @ w / 2 - pull @ w == pytest.approx(free.fun, rel=1e-6)


@given(st.integers(0, 10_000))
def test_the_start_does_not_matter(seed):
    gram, pull = problem(seed, 6, 20)
    start = np.random.default_rng(seed).dirichlet(np.ones(6))
    assert simplex_weights(gram, pull, start) == pytest.approx(simplex_weights(gram, pull), abs=1e-6)


def test_donors_without_any_movement_get_equal_or_any_weight_without_failing():
    w = simplex_weights(np.zeros((3, 3)), np.zeros(3))
    assert w.sum() == pytest.approx(1)


def test_refuses_shapes_that_do_not_fit():
    with pytest.raises(ValueError, match="shape"):
        simplex_weights(np.eye(2), np.ones(3))
