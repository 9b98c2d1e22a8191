import math

import numpy as np
import pytest
from scipy.stats import nbinom

from longtake.domain.estimate import Estimate, Unknown
from longtake.heat.referrals.bringing import bringing
from longtake.heat.referrals.followed import seen_by
from longtake.heat.referrals.likelihood import Likelihood
from longtake.heat.referrals.top import top_share
from longtake.heat.referrals.tree import DAY, forest
from longtake.simulate.people.referrals import START, invitations


def world(seed, **planted):
    planted = {"seeds": 300, "days": 20.0, "mean": 0.6, "dispersion": 0.3} | planted
    found = forest(invitations(np.random.default_rng(seed), **planted))
    return found, bringing(found, until=START.timestamp() / DAY + planted["days"])


def test_without_cutting_off_the_share_seen_is_the_share_of_delays():
    delays = np.array([1.0, 2.0, 2.0, 5.0])
    seen = seen_by(delays, np.full(4, 9.0), np.array([0.0, 1.0, 2.0, 4.9, 5.0]))
    assert seen.tolist() == pytest.approx([0.0, 0.25, 0.75, 0.75, 1.0])


def test_the_share_seen_undoes_the_cutting_off():
    rng = np.random.default_rng(5)
    delays, windows = rng.exponential(4.0, 40_000), rng.uniform(0.0, 20.0, 40_000)
    kept = delays <= windows
    ages = np.array([1.0, 3.0, 6.0, 10.0])
    truth = (1 - np.exp(-ages / 4)) / (1 - np.exp(-20 / 4))
    assert seen_by(delays[kept], windows[kept], ages) == pytest.approx(truth, abs=0.03)
    assert (seen_by(delays[kept], np.full(kept.sum(), 99.0), ages) > truth + 0.05)[:3].all()


def test_the_likelihood_is_scipys_negative_binomial():
    brought, share = np.array([0, 1, 4, 0]), np.array([1.0, 0.5, 1.0, 0.25])
    likely = Likelihood.of(brought, share)
    k = 0.7

    def direct(mean):
        return nbinom.logpmf(brought, k, k / (k + mean * share)).sum()

    assert likely(1.3, k) - likely(0.4, k) == pytest.approx(direct(1.3) - direct(0.4))


def test_with_everybody_followed_alike_the_mean_is_the_mean():
    likely = Likelihood.of(np.array([0, 0, 3, 1, 0, 8]), np.ones(6))
    assert likely.mean_at(0.5) == pytest.approx(2.0, rel=1e-3)


def test_a_planted_world_comes_back_and_the_plain_mean_does_not():
    found, told = world(1)
    assert told.mean.low < 0.6 < told.mean.high
    assert told.mean.value == pytest.approx(0.6, abs=0.12)
    assert found.brought.mean() < 0.53
    assert told.dispersion.low < 0.3 < told.dispersion.high
    assert told.top.low > told.chance


def test_cutting_the_file_off_earlier_does_not_move_the_number_far():
    rows = invitations(np.random.default_rng(8), seeds=600, days=40.0, mean=0.7, dispersion=0.5)
    values = []
    for days in (20.0, 30.0, 40.0):
        until = START.timestamp() / DAY + days
        kept = forest([one for one in rows if one.used_at.timestamp() / DAY < until])
        values.append(bringing(kept, until=until).mean)
    assert all(one.low < 0.7 < one.high for one in values)


def test_people_all_alike_have_no_unevenness():
    _, told = world(2, dispersion=400.0, mean=0.8)
    assert isinstance(told.dispersion, Unknown) or math.isinf(told.dispersion.high)
    assert told.top.low <= told.chance * 1.05


def test_too_few_are_unknown_not_zero():
    few = forest(invitations(np.random.default_rng(1), seeds=3, days=1.0, mean=0.01, dispersion=1.0))
    told = bringing(few, until=START.timestamp() / DAY + 1)
    assert (told.mean.reason, told.mean.needed) == ("too_few_people", 10)
    alone = forest(invitations(np.random.default_rng(1), seeds=40, days=5.0, mean=0.001, dispersion=1.0))
    told = bringing(alone, until=START.timestamp() / DAY + 5)
    assert told.mean.reason in {"too_few_people", "too_few_brought"}
    assert isinstance(told.top, Unknown)


def test_nobody_comes_after_the_end():
    found, _ = world(3)
    with pytest.raises(ValueError, match="came after day"):
        bringing(found, until=START.timestamp() / DAY + 1)


def test_the_same_tree_gives_the_same_numbers():
    _, one = world(4)
    _, two = world(4)
    assert (one.mean, one.dispersion, one.top) == (two.mean, two.dispersion, two.top)


def test_the_top_fifth_by_hand():
    assert top_share(np.array([6, 2, 1, 1] + [0] * 16)).share.value == 1.0
    assert top_share(np.array([4, 3, 2, 1] + [1] * 6), part=0.2).share.value == pytest.approx(7 / 16)
    assert top_share(np.array([5, 5] + [0] * 5)).share.reason == "too_few_people"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("mean", "dispersion", "days"), [(0.6, 0.3, 20.0), (0.9, 0.5, 14.0), (0.3, 1.0, 30.0)]
)
def test_bias_and_coverage(mean, dispersion, days):
    told = [world(seed, mean=mean, dispersion=dispersion, days=days)[1] for seed in range(100)]
    values = [one.mean for one in told if isinstance(one.mean, Estimate)]
    spreads = [one.dispersion for one in told if isinstance(one.dispersion, Estimate)]
    covered = np.mean([one.low <= mean <= one.high for one in values])
    held = np.mean([one.low <= dispersion <= one.high for one in spreads])
    bias = np.mean([one.value for one in values]) / mean - 1
    assert abs(bias) < 0.05
    assert covered >= 0.82
    assert held >= 0.80
