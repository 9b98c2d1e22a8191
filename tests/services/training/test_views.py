import numpy as np
import pytest

from longtake.errors import NotFoundError
from longtake.services.training.views.grow import decoys, stack_weights
from longtake.services.training.views.measure import accuracy
from longtake.services.training.views.videos import read
from longtake.services.training.views.worlds import worlds


def test_a_perfect_forecast_is_never_off():
    rng = np.random.default_rng(0)
    after, before = rng.gamma(2.0, 50.0, (30, 30)), rng.gamma(2.0, 50.0, (30, 90))
    assert accuracy(after, after, before) == pytest.approx(dict.fromkeys(accuracy(after, after, before), 0.0))


def test_percentile_error_looks_at_order_alone_and_the_others_at_size():
    after = np.array([[1.0], [2.0], [3.0], [4.0]])
    found = accuracy(after * 3, after, np.random.default_rng(1).random((4, 20)))
    assert found["mapcte"] == 0.0
    assert found["ape"] == pytest.approx(200.0)
    assert found["smape"] == pytest.approx(100.0)
    swapped = accuracy(after[[1, 0, 2, 3]], after, np.random.default_rng(1).random((4, 20)))
    # Two of four are one rank of four off.
    assert swapped["mapcte"] == pytest.approx(12.5)


def test_the_member_that_is_right_gets_the_weight():
    rng = np.random.default_rng(2)
    after = rng.gamma(5.0, 50.0, (40, 30))
    members = np.stack([after * 1.5, after, after * 2])
    assert stack_weights([members], [after])[1] > 0.9
    assert stack_weights([members], [after], (0.3, 0.0, 0.0))[0] >= 0.3


def test_decoys_are_someone_elses_promotion_and_ones_own_counts():
    real = worlds(3, series=90)
    odd = decoys(real)
    assert np.array_equal(odd.counts, real.counts[::3])
    assert not (odd.shares == real.shares[::3]).all(axis=1).any()


def test_the_same_series_grow_the_same_trees():
    pytest.importorskip("lightgbm")
    from longtake.services.training.views.grow import grow

    videos = worlds(2, series=60)
    one, other = (grow(videos, "promotion", trees=4).whole for _ in range(2))
    assert {name: part.tobytes() for name, part in one.stored("x").items()} == {
        name: part.tobytes() for name, part in other.stored("x").items()
    }


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(NotFoundError, match="youtube_daily_views"):
        read(tmp_path)
