import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.integrate import quad

from longtake.domain.comparing.contrast import Contrast
from longtake.domain.estimate import Estimate
from longtake.trial.multiplicity.adjust import (
    benjamini_hochberg,
    e_benjamini_hochberg,
    e_bonferroni,
    holm,
    log_calibrated,
)
from longtake.trial.multiplicity.shrinkage import Spread, shrunken, spread_of_effects

chances = st.lists(st.floats(0, 1), min_size=1, max_size=12)


@given(chances)
def test_benjamini_hochberg_agrees_with_scipy(p):
    assert benjamini_hochberg(p) == pytest.approx(stats.false_discovery_control(p))


@given(chances)
def test_holm_rejects_what_stepping_down_rejects(p):
    adjusted = holm(p)
    order = np.argsort(p, kind="stable")
    rejected = set()
    for step, place in enumerate(order.tolist()):
        if p[place] * (len(p) - step) > 0.05:
            break
        rejected.add(place)
    assert set(np.flatnonzero(adjusted <= 0.05).tolist()) == rejected


@given(st.lists(st.floats(-5, 12), min_size=1, max_size=12), st.floats(0.01, 0.3))
def test_e_values_find_what_bh_finds_on_their_inverse(log_e, alpha):
    found = e_benjamini_hochberg(log_e, alpha=alpha)
    p = np.minimum(np.exp(-np.array(log_e)), 1.0)
    margin = np.abs(benjamini_hochberg(p) - alpha).min() > 1e-9
    if margin:
        assert found.tolist() == (benjamini_hochberg(p) <= alpha).tolist()
    assert (found | ~e_bonferroni(log_e, alpha=alpha)).all()


def test_calibrated_evidence_has_mean_one():
    whole = quad(lambda u: math.exp(float(log_calibrated(math.exp(-u))) - u), 1e-4, 600, limit=400)[0]
    assert whole == pytest.approx(1.0, abs=0.01)
    assert float(log_calibrated(1.0)) == pytest.approx(math.log(0.5))


def test_winners_of_many_peeked_metrics_are_held():
    rng = np.random.default_rng(5)
    from longtake.trial.sequential.mixture import log_planned

    any_false = false_share = 0.0
    for _ in range(300):
        drift = np.where(np.arange(10) < 3, 4.0, 0.0)
        steps = rng.normal(0, math.sqrt(1 / 50), (10, 50)) + drift[:, None] / 50
        log_e = log_planned(np.cumsum(steps, axis=1), np.arange(1, 51) / 50)
        # The look at which most is found: the worst that looking can do.
        found = max((e_benjamini_hochberg(log_e[:, t], alpha=0.1) for t in range(50)), key=lambda f: f.sum())
        any_false += found[3:].any()
        false_share += found[3:].sum() / max(found.sum(), 1)
    assert false_share / 300 <= 0.1
    assert any_false / 300 < 0.2


def test_spread_is_recovered_and_winners_keep_what_they_promise():
    rng = np.random.default_rng(6)
    error = rng.uniform(0.5, 1.5, 4000)
    true = rng.normal(0.3, 0.6, 4000)
    seen = rng.normal(true, error)
    spread = spread_of_effects(seen, error)
    # Over sixty other seeds the deviation has mean .597 and deviation .025.
    assert spread.mean == pytest.approx(0.3, abs=0.05)
    assert math.sqrt(spread.variance) == pytest.approx(0.6, abs=0.075)
    contrasts = [
        Contrast(Estimate(v, v - e, v + e, 0.68, "share", "z", 9), e, 0.5)
        for v, e in zip(seen.tolist(), error.tolist(), strict=True)
    ]
    drawn = shrunken(contrasts)
    small = np.array([e.value for e in drawn])
    held = np.array([e.low <= t <= e.high for e, t in zip(drawn, true, strict=True)])
    assert held.mean() == pytest.approx(0.95, abs=0.015)
    assert ((small - true) ** 2).mean() < 0.5 * ((seen - true) ** 2).mean()
    winners = small.reshape(-1, 5).argmax(axis=1) + 5 * np.arange(800)
    assert small[winners].mean() == pytest.approx(true[winners].mean(), abs=0.06)
    assert seen.reshape(-1, 5).max(axis=1).mean() > true[winners].mean() + 0.5


def test_effects_that_chance_explains_are_all_drawn_to_their_mean():
    assert spread_of_effects([0.1, -0.1, 0.05], [1.0, 1.0, 1.0]).variance == 0
    one = Contrast(Estimate(2.0, 0.0, 4.0, 0.95, "share", "z", 9), 1.0, 0.05)
    assert shrunken([one], spread=Spread(0.5, 0.0, 0.0))[0].value == 0.5


def test_one_effect_has_no_spread():
    with pytest.raises(ValueError, match="two"):
        spread_of_effects([1.0], [1.0])
    with pytest.raises(ValueError, match="alpha"):
        e_benjamini_hochberg([1.0], alpha=0.0)
    with pytest.raises(ValueError, match="p-values"):
        holm([1.5])
