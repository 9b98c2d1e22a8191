import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.forecasting.intervals import (
    adapted_levels,
    conformal_quantile,
    score_table,
    tails,
)


@pytest.mark.parametrize("probability", [0.8, 0.9, 0.95])
def test_a_further_score_lies_below_as_often_as_asked(probability):
    rng = np.random.default_rng(0)
    below = [rng.standard_t(3) <= conformal_quantile(rng.standard_t(3, 39), probability) for _ in range(4000)]
    # With n + 1 = 40 the probability is exact; 4 standard errors of the simulation.
    assert np.mean(below) == pytest.approx(probability, abs=4 * np.sqrt(0.2 * 0.8 / 4000))


def test_tails_hold_their_level_on_scores_they_were_not_made_of():
    rng = np.random.default_rng(1)
    low, high = tails(score_table(rng.normal(size=(4000, 2))), 0.8)
    fresh = rng.normal(size=(4000, 2))
    assert ((fresh >= low) & (fresh <= high)).mean() == pytest.approx(0.8, abs=0.02)


def test_wider_levels_are_wider():
    table = score_table(np.random.default_rng(2).normal(size=(500, 1)))
    widths = [np.subtract(*tails(table, level)[::-1])[0] for level in (0.5, 0.8, 0.95)]
    assert widths == sorted(widths)


def test_adapted_levels_bring_coverage_back_after_a_break():
    rng = np.random.default_rng(3)
    scale, asked, held = np.where(np.arange(4000) < 500, 1.0, 1.6), [0.8], []
    from scipy.stats import norm

    for each in scale:
        held.append(float(abs(rng.normal() * each) <= norm.ppf((1 + asked[-1]) / 2)))
        asked = adapted_levels(held[-1:], level=0.8, step=0.02, start=asked[-1])
    assert np.mean(held[1000:]) == pytest.approx(0.8, abs=0.03)


def test_no_scores_and_impossible_levels_are_refused():
    with pytest.raises(NotEnoughDataError):
        conformal_quantile([np.nan], 0.8)
    with pytest.raises(ValueError, match="probability 1"):
        conformal_quantile([1.0], 1.0)
    with pytest.raises(ValueError, match="level 0"):
        adapted_levels([], level=0.0)
