import numpy as np
import pytest

from longtake.trial.its.frozen import freeze
from longtake.trial.its.interrupted import change
from longtake.trial.its.start import AfterDrop, AfterWorst, OnDay
from trial.its_worlds import carried


def test_rules_of_the_start_by_hand():
    series = np.array([[9.0, 9, 9, 2, 1, 9, 9, 9, 9]])
    assert AfterWorst(2, 3, 8).starts(series).tolist() == [5]
    assert AfterDrop(2, 0.5, 2, 4, 8).starts(series).tolist() == [5]
    assert OnDay(4).starts(series).tolist() == [4]
    with pytest.raises(ValueError, match="first"):
        AfterWorst(5, 3, 8)
    with pytest.raises(ValueError, match="share"):
        AfterDrop(2, 1.5, 2, 4, 8)


def test_a_start_after_the_worst_days_is_not_taken_for_a_cure():
    rule, false, naive = AfterWorst(steps=5, first=40, last=86), 0, 0
    for seed in range(8):
        series = 100 * np.exp(0.3 * carried(np.random.default_rng(seed), 100, 0.6))
        start = int(rule.starts(series[None])[0])
        frozen = freeze(series[:start], after=14, rule=rule, length=100)
        assert frozen.rebound > 0
        found = change(frozen, series[start : start + 14], unit="x")
        assert (found.p < 1 - 0.9) is (not found.effect.low <= 0 <= found.effect.high)
        false += found.p < 0.05
        naive += series[start : start + 14].mean() > 1.15 * series[start - 5 : start].mean()
    assert false <= 2
    assert naive >= 6
