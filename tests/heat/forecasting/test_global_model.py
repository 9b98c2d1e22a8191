import numpy as np
import pytest

from longtake.heat.forecasting.features import BLOCKS, blocks, promotion_index
from longtake.heat.forecasting.global_model import Stack, global_path, packaged, stacked
from longtake.heat.forecasting.renewal_path import RenewalPath
from longtake.heat.forecasting.tables import promotion_table, views_table


def test_ratios_of_the_damped_mean_give_the_damped_mean():
    table = views_table(np.full((1, 60), 80.0), horizon=30)
    middles = [(first + stop - 1) / 2 for first, stop in BLOCKS]
    damped = table.damped[0]
    at = np.interp(middles, np.arange(30), damped)
    ratios = np.log((at + 0.5) / 80.5)[None]
    assert global_path(ratios, table)[0] == pytest.approx(damped, rel=1e-4)


@pytest.mark.parametrize("horizon", [1, 2, 3, 5, 8, 30, 60])
def test_higher_ratios_are_higher_paths(horizon):
    rng = np.random.default_rng(horizon)
    table = views_table(rng.poisson(50.0, (4, 60)).astype(float), horizon=horizon)
    ratios = rng.normal(size=(4, len(table.rows)))
    less = global_path(ratios, table)
    more = global_path(ratios + rng.random(ratios.shape), table)
    assert less.shape == (4, horizon)
    assert (more >= less).all()


def test_a_stack_of_one_is_that_one():
    paths = np.random.default_rng(0).gamma(2.0, 30.0, (3, 5, 7))
    assert stacked(paths, np.array([0.0, 1.0, 0.0])) == pytest.approx(paths[1])


def test_what_is_stored_reads_back_the_same():
    stack = packaged()["promotion"]
    again = Stack.read(stack.stored("one"), "one")
    counts = np.random.default_rng(1).poisson(50.0, (3, 60)).astype(float)
    table = promotion_table(counts, np.ones((3, 1, 60)), np.ones((3, 1, 30)))
    one, other = (each.band(table, counts, level=0.8) for each in (stack, again))
    assert np.array_equal(one.mean, other.mean)
    assert one.high == pytest.approx(other.high)


def test_one_series_is_forecast_as_among_many():
    counts = np.random.default_rng(2).poisson(50.0, (5, 60)).astype(float)
    stack = packaged()["views"]
    together = stack.band(views_table(counts, horizon=30), counts, level=0.8)
    alone = stack.band(views_table(counts[3:4], horizon=30), counts[3:4], level=0.8)
    assert alone.mean[0] == pytest.approx(together.mean[3])


def test_a_block_reached_in_part_is_the_mean_of_the_part():
    assert blocks(np.arange(8.0)[None]).tolist() == [[1.0, 4.5, 7.0]]


def test_the_index_is_one_as_usual_and_shared_by_effect():
    pushes = np.stack([np.full(60, 2.0), np.full(60, 10.0), np.zeros(60)])[None]
    fitted = RenewalPath(
        np.ones(1), np.array([[3.0, 0.2, 5.0]]), np.ones((1, 1)), np.ones((1, 1)), np.ones(1), np.ones(1)
    )
    unit, known = promotion_index(pushes, fitted)
    # 3 * 2 against 0.2 * 10: three quarters and a quarter.
    assert unit[0] == pytest.approx([0.75 / 2, 0.25 / 10, 0.0])
    assert known.all()
