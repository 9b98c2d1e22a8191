import json
from importlib import resources

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat.toplist.features import ABSENT, COLUMNS, NOW_COLUMNS, ahead, now, points
from longtake.heat.toplist.survival import model, survival

NAN = float("nan")
THRESHOLD = [1e5, 1e5, 1e5]


def column(features, name):
    return features[:, COLUMNS.index(name)]


def test_features_by_hand():
    e = np.e
    given = points(
        [e**2 * 10, NAN, e * 10, 10.0],
        [10.0, 10.0, 10.0, 10.0],
        hour=[23],
        weekday=6,
        rank=[3, NAN, 8, 20],
        reads=[e - 1, NAN, e**2 - 1, e**5 - 1],
        kind="film",
    )
    features = now(given)
    assert features.shape == (1, len(NOW_COLUMNS))
    assert [column(features, f"margin_{lag}")[0] for lag in range(4)] == pytest.approx([0, 1, ABSENT, 2])
    assert np.isnan(column(features, "margin_4")[0])
    assert column(features, "growth_0")[0] == pytest.approx(-1)
    assert column(features, "rank_change_0")[0] == 12
    assert column(features, "reads_1")[0] == pytest.approx(3)
    assert (column(features, "film")[0], column(features, "entertainment")[0]) == (1, 0)
    cycle = np.arange(24.0)
    later = ahead(features, given.hour, cycle, 3)
    assert (column(later, "target_hour")[0], column(later, "threshold_ahead")[0]) == (2, -21)


def test_a_topic_is_answered_alike_alone_and_among_others():
    hot = np.array([[9e5, 6e5, 4e5], [2e5, 1.5e5, 1.1e5]])
    both = survival(hot, THRESHOLD, hour=[15, 2], weekday=[2, 6], kind=("film", None))
    for row, (hour, weekday, kind) in enumerate(((15, 2, "film"), (2, 6, None))):
        alone = survival(hot[row], THRESHOLD, hour=hour, weekday=weekday, kind=kind)
        assert alone.probability == pytest.approx(both.probability[row])
        assert alone.log_heat == pytest.approx(both.log_heat[row])
        assert alone.probability.shape == (4,)


def test_probabilities_and_bands_are_in_order():
    rng = np.random.default_rng(0)
    hot = 1e5 * np.exp(np.abs(rng.normal(0, 1, (200, 4))))
    found = survival(hot, np.full(4, 1e5), hour=rng.integers(0, 24, 200), weekday=rng.integers(0, 7, 200))
    assert ((found.probability > 0) & (found.probability < 1)).all()
    assert (found.low <= found.log_heat).all()
    assert (found.log_heat <= found.high).all()
    assert found.probability[:, 0].mean() > found.probability[:, 3].mean()


def test_a_topic_far_above_the_list_stays_more_surely_than_one_at_its_edge():
    high = survival([9e5, 1.2e6, 1.5e6], THRESHOLD, hour=14, weekday=1)
    edge = survival([1.5e5, 1.2e5, 1.02e5], THRESHOLD, hour=14, weekday=1)
    assert (high.probability[:3] > edge.probability[:3] + 0.3).all()


def test_hours_before_the_last_six_are_not_looked_at():
    tail = [8e5, 7e5, 6e5, 5e5, 4e5, 3e5]
    long = survival([9e9, 9e9, *tail], [1e5] * 8, hour=9, weekday=3)
    assert long.probability.tolist() == survival(tail, [1e5] * 6, hour=9, weekday=3).probability.tolist()
    assert long.points == 6


def test_every_hour_ahead_up_to_six_is_answered():
    hot = [9e5, NAN, 6e5, 4e5]
    found = survival(hot, [1e5, NAN, 1e5, 1e5], hour=20, weekday=4, horizon_hours=(1, 2, 3, 4, 5, 6))
    assert found.horizon_hours.tolist() == [1, 2, 3, 4, 5, 6]
    assert np.isfinite(found.probability).all()


def test_refuses_what_it_cannot_answer():
    with pytest.raises(NotEnoughDataError) as refused:
        survival([9e5, NAN, 4e5], THRESHOLD, hour=1, weekday=1)
    assert (refused.value.needed, refused.value.got) == (3, 2)
    with pytest.raises(NotEnoughDataError):
        survival([9e5, 4e5, NAN, NAN, NAN, NAN, NAN, 4e5], [1e5] * 8, hour=1, weekday=1)
    for hot, changed, words in (
        ([9e5, 6e5, 4e5, NAN], {"threshold": [1e5] * 4}, "not on the list"),
        ([9e5, 6e5, 0.0], {}, "above zero"),
        ([9e5, 6e5, 4e5], {"hour": 24}, "hour"),
        ([9e5, 6e5, 4e5], {"weekday": 7}, "weekday"),
        ([9e5, 6e5, 4e5], {"kind": "opera"}, "kind"),
        ([9e5, 6e5, 4e5], {"rank": [1, 2]}, "rank"),
        ([9e5, 6e5, 4e5], {"horizon_hours": (7,)}, "horizon_hours"),
    ):
        given = {"threshold": THRESHOLD, "hour": 1, "weekday": 1} | changed
        with pytest.raises(ValueError, match=words):
            survival(hot, given.pop("threshold"), **given)


def test_the_packaged_model_fits_its_columns_and_says_where_it_comes_from():
    learned = model()
    for trees in (learned.stays, learned.change, learned.low, learned.high):
        column = np.where(trees.feature < 0, ~trees.feature, trees.feature)
        assert column.max() < len(COLUMNS)
    assert learned.cycle.shape == (24,)
    assert learned.cycle[4] < learned.cycle[12]
    folder = resources.files("longtake.heat.toplist") / "weights"
    card = json.loads((folder / "card.json").read_text("utf-8"))
    assert {"dates", "split", "licence_of_data", "do_not_use", "measured"} <= set(card)
    assert len((folder / "list.npz").read_bytes()) < 1_500_000
