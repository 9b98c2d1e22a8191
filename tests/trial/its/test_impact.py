import csv

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.its.impact import impact
from shared_data import shared
from trial.peer_cases import cases


def world(seed, steps=90, effect=0.0, start=70):
    """Return a series that follows the first of three wandering controls and its errors carry over."""
    rng = np.random.default_rng(seed)
    controls = 100 + np.cumsum(rng.normal(0, 1, (3, steps)), axis=1)
    errors = rng.normal(size=steps)
    for step in range(1, steps):
        errors[step] += 0.5 * errors[step - 1]
    series = 1.2 * controls[0] + errors
    series[start:] += effect
    return series, controls


def test_size_and_coverage_over_worlds():
    found = [impact(*world(seed, effect=3.0), start=70, unit="x") for seed in range(50)]
    held = np.mean([one.effect.low <= 3 <= one.effect.high for one in found])
    assert held > 0.95 - 2 * np.sqrt(0.05 * 0.95 / 50)
    null = [impact(*world(seed), start=70, unit="x").p < 0.05 for seed in range(50)]
    assert np.mean(null) < 0.06 + 2 * np.sqrt(0.05 * 0.95 / 50)
    assert np.mean([one.p < 0.05 for one in found]) > 0.8


def test_the_control_that_matters_is_found_and_p_agrees_with_the_interval():
    for effect in (0.0, 1.0, 2.0):
        found = impact(*world(7, effect=effect), start=70, unit="x")
        assert found.inclusion[0] > 0.99
        assert found.inclusion[1:].max() < 0.7
        assert (found.p < 1 - 0.95) is (not found.effect.low <= 0 <= found.effect.high)


def test_stretching_a_control_changes_nothing():
    series, controls = world(3, effect=2.0)
    one = impact(series, controls, start=70, unit="x")
    other = impact(series, controls * np.array([[2.0], [0.1], [1e3]]) + 5, start=70, unit="x")
    assert other.effect.value == pytest.approx(one.effect.value, rel=1e-6)
    assert other.path == pytest.approx(one.path)


def test_a_control_that_never_moves_is_left_out():
    series, controls = world(3)
    controls[2] = 4.0
    assert impact(series, controls, start=70, unit="x").inclusion[2] == 0


def test_says_what_is_missing():
    series, controls = world(0)
    with pytest.raises(NotEnoughDataError, match="steps before the start"):
        impact(series, controls, start=10, unit="x")
    with pytest.raises(ValueError, match="missing"):
        impact([*series[:-1], np.nan], controls, start=70, unit="x")
    with pytest.raises(ValueError, match="controls"):
        impact(series, controls[:, :-1], start=70, unit="x")


@pytest.mark.parametrize("case", cases("its"))
def test_agrees_with_the_figures_of_a_structural_time_series(case):
    if "comparison_data" in case.get("method", ""):
        series, controls, start = table("comparison_data.csv", case)
    else:
        series, controls, start = table("arma_data.csv", case)
        series[start:] += 5
    found = impact(series, controls, start=start, unit="x")
    expected, allowed = case["expected"], case["tolerance"]
    total = found.effect
    assert total.value == pytest.approx(expected["abs_effect"], abs=allowed["abs_effect"])
    assert found.deviation == pytest.approx(expected["sd"], abs=allowed["sd"])
    assert [total.low, total.high] == pytest.approx(expected["ci"], abs=allowed["ci"])
    assert found.lift.value == pytest.approx(expected["rel"], abs=allowed["rel"])
    if "p" in expected:
        assert found.p / 2 == pytest.approx(expected["p"], abs=allowed["p"])


def table(name, case):
    """Return the series, its controls and the start of a reference file."""
    pre, post = case["inputs"]["pre"], case["inputs"]["post"]
    with shared(f"experiments/causal/{name}").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    keys = [key for key in rows[0] if key.lower() not in {"date", "time"}]
    own = "y" if "y" in keys else keys[0]
    values = np.array([[float(row[key]) for key in [own, *(k for k in keys if k != own)]] for row in rows]).T
    values = values[:, : pre + post]
    return values[0].copy(), values[1:], pre
