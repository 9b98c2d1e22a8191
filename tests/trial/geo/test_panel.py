import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.trial.geo.panel import Panel
from trial.geo_worlds import NAMES, cities, panel


def test_shares_of_the_common_course_by_hand():
    one = Panel(np.array([8.0, 2.0]), np.array([[4.0, 2.0], [2.0, 1.0]]), ("a", "b"), 1, 1)
    shares, course = one.relative()
    assert course.tolist() == [1.0, 0.5]
    assert shares.treated.tolist() == [8.0, 4.0]
    silent = Panel(np.array([8.0, 2.0]), np.array([[4.0, 0.0], [2.0, 0.0]]), ("a", "b"), 1, 1)
    assert silent.relative()[1].tolist() == [1.0, 1.0]


def test_donors_with_gaps_are_set_aside_and_days_without_the_treated_left_out():
    table = cities()
    table[5, 10] = np.nan
    table[9] = 0
    table[3, 4] = np.nan
    one = panel(table)
    assert one.aside == ("city 05", "city 09")
    assert (one.start, one.days) == (55, 69)


def test_refuses_what_cannot_be_a_panel():
    with pytest.raises(NotEnoughDataError, match="donor cities"):
        panel(cities(), without=[name for name in NAMES if name not in {"city 03", "city 07", "city 00"}])
    with pytest.raises(ValueError, match="unknown"):
        panel(cities(), treated=["Atlantis"])
    with pytest.raises(NotEnoughDataError, match="days before"):
        panel(cities(), start=4)
