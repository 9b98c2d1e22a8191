import numpy as np
import pytest

from longtake.heat.index.level import walk


def by_kalman(precision, pull, q):
    """Return smoothed mean, variance and the filtered variance, step by step, from a flat start."""
    size = precision.size
    mean, spread = np.zeros(size), np.zeros(size)
    at, var = 0.0, np.inf
    for t in range(size):
        var = var + q
        if precision[t] > 0:
            seen = pull[t] / precision[t]
            gain = 1.0 if np.isinf(var) else var / (var + 1 / precision[t])
            at, var = at + gain * (seen - at), 1 / precision[t] if np.isinf(var) else (1 - gain) * var
        mean[t], spread[t] = at, var
    filtered = spread.copy()
    for t in range(size - 2, -1, -1):
        gain = spread[t] / (spread[t] + q)
        mean[t] += gain * (mean[t + 1] - mean[t])
        spread[t] += gain**2 * (spread[t + 1] - spread[t] - q)
    return mean, spread, filtered


def test_agrees_with_the_kalman_filter_and_smoother_step_by_step():
    rng = np.random.default_rng(1)
    precision = np.where(rng.random(60) < 0.3, 0.0, rng.uniform(0.5, 4, 60))
    precision[0] = 1.0
    pull = precision * rng.normal(3, 2, 60)
    found = walk(precision, pull, 0.3)
    mean, spread, filtered = by_kalman(precision, pull, 0.3)
    assert found.mean == pytest.approx(mean, abs=1e-6)
    assert found.variance == pytest.approx(spread, rel=1e-6)
    assert found.filtered == pytest.approx(filtered, rel=1e-6)


def test_agrees_with_the_inverse_of_the_whole_matrix():
    rng = np.random.default_rng(2)
    precision, q = rng.uniform(0.1, 2, 12), 0.5
    steps = np.diff(np.eye(12), axis=0)
    matrix = np.diag(precision) + steps.T @ steps / q
    covariance = np.linalg.inv(matrix)
    pull = rng.normal(0, 1, 12)
    found = walk(precision, pull, q)
    assert found.variance == pytest.approx(np.diag(covariance), rel=1e-6)
    assert found.neighbours == pytest.approx(np.diag(covariance, 1), rel=1e-6)
    expected = 0.5 * (pull @ covariance @ pull - np.linalg.slogdet(matrix)[1] - 11 * np.log(q))
    assert found.log_normaliser == pytest.approx(expected, rel=1e-6)
