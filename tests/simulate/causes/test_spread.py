"""Counts that breed across circles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.simulate.causes.spread import passing, spread


def _spread(**more):
    paid, free = np.zeros((400, 2, 2)), np.zeros((400, 2, 2))
    paid[24, 0, 0] = 1.0
    free[24, 0, 0] = 1.0
    given_ = {
        "paid": paid,
        "free": free,
        "reproduction": np.full(400, 0.6),
        "supply": np.ones(400),
        "pass_on": passing(2, 0.25, 0.0),
        "mix": np.array([0.7, 0.3]),
        "total": 40_000.0,
    }
    return spread(np.random.default_rng(5), **{**given_, **more})


def _later(made):
    return made.counts[60:].sum() / made.counts[:60].sum()


def test_of_many_counts_a_share_of_r_is_bred():
    made = _spread()
    assert made.bred.sum() / made.counts.sum() == pytest.approx(0.6, abs=0.04)
    assert made.counts.sum() == pytest.approx(40_000, rel=0.15)
    assert made.bought.sum() == pytest.approx(made.unasked.sum(), rel=0.35)


def test_a_wave_dies_in_its_circle_where_nobody_takes_it_up():
    reached = [_spread(pass_on=passing(2, 0.25, lost)).counts.sum(axis=(0, 2)) for lost in (0.0, 0.9, 1.0)]
    shares = [float(some[1] / some.sum()) for some in reached]
    assert shares[0] > 3 * shares[1] > 0
    assert shares[2] == 0.0


def test_a_quieter_world_has_the_same_r():
    quiet = np.where(np.arange(400) < 60, 1.0, 0.3)
    made = _spread(supply=quiet)
    assert made.reproduction.tolist() == pytest.approx([0.6] * 400)
    assert _later(made) < _later(_spread())


@given(st.integers(2, 6), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_what_a_circle_breeds_is_kept_passed_on_or_lost(circles, crossing, lost):
    shares = passing(circles, crossing, lost)
    assert shares.sum(axis=0) == pytest.approx(np.full(circles, 1 - crossing * lost))
    assert (shares >= 0).all()


def test_nothing_pushed_is_refused():
    with pytest.raises(ValueError, match="nothing is pushed"):
        _spread(paid=np.zeros((400, 2, 2)), free=np.zeros((400, 2, 2)))
