from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

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
