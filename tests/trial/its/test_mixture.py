import numpy as np
import pytest

from longtake.trial.its.mixture import Bank, model
from longtake.trial.its.shapes import Course, persistence


def test_one_model_alone_is_least_squares_with_a_t_distribution():
    rng = np.random.default_rng(0)
    day = np.arange(30.0)
    series = 3 + 0.2 * day[:24] + rng.normal(size=24)
    columns = np.column_stack([np.ones(30), day])
    found = Bank.of([Course("trend", columns, 1.0)], [np.eye(30)], 24).ahead(series[None])
    beta, rest = np.linalg.lstsq(columns[:24], series, rcond=None)[:2]
    mean_row = columns[24:].mean(axis=0)
    inverse = np.linalg.inv(columns[:24].T @ columns[:24])
    assert found.mean[0] == pytest.approx(mean_row @ beta)
    assert found.scales[0, 0] ** 2 == pytest.approx(rest[0] / 22 * (1 / 6 + mean_row @ inverse @ mean_row))
    assert found.freedom[0] == 22


def test_known_persistence_gives_the_textbook_forecast():
    past = np.array([0.0, 0.0, 0.0, 2.0])
    one = model(np.ones((6, 1)) * 1e-9, persistence(6, 0.5), 4)
    mean = one.coefficients[0] @ past * 1e-9
    assert one.path @ past == pytest.approx([mean + 0.5 * (2 - mean), mean + 0.25 * (2 - mean)])
