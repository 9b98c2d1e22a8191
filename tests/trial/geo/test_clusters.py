import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.geo.clusters import draw_clusters


def test_cities_that_share_an_audience_are_drawn_together_and_buffers_kept_out():
    names = ["重庆", "成都", "合肥", "南京", "苏州", "西安", "郑州", "武汉"]
    flow = np.zeros((8, 8))
    flow[0, 1] = 0.2
    flow[3, 4] = 0.15
    flow[2, 3] = 0.05
    past = np.random.default_rng(0).uniform(50, 100, (8, 6))
    drawn = draw_clusters(flow, past, names=names, seed=1)
    assert ("南京", "苏州") in drawn.clusters
    assert ("成都", "重庆") in drawn.clusters
    assert sorted([*drawn.treated, *drawn.control, *drawn.buffer, *drawn.aside]) == sorted(names)
    arms = {name: arm for arm in ("treated", "control", "buffer") for name in getattr(drawn, arm)}
    assert arms.get("南京") == arms.get("苏州")
    if arms.get("南京") == "treated":
        assert arms.get("合肥") in {"buffer", "treated"}


def test_buffers_lie_between_the_arms_whatever_the_draw():
    flow = np.zeros((10, 10))
    flow[np.arange(9), np.arange(1, 10)] = 0.05
    past = np.random.default_rng(3).uniform(50, 100, (10, 4))
    for seed in range(20):
        drawn = draw_clusters(flow, past, names=list("abcdefghij"), seed=seed)
        for hit in drawn.treated:
            near = {chr(ord(hit) - 1), chr(ord(hit) + 1)}
            assert not near & set(drawn.control)


def test_one_national_audience_cannot_be_drawn_apart():
    with pytest.raises(NotEnoughDataError, match="clusters"):
        draw_clusters(np.full((6, 6), 0.5), np.ones((6, 2)), names=list("abcdef"))
