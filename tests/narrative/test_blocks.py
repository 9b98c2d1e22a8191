from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon
from scipy.stats import wasserstein_distance

from longtake.narrative.blocks import cuts, jensen_shannon, moving_blocks, recentred, tail, wasserstein

VALUES = st.lists(st.floats(-5, 5), min_size=1, max_size=12)


@settings(max_examples=60)
@given(VALUES, VALUES)
def test_the_distance_is_scipys(ours, theirs):
    found = wasserstein(np.array([ours]), np.array(theirs))[0]
    assert found == pytest.approx(wasserstein_distance(ours, theirs), abs=1e-9)


def test_a_reference_of_its_own_each():
    samples, reference = np.array([[0.0, 2.0], [5.0, 5.0]]), np.array([[1.0, 1.0, 1.0], [5.0, 5.0, 8.0]])
    assert wasserstein(samples, reference) == pytest.approx([1.0, 1.0])


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=8))
def test_the_divergence_is_scipys_squared(pairs):
    p, q = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    if not p.sum() or not q.sum():
        return
    assert jensen_shannon(p[None, :], q)[0] == pytest.approx(jensenshannon(p, q, base=2) ** 2, abs=1e-9)


def test_no_counts_are_no_divergence():
    assert np.isnan(jensen_shannon(np.zeros((1, 3)), np.ones(3))[0])


@pytest.mark.parametrize("mean", [1.0, 2.0, 5.0])
def test_runs_are_as_long_as_asked(mean):
    drawn = cuts(np.random.default_rng(1), 1000, size=400, mean=mean, draws=50)
    kept = float((np.diff(drawn, axis=1) % 1000 == 1).mean())
    assert kept == pytest.approx(1 - 1 / mean, abs=0.02)
    assert drawn.min() >= 0
    assert drawn.max() < 1000


def test_blocks_hold_neighbours():
    drawn = moving_blocks(np.random.default_rng(2), 50, size=12, length=4, draws=30)
    assert (np.diff(drawn.reshape(30, 3, 4), axis=2) == 1).all()


@pytest.mark.parametrize(("n", "size", "length"), [(5, 3, 6), (5, 3, 0), (5, 0, 2)])
def test_impossible_blocks_are_refused(n, size, length):
    with pytest.raises(ValueError, match="blocks"):
        moving_blocks(np.random.default_rng(1), n, size=size, length=length, draws=2)
    with pytest.raises(ValueError, match="runs"):
        cuts(np.random.default_rng(1), n, size=size, mean=0.5, draws=2)


def test_no_p_is_zero():
    assert tail(9.0, np.zeros(99)) == 0.01
    assert tail(0.0, np.zeros(99)) == 1.0


def test_an_interval_holds_its_value():
    low, high = recentred(0.3, np.array([4.0, 5.0, 6.0]), level=0.9)
    assert low < 0.3 < high
