import time

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.index.heat import heat_index

NAN = float("nan")


def made(seed=0, size=120, platforms=("weibo", "douban", "maoyan")):
    rng = np.random.default_rng(seed)
    level = 5 + np.cumsum(rng.normal(0, 0.1, size))
    return {
        name: np.exp(level + 0.5 * place + rng.normal(0, 0.1 + 0.1 * place, size))
        for place, name in enumerate(platforms)
    }


def test_a_surge_of_the_whole_platform_cancels():
    counts = made()
    surge = np.ones(120)
    surge[60:80] = 5.0
    # 1 + y is what is normalised.
    more = counts | {"weibo": (1 + counts["weibo"]) * surge - 1}
    plain = heat_index(counts, activity={"weibo": np.ones(120)})
    assert heat_index(more, activity={"weibo": surge}).index == pytest.approx(plain.index)
    assert heat_index(more).index[70] > 1.3 * plain.index[70]


def test_season_is_taken_out_like_activity():
    counts = made()
    wave = np.exp(np.sin(np.arange(120)))
    more = counts | {"douban": (1 + counts["douban"]) * wave - 1}
    assert heat_index(more, season={"douban": wave}).index == pytest.approx(heat_index(counts).index)


def test_a_platform_that_drops_out_takes_no_heat_with_it():
    flat = {"big": np.full(40, 5000.0), "small": np.full(40, 30.0)}
    flat["big"][20:] = NAN
    found = heat_index(flat)
    assert found.index == pytest.approx(np.full(40, 100.0))
    assert (found.high80[30] - found.low80[30]) >= (found.high80[5] - found.low80[5])
    assert found.contributions["big"][30] == 0.0


def test_a_bound_pulls_down_less_than_a_low_count_and_more_than_nothing():
    counts = made()
    usual = float(counts["weibo"][60])

    def at_60(count, bound=NAN):
        series = counts["weibo"].copy()
        series[60] = count
        bounds = np.full(120, NAN)
        bounds[60] = bound
        return heat_index(counts | {"weibo": series}, censored_below={"weibo": bounds}).index[60]

    below = usual / 1.5
    assert at_60(below / 3) < at_60(NAN, below) < at_60(NAN)
    assert at_60(NAN, usual * 1000) == pytest.approx(at_60(NAN), rel=1e-3)
    assert at_60(NAN, below) < at_60(NAN, usual)


def test_the_order_and_names_of_platforms_do_not_matter():
    counts = made()
    turned = dict(reversed(counts.items()))
    one, other = heat_index(counts), heat_index(turned)
    assert one.index == pytest.approx(other.index)
    assert one.loadings == pytest.approx(other.loadings)
    assert np.mean(list(one.loadings.values())) == pytest.approx(1.0)


def test_scaling_a_platform_changes_nothing_but_its_offset():
    counts = made()
    more = counts | {"maoyan": (1 + counts["maoyan"]) * 1000 - 1}
    assert heat_index(more).index == pytest.approx(heat_index(counts).index, rel=1e-6)


def test_the_reference_stands_at_a_hundred():
    flat = {"weibo": np.full(20, 199.0), "douban": np.full(20, 49.0)}
    found = heat_index(flat, reference={"weibo": 100.0, "douban": 25.0})
    assert found.base == "reference"
    assert found.index == pytest.approx(np.full(20, 200.0))


def test_bands_are_nested_and_shares_stay_below_one():
    found = heat_index(made())
    assert (found.low95 <= found.low80).all()
    assert (found.low80 <= found.index).all()
    assert (found.index <= found.high80).all()
    assert (found.high80 <= found.high95).all()
    total = sum(found.contributions.values())
    assert ((total >= 0) & (total <= 1 + 1e-9)).all()


def test_a_month_of_hours_on_five_platforms_takes_a_tenth_of_a_second():
    counts = made(5, 720, ("a", "b", "c", "d", "e"))
    heat_index(counts)
    took = []
    for _ in range(3):
        start = time.process_time()
        heat_index(counts)
        took.append(time.process_time() - start)
    assert min(took) < 0.1


def test_refuses_what_it_cannot_answer():
    with pytest.raises(NotEnoughDataError):
        heat_index({"weibo": [1.0] * 7})
    with pytest.raises(NotEnoughDataError):
        heat_index({"weibo": [NAN] * 20})
    with pytest.raises(ValueError, match="below zero"):
        heat_index({"weibo": [-1.0] * 9})
    with pytest.raises(ValueError, match="shapes"):
        heat_index({"weibo": [1.0] * 9, "douban": [1.0] * 8})
    with pytest.raises(ValueError, match="no counts"):
        heat_index({"weibo": [1.0] * 9}, season={"douban": [1.0] * 9})
    assert heat_index({"weibo": [1.0] * 9, "douban": [NAN] * 9}).left_out == ("douban",)
