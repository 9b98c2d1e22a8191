import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.plans.before_after import judge, register
from longtake.trial.plans.stage import Stage
from longtake.trial.plans.world import FADING, campaign


def test_a_registered_stage_is_judged_as_printed():
    made = campaign(np.random.default_rng(3), FADING, days=80, judged=14, lift=1.0, start=60)
    one = register(Stage("recut", "comments", 14, 1.0), made.counts[:60])
    found, change = judge(one, made.counts[60:74])
    assert found.outcome == "improved"
    assert found.power == one.registered.power
    assert one.frozen.power(one.registered.smallest_found) == pytest.approx(0.8, abs=1e-6)
    assert change.effect.low < 1.0 < change.effect.high
    with pytest.raises(NotEnoughDataError, match="needs at least 14 steps"):
        judge(one, made.counts[60:70])


def test_a_stage_that_wants_less_is_powered_for_less():
    steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 60))
    one = register(Stage("moderation", "complaints", 14, -0.4), steady)
    assert one.registered.power > 0.95
    assert -0.4 < one.registered.smallest_found < 0
    found, change = judge(one, np.full(14, 50.0))
    assert found.outcome == "improved"
    assert change.effect.high < 0


def test_nothing_put_in_is_seldom_called_an_improvement():
    improved = held = naive = 0
    for seed in range(40):
        rng = np.random.default_rng([seed, 5])
        made = campaign(rng, FADING, days=90, judged=14, lift=0.0, start=50)
        found, change = judge(register(Stage("a", "b", 14, 0.3), made.counts[:50]), made.counts[50:64])
        improved += found.outcome == "improved"
        held += change.effect.low <= 0 <= change.effect.high
        naive += made.counts[50:64].mean() < 0.8 * made.counts[36:50].mean()
    assert improved <= 4
    assert held >= 33
    assert naive >= 7
