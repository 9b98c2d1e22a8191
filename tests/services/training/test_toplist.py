import numpy as np
import pytest
from scipy.stats import mannwhitneyu

from longtake.heat.toplist.features import points
from longtake.services.training.toplist import auc, hidden, pick


def many(n=400):
    hot = np.full((n, 6), 9.0)
    return points(
        hot, hot / 2, hour=3, weekday=1, rank=hot, reads=hot, discussions=hot, posts=hot, kind="film"
    )


def test_scores_of_the_last_three_hours_are_never_hidden():
    shown = hidden(many())
    assert np.isfinite(shown.hot[:, -3:]).all()
    assert np.isfinite(shown.threshold[:, -3:]).all()


def test_a_share_of_everything_else_is():
    shown = hidden(many())
    for given, share in ((shown.rank, 0.2), (shown.reads, 0.3), (shown.hot[:, :3], 0.25)):
        assert np.isnan(given).all(axis=1).mean() == pytest.approx(share, abs=0.07)
    assert (np.isnan(shown.reads[:, -1]) == (shown.kind == -1)).all()


def test_picking_keeps_the_order():
    assert pick(many(), np.array([3, 1])).hot.shape == (2, 6)


def test_auc_is_that_of_the_rank_sum():
    rng = np.random.default_rng(0)
    truth = rng.random(80) < 0.4
    score = np.round(rng.normal(truth, 1), 1)
    pairs = truth.sum() * (~truth).sum()
    assert auc(score, truth) == pytest.approx(mannwhitneyu(score[truth], score[~truth]).statistic / pairs)
