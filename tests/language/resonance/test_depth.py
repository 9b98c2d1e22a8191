from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.language.copying.floods import floods
from longtake.language.resonance import LADDER, Unit, core, persistence, ratio


def test_copies_of_one_in_a_hundred_ten_thousandfold_hardly_move_depth_and_are_shown():
    random = np.random.default_rng(3)
    texts = [
        f"{''.join(random.choice(list('天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往'), 14))}"
        for _ in range(3_000)
    ]
    deep = random.random(3_000) < 0.2
    copied = list(range(0, 3_000, 100))
    many = texts + [texts[i] for i in copied for _ in range(10_000)]
    marks = np.concatenate((deep, np.repeat(deep[copied], 10_000)))
    found = floods(many)
    assert found.storm[3_000:].all()
    before = ratio({"long": float(deep.sum()), "comment": float((~deep).sum())}, 3_000.0)
    weighted = {"long": float(found.weight[marks].sum()), "comment": float(found.weight[~marks].sum())}
    after = ratio(weighted, float(found.weight.sum()))
    assert after.quantity.value == pytest.approx(before.quantity.value, rel=0.05)


def test_a_unit_of_few_exposures_is_drawn_to_the_others_and_one_of_many_is_not():
    units = [Unit({"share": 10.0 + k}, 1_000.0) for k in (-3, -1, 0, 1, 3)]
    small, large = (ratio({"share": 0.5 * x}, x, units=units).quantity.value for x in (10.0, 1_000_000.0))
    assert small < 0.2 * LADDER["share"]
    assert large == pytest.approx(0.5 * LADDER["share"], rel=0.01)


def test_an_unknown_rung_is_named_and_never_zero():
    with_none = ratio({"like": 50.0, "share": None}, 500.0)
    assert "share" in with_none.left_out
    assert with_none.weights == {"like": 1.0}
    assert with_none.quantity == ratio({"like": 50.0}, 500.0).quantity
    assert ratio({"like": 50.0, "share": 0.0}, 500.0).quantity.value > with_none.quantity.value


@pytest.mark.parametrize("counts", [{"like": -1.0}, {"laugh": 1.0}, {"like": float("nan")}])
def test_what_cannot_be_counted_is_refused(counts):
    with pytest.raises(ValueError, match="rung"):
        ratio(counts, 10.0)


def test_without_exposures_or_with_too_few_of_them_there_is_no_ratio():
    assert ratio({"like": 1.0}, None).quantity.reason == "no_exposures"
    assert ratio({"like": 1.0}, 0.0).quantity.reason == "no_exposures"
    assert ratio({"like": 11.0}, 10.0).quantity.reason == "more_than_seen"


@given(st.integers(30, 5_000), st.floats(0, 1))
def test_the_core_lies_in_its_interval_and_narrows_with_rows(whole, part):
    few, many = core(part * whole, whole).quantity, core(part * whole * 16, whole * 16).quantity
    assert few.low <= few.value <= few.high
    assert many.high - many.low <= few.high - few.low + 1e-9


def test_the_interval_of_a_rate_holds_it_nine_times_in_ten():
    random = np.random.default_rng(11)
    held = 0
    for _ in range(400):
        found = core(float(random.binomial(400, 0.13)), 400.0).quantity
        held += found.low <= 0.13 <= found.high
    assert 0.86 <= held / 400 <= 0.95


def test_persistence_waits_for_day_fourteen_and_does_not_read_gaps_as_zero():
    days = [10.0, 400.0, 300.0, *[50.0] * 30]
    found = persistence(days).quantity
    assert isinstance(found, Estimate)
    assert found.value == pytest.approx(50 / 350)
    days[15] = float("nan")
    assert persistence(days).quantity == Unknown("not_yet", found.method, "share", found.n - 50)
    assert persistence([float("nan")]).quantity.reason == "no_rows"
    with pytest.raises(ValueError, match="negative"):
        persistence([-1.0])
