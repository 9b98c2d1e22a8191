"""The spread of kinds of people: closed forms, coverage on planted means, refusals."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import f_oneway, ncx2

from longtake.domain.estimate import Unknown
from longtake.opinion.resonance.spread import spread


def groups(rng, means, sizes, noise=0.5):
    scores = np.concatenate(
        [mean + noise * rng.standard_normal(n) for mean, n in zip(means, sizes, strict=True)]
    )
    return scores, np.repeat(np.eye(len(sizes)), sizes, axis=0)


def test_q_is_the_f_of_one_way_analysis_of_variance_times_its_degrees_of_freedom():
    rng = np.random.default_rng(3)
    scores, member = groups(rng, (0.1, 0.3, -0.2), (20, 35, 50))
    parts = [scores[member[:, k] > 0] for k in range(3)]
    q = 2 * f_oneway(*parts).statistic
    sizes = np.array([20, 35, 50])
    within = sum(((p - p.mean()) ** 2).sum() for p in parts) / (105 - 3)
    scale = (sizes.sum() - (sizes**2).sum() / sizes.sum()) / within
    found = spread(scores, member).apart
    assert found.value == pytest.approx(np.sqrt(max(0.0, q - 2) / scale))
    for end, chance in ((found.low, 0.95), (found.high, 0.05)):
        assert ncx2.cdf(q, 2, end**2 * scale) == pytest.approx(chance, abs=1e-5)


def test_intervals_hold_the_planted_spread_and_equal_kinds_are_seldom_told_apart():
    rng = np.random.default_rng(11)
    sizes = (15, 30, 60, 120)
    weights = np.array(sizes, dtype=float)
    scale = weights.sum() - (weights**2).sum() / weights.sum()
    for means in ((0.0, 0.0, 0.0, 0.0), (0.3, -0.1, 0.1, 0.0)):
        centre = np.average(means, weights=weights)
        truth = np.sqrt((weights * (np.array(means) - centre) ** 2).sum() / scale)
        found = [spread(*groups(rng, means, sizes)) for _ in range(300)]
        held = np.mean([one.apart.low - 1e-9 <= truth <= one.apart.high + 1e-9 for one in found])
        assert 0.85 <= held <= (1.0 if truth == 0 else 0.95)
        if truth == 0:
            assert 0.02 <= np.mean([one.p_value <= 0.05 for one in found]) <= 0.08


def test_kinds_with_few_people_are_left_out_and_one_kind_alone_is_not_compared():
    rng = np.random.default_rng(5)
    scores, member = groups(rng, (0.0, 0.4, 3.0), (40, 40, 9))
    found = spread(scores, member)
    assert found.kept == (0, 1)
    assert found.n == 80
    alone = spread(scores, member[:, :1])
    assert alone.apart == Unknown("one_circle", alone.apart.method, "polarity", 40, 2)


@pytest.mark.parametrize(
    ("scores", "level"), [(np.zeros(3), 0.9), (np.full(4, np.nan), 0.9), (np.zeros(4), 1.0)]
)
def test_what_does_not_fit_is_refused(scores, level):
    with pytest.raises(ValueError, match=r"finite|level"):
        spread(scores, np.eye(4), level=level)
