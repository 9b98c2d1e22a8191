import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.trial.offpolicy.log import Log
from longtake.trial.offpolicy.replay import replay
from longtake.trial.offpolicy.value import doubly_robust, self_weighted, weighted


def made(rng, n=4000):
    """Return a log of three arms with click rates 5, 10 and 15 %, and the value of another policy: 12 %."""
    used, other, rate = np.array([0.6, 0.3, 0.1]), np.array([0.1, 0.4, 0.5]), np.array([0.05, 0.1, 0.15])
    arm = rng.choice(3, n, p=used)
    click = (rng.random(n) < rate[arm]).astype(float)
    return Log.of(click, used[arm], other[arm]), arm, rate, other


def test_values_of_a_known_world_are_held():
    rng = np.random.default_rng(1)
    held = {"ipw": 0, "snipw": 0, "dr": 0}
    for _ in range(300):
        log, arm, _, other = made(rng)
        wrong = np.array([0.08, 0.08, 0.08])
        found = {
            "ipw": weighted(log),
            "snipw": self_weighted(log),
            "dr": doubly_robust(
                log, expected_shown=wrong[arm], expected_wanted=np.full(arm.size, other @ wrong)
            ),
        }
        for key, e in found.items():
            held[key] += e.low <= 0.12 <= e.high
    for key, times in held.items():
        assert times / 300 == pytest.approx(0.95, abs=0.035), key


def test_the_right_model_makes_doubly_robust_steadier():
    log, arm, rate, other = made(np.random.default_rng(2))
    robust = doubly_robust(log, expected_shown=rate[arm], expected_wanted=np.full(arm.size, other @ rate))
    plain = weighted(log)
    assert robust.high - robust.low < 0.95 * (plain.high - plain.low)


@given(st.lists(st.tuples(st.floats(0.1, 1), st.floats(0, 1)), min_size=1, max_size=30))
def test_effective_rows_are_between_one_and_all(chances):
    logged, wanted = zip(*chances, strict=True)
    log = Log.of([1.0] * len(logged), logged, wanted)
    assert log.effective == 0 if not any(wanted) else 1 - 1e-9 <= log.effective <= len(logged) + 1e-9


def test_few_effective_rows_or_clicks_give_no_answer():
    heavy = Log.of([1.0] * 5000, [0.01] * 100 + [1.0] * 4900, [1.0] * 100 + [0.001] * 4900)
    assert weighted(heavy).reason == "few_effective_rows"
    rare = Log.of([1.0] * 29 + [0.0] * 5000, [0.5] * 5029, [0.5] * 5029)
    assert self_weighted(rare).reason == "too_few_clicks"
    assert self_weighted(rare).needed == 30


def test_the_interval_leans_to_rare_heavy_clicks():
    e = weighted(Log.of([1.0] * 40 + [0.0] * 5000, [0.2] * 20 + [0.9] * 5020, [0.9] * 20 + [0.5] * 5020))
    assert e.high - e.value > 1.1 * (e.value - e.low) > 0


@pytest.mark.parametrize("bad", [([1.0], [0.0], [0.5]), ([1.0], [0.5], [1.5]), ([-1.0], [0.5], [0.5])])
def test_chances_that_cannot_be_are_refused(bad):
    with pytest.raises(ValueError, match=r"chance|reward"):
        Log.of(*bad)


def test_a_learning_policy_is_replayed_on_the_rows_it_agrees_with():
    rng = np.random.default_rng(3)
    shown = rng.integers(0, 2, 6000)
    rewards = (rng.random(6000) < np.array([0.1, 0.3])[shown]).astype(float)
    seen = np.ones((2, 2))

    def learn(row, arm, reward):
        seen[arm] += (reward, 1 - reward)

    found = replay(
        shown, rewards, choose=lambda row: int((seen[:, 0] / seen.sum(axis=1)).argmax()), learn=learn
    )
    assert found.matched == pytest.approx(3000, abs=150)
    assert found.value.low <= 0.3 <= found.value.high
    few = replay(shown[:100], rewards[:100], choose=lambda row: 0)
    assert few.value.reason == "few_effective_rows"
