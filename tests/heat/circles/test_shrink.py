import numpy as np
import pytest

from longtake.heat.circles.shrink import common


def test_a_rank_one_matrix_with_an_own_diagonal_is_kept():
    rng = np.random.default_rng(0)
    matrix = np.outer(rng.uniform(0.1, 1, 5), rng.uniform(0.1, 1, 5)) + np.diag(rng.uniform(0, 1, 5))
    assert common(matrix[None], rng.uniform(1, 2, (1, 5, 5)))[0] == pytest.approx(matrix)


def test_is_as_near_as_a_general_optimiser_gets():
    from scipy.optimize import minimize

    rng = np.random.default_rng(1)
    matrix, weight, off = rng.uniform(0, 1, (4, 4)), rng.uniform(0.5, 2, (4, 4)), ~np.eye(4, dtype=bool)

    def loss(parts):
        return (weight * off * (matrix - np.outer(parts[:4], parts[4:])) ** 2).sum()

    best = minimize(loss, np.full(8, 0.7), tol=1e-12).fun
    found = common(matrix[None], weight[None])[0]
    assert (weight * off * (matrix - found) ** 2).sum() == pytest.approx(best, rel=1e-4)


def test_the_order_of_circles_does_not_matter():
    rng = np.random.default_rng(2)
    matrix, weight, turn = rng.uniform(0, 1, (1, 4, 4)), rng.uniform(1, 2, (1, 4, 4)), [2, 0, 3, 1]
    turned = common(matrix[:, turn][:, :, turn], weight[:, turn][:, :, turn])
    assert turned == pytest.approx(common(matrix, weight)[:, turn][:, :, turn])
