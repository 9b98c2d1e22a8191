import numpy as np
import pytest
from scipy import stats
from scipy.optimize import minimize

from longtake.heat.decay.tobit import dependence, likelihood_peak, line


def points(seed=0, n=30, rate=0.1):
    rng = np.random.default_rng(seed)
    x = np.arange(1.0, n + 1)
    return x, 5 - rate * x + rng.normal(0, 0.3, n)


def test_without_censoring_it_is_least_squares_with_students_interval():
    x, y = points()
    ols = stats.linregress(x, y)
    fit = line(x, y, np.zeros(30, dtype=bool), level=0.9, correlated=False)
    half = stats.t.ppf(0.95, 28) * ols.stderr
    assert fit.rate == pytest.approx(-ols.slope, rel=1e-6)
    assert (fit.low, fit.high) == pytest.approx((-ols.slope - half, -ols.slope + half), rel=1e-4)


def test_agrees_with_a_general_optimiser_under_censoring():
    x, y = points(1)
    censored = y < 3.3
    y = np.where(censored, 3.3, y)

    def loss(p):
        z = (y - p[0] - p[1] * x) / np.exp(p[2])
        return -(stats.norm.logpdf(z[~censored]) - p[2]).sum() - stats.norm.logcdf(z[censored]).sum()

    other = minimize(loss, [5, -0.1, -1], method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12})
    fit, scatter, top = likelihood_peak(np.column_stack([np.ones_like(x), x]), y, censored)
    constant = 0.5 * np.log(2 * np.pi) * (~censored).sum()
    assert fit == pytest.approx(other.x[:2], abs=1e-4)
    assert scatter == pytest.approx(np.exp(other.x[2]), abs=1e-4)
    assert top - constant == pytest.approx(-other.fun, abs=1e-6)


def test_an_exact_line_needs_no_interval():
    x = np.arange(1.0, 6.0)
    fit = line(x, 3 - 0.5 * x, np.array([False] * 4 + [True]), level=0.9)
    assert (fit.rate, fit.low, fit.high) == pytest.approx((0.5, 0.5, 0.5))
    assert fit.falling == 1.0


def test_likeness_of_neighbours_is_measured():
    rng = np.random.default_rng(3)
    e = rng.normal(size=400)
    for i in range(1, 400):
        e[i] = 0.5 * e[i - 1] + e[i]
    assert dependence(e, np.arange(400)) == pytest.approx(3.0, rel=0.3)
    assert dependence(rng.normal(size=5), np.arange(5)) == 1.0


def test_likeness_known_from_elsewhere_widens_a_short_fall_and_hardly_a_long_one():
    def width(n, alike):
        x, y = points(5, n)
        fit = line(x, y, np.zeros(n, dtype=bool), level=0.9, alike=alike)
        return fit.high - fit.low

    assert width(6, 0.55) > 1.2 * width(6, 0.0)
    assert width(400, 0.55) < 1.1 * width(400, 0.0)
