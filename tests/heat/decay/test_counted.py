import numpy as np
import pytest

from longtake.heat.decay.counted import count_line


def test_an_exact_decline_is_recovered():
    x = np.arange(1.0, 13.0)
    fit = count_line(x, 1000 * 0.8**x, np.zeros(12), level=0.9)
    assert fit.rate == pytest.approx(-np.log(0.8), abs=1e-8)


def test_covers_at_its_level_with_overdispersed_counts():
    rng = np.random.default_rng(8)
    x = np.arange(1.0, 41.0)
    hits = []
    for _ in range(300):
        mean = 60 * np.exp(-0.05 * x) * rng.gamma(10, 0.1, 40)
        fit = count_line(x, rng.poisson(mean).astype(float), np.zeros(40), level=0.9, correlated=False)
        hits.append(fit.low <= 0.05 <= fit.high)
    assert 0.85 <= np.mean(hits) <= 0.95


def test_zeros_count():
    x = np.arange(1.0, 21.0)
    y = np.r_[np.full(10, 30.0), np.zeros(10)]
    assert count_line(x, y, np.zeros(20), level=0.9).rate > 0.1
