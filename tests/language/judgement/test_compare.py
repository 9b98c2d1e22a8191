from __future__ import annotations

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.language.judgement.compare import accuracy_gain, auc_gain
from longtake.language.judgement.quality import quality

TRUE = np.arange(400) % 2 == 0


def noisy(spread: float, seed: int) -> np.ndarray:
    return np.clip(np.where(TRUE, 0.7, 0.3) + np.random.default_rng(seed).normal(0, spread, 400), 0, 1)


def test_a_scorer_gains_nothing_on_itself():
    same = noisy(0.3, 1)
    for gain in (accuracy_gain(same, same, TRUE), auc_gain(same, same, TRUE)):
        assert gain.value == 0.0
        assert gain.low <= 0.0 <= gain.high


def test_a_clearly_better_scorer_surely_gains_and_the_other_way_round_surely_loses():
    poor, fine = noisy(0.6, 1), noisy(0.1, 2)
    for measure in (accuracy_gain, auc_gain):
        assert measure(poor, fine, TRUE).low > 0.0
        assert measure(fine, poor, TRUE).high < 0.0
    assert accuracy_gain(poor, fine, TRUE).value == pytest.approx(
        quality(fine, TRUE).accuracy - quality(poor, TRUE).accuracy
    )


def test_the_interval_is_that_of_the_cited_formula():
    before, after, true = np.ones(100), np.ones(100), np.ones(100, dtype=bool)
    before[:12] = after[-4:] = 0.0
    gain = accuracy_gain(before, after, true)
    centre, spread = 8 / 102, np.sqrt((12.5 + 4.5) - 8**2 / 102) / 102
    assert (gain.low, gain.high) == pytest.approx((centre - 2.2414 * spread, centre + 2.2414 * spread), 1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("measure", [accuracy_gain, auc_gain])
def test_scorers_alike_seldom_look_better(measure):
    false = sum(measure(noisy(0.5, 2 * s), noisy(0.5, 2 * s + 1), TRUE).low > 0.0 for s in range(150))
    assert false <= 8


@pytest.mark.parametrize("measure", [accuracy_gain, auc_gain])
def test_too_few_rows_are_refused(measure):
    with pytest.raises(NotEnoughDataError, match="20 rows, got 19"):
        measure(np.ones(19), np.ones(19), np.ones(19, dtype=bool))
