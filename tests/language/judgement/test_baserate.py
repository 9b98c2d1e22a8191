from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.baserate import adjusted, base_rate, base_rate_estimate
from longtake.language.judgement.quality import expected_calibration_error


def drawn(share: float, n: int, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Return calibrated judgements at even odds of texts of which a known share is good."""
    rng = np.random.default_rng(seed)
    good = rng.random(n) < share
    # Scores of good and bad texts are normal around 1 and -1: the true log odds are twice the score.
    score = rng.normal(np.where(good, 1.0, -1.0), 1.0)
    return 1.0 / (1.0 + np.exp(-2.0 * score)), good


@pytest.mark.parametrize("share", [0.1, 0.33, 0.5, 0.92])
def test_the_share_that_made_the_texts_is_found_and_calibrates_them(share):
    judged, good = drawn(share, 20_000)
    found = base_rate_estimate(judged)
    assert found.value == pytest.approx(share, abs=0.02)
    assert found.low < share < found.high
    assert expected_calibration_error(adjusted(judged, found.value), good) < 0.02


def test_the_share_is_the_fixed_point_of_expectation_maximisation():
    judged, _ = drawn(0.8, 500)
    share = 0.5
    for _ in range(2000):
        share = float(np.mean(adjusted(judged, share)))
    assert base_rate(judged) == pytest.approx(share, abs=1e-5)


@pytest.mark.slow
def test_the_interval_holds_the_share_about_as_often_as_it_says():
    held = 0
    for seed in range(400):
        found = base_rate_estimate(drawn(0.85, 200, seed)[0])
        held += found.low <= 0.85 <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_more_texts_narrow_the_interval_and_texts_that_say_nothing_do_not():
    few, many = (base_rate_estimate(drawn(0.7, n)[0]) for n in (40, 4000))
    assert many.high - many.low < (few.high - few.low) / 5
    judged = drawn(0.7, 40)[0]
    padded = base_rate_estimate(np.concatenate((judged, np.full(500, 0.5))))
    assert padded.value == pytest.approx(few.value)
    assert (padded.low, padded.high) == pytest.approx((few.low, few.high))


@pytest.mark.parametrize(("sure", "share"), [(0.999, 1.0), (0.001, 0.0), (1.0, 1.0), (0.5, 0.5)])
def test_texts_that_all_say_the_same_put_the_share_at_an_end(sure, share):
    assert base_rate(np.full(50, sure)) == share


@given(
    st.lists(st.floats(0.01, 0.99), min_size=20, max_size=60),
    st.floats(0.01, 0.99),
)
def test_adjusting_keeps_the_order_and_goes_back(values, share):
    good = np.array(values)
    moved = adjusted(good, share)
    assert (np.diff(moved[np.argsort(good)]) >= -1e-12).all()
    assert np.allclose(adjusted(moved, 1.0 - share), good, atol=1e-3)
    assert np.allclose(adjusted(good, 0.5), good)


@given(st.lists(st.floats(0.0, 1.0), min_size=20, max_size=60))
def test_any_judgements_have_a_share_inside_its_interval(values):
    found = base_rate_estimate(np.array(values))
    assert 0.0 <= found.low <= found.value <= found.high <= 1.0


def test_too_few_texts_are_refused():
    with pytest.raises(NotEnoughDataError, match="20 texts, got 19"):
        base_rate(np.full(19, 0.9))


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match="not in"):
        adjusted(np.array([0.5]), share)
