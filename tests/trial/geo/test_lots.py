from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.errors import NotEnoughDataError
from longtake.trial.geo.clusters import draw_clusters
from longtake.trial.geo.market import assess_market, search_markets
from longtake.trial.geo.matched import match_cinemas, matched_effect


def test_pairs_by_hand_every_sign_is_replayed():
    pairs = [(12.0, 10.0), (9.0, 10.0), (15.0, 11.0), (10.0, 8.0), (14.0, 9.0), (11.0, 10.5)]
    gaps = np.array([a - b for a, b in pairs])
    flips = np.array([np.mean(gaps * signs) for signs in product((1, -1), repeat=6)])
    found = matched_effect(pairs, [0] * 6, unit="CNY")
    assert found.effect.value == pytest.approx(gaps.mean())
    assert found.p == pytest.approx(np.mean(np.abs(flips) >= gaps.mean() - 1e-9))
    assert found.draws == 64


@given(st.integers(0, 10_000), st.sampled_from([2, 3]), st.integers(6, 9))
def test_interval_and_p_never_contradict_each_other(seed, size, blocks):
    rng = np.random.default_rng(seed)
    outcome = rng.normal(0, 1, (blocks, size))
    outcome[:, 0] += rng.uniform(0, 1.5)
    found = matched_effect(outcome, [0] * blocks, unit="CNY")
    assert (found.p < 1 - 0.9) is (not found.effect.low <= 0 <= found.effect.high)


def test_size_and_coverage_of_matched_blocks():
    held = 0
    for seed in range(300):
        rng = np.random.default_rng(seed)
        outcome = rng.gamma(2, 50, (10, 1)) + rng.normal(0, 5, (10, 2))
        drawn = rng.integers(0, 2, 10)
        outcome[np.arange(10), drawn] += 3
        found = matched_effect(outcome, drawn, unit="CNY", level=0.9)
        held += found.effect.low <= 3 <= found.effect.high
    assert 0.86 < held / 300 < 0.96


def test_adding_to_the_drawn_cinemas_moves_the_interval_by_as_much():
    rng = np.random.default_rng(5)
    outcome, drawn = rng.normal(100, 10, (15, 2)), rng.integers(0, 2, 15)
    one = matched_effect(outcome, drawn, unit="CNY")
    outcome[np.arange(15), drawn] += 7
    other = matched_effect(outcome, drawn, unit="CNY")
    assert not one.exact
    assert other.effect.low - one.effect.low == pytest.approx(7, abs=1e-6)
    assert other.effect.high - one.effect.high == pytest.approx(7, abs=1e-6)


def test_three_pairs_prove_nothing():
    found = matched_effect([[9, 1], [8, 1], [9, 2]], [0, 0, 0], unit="CNY")
    assert (found.effect.reason, found.p) == ("too_few_rows", 0.25)


def test_like_cinemas_are_matched_and_the_draw_can_be_repeated():
    rng = np.random.default_rng(0)
    size = np.repeat(np.exp(np.linspace(2, 9, 10)), 2)
    past = size[:, None] * rng.uniform(0.98, 1.02, (20, 8))
    names = [f"c{one:02d}" for one in range(20)]
    shuffled = rng.permutation(20)
    drawn = match_cinemas(past[shuffled], names=[names[one] for one in shuffled], seed=4)
    assert sorted(drawn.blocks) == [(names[one], names[one + 1]) for one in range(0, 20, 2)]
    assert drawn == match_cinemas(past[shuffled], names=[names[one] for one in shuffled], seed=4)
    assert all(hit in block for hit, block in zip(drawn.treated, drawn.blocks, strict=True))
    assert match_cinemas(past[:19], names=names[:19]).aside == ("c18",)


def test_each_cinema_of_a_block_is_drawn_as_often():
    past = np.exp(np.arange(6.0))[:, None]
    hits = [match_cinemas(past, names=list("abcdef"), size=3, seed=seed).treated[0] for seed in range(600)]
    shares = [hits.count(name) / 600 for name in "abc"]
    assert shares == pytest.approx([1 / 3] * 3, abs=0.06)


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


def markets(noise=0.02, seed=0):
    rng = np.random.default_rng(seed)
    waves = np.stack([np.sin(np.arange(80) / 5), np.cumsum(rng.normal(0, 0.1, 80))])
    return 100 * np.exp(rng.uniform(0, 0.3, (12, 2)) @ waves + rng.normal(0, noise, (12, 80)))


def test_quieter_cities_show_smaller_lifts():
    table = markets()
    table[0] *= np.exp(np.random.default_rng(9).normal(0, 0.3, 80))
    names = list("abcdefghijkl")
    loud = assess_market(table, names=names, cities=["a"], days=10)
    quiet = assess_market(table, names=names, cities=["b"], days=10)
    assert quiet.smallest_lift.value < loud.power.index(max(loud.power)) / 100
    assert list(quiet.power) == sorted(quiet.power)
    found = search_markets(table, names=names, sizes=[1, 2], days=10, windows=6)
    assert found[-1].cities[0] == "a" or found[0].cities != ("a",)
    assert len({one.cities for one in found}) == len(found)


def test_a_market_needs_a_past():
    with pytest.raises(NotEnoughDataError, match="days before the trial"):
        assess_market(markets()[:, :30], names=list("abcdefghijkl"), cities=["a"], days=10)
    with pytest.raises(ValueError, match="sizes"):
        search_markets(markets(), names=list("abcdefghijkl"), sizes=[11], days=10)
