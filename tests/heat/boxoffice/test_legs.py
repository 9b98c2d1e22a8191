import math
from datetime import date, timedelta

import pytest

from longtake.heat.boxoffice.legs import legs

OPEN = date(2026, 1, 9)


def days(n, first=0):
    return [OPEN + timedelta(days=first + i) for i in range(n)]


def test_previews_count_in_day_one():
    run = legs(days(6, -2), [5.0, 5.0, 40.0, 30.0, 20.0, 100.0], release=OPEN)
    assert (run.opening.value, run.total.value, run.legs_3.value) == (100.0, 200.0, 2.0)
    assert run.previews.value == 10.0
    assert run.legs_3.low == run.legs_3.high == 2.0


def test_a_run_that_halves_each_week():
    run = legs(days(21), [100.0 * 0.5 ** (i // 7) for i in range(21)])
    assert (run.weekly_ratio.value, run.weekly_decline.value) == (0.5, 0.5)
    assert run.legs_7.value == 1.75
    assert run.legs_3.value == pytest.approx(1225 / 300)


def test_cities_of_one_day_add_up():
    assert legs(days(4) + days(4), [10.0] * 8).total.value == 80.0


def test_a_missing_later_day_leaves_a_lower_bound():
    run = legs(days(5), [10.0, 10.0, 10.0, None, 10.0])
    assert run.missing == (OPEN + timedelta(days=3),)
    assert (run.legs_3.value, run.legs_3.high) == (4 / 3, math.inf)
    assert run.legs_7.reason == "too_few_points"


def test_refusals():
    assert legs(days(3), [1.0] * 3).reason == "too_few_rows"
    assert legs(days(5), [1.0, None, 1.0, 1.0, 1.0]).reason == "no_opening"
    assert legs([], []).reason == "no_rows"
    assert legs(days(8), [1.0] * 8).weekly_ratio.reason == "too_few_rows"
    with pytest.raises(ValueError, match="takings"):
        legs(days(1), [-1.0])
    with pytest.raises(ValueError, match="dates"):
        legs(days(2), [1.0])
