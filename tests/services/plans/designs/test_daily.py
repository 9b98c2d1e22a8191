"""A metric day by day: whole days alone, gaps told apart from nothing."""

from datetime import timedelta

import pytest

import plan_worlds as worlds
from longtake.services.plans.designs.daily import daily, latest


@pytest.fixture(scope="module")
def draft(tmp_path_factory):
    counts = [30, 0, 3, 12, 9]
    world = worlds.World(tmp_path_factory.mktemp("daily"), counts, texts=("推荐大家去看", "一般吧，路过看看"))
    with world.until(5).desk() as desk:
        yield desk.draft


def test_the_last_day_is_left_out_and_a_silent_day_is_a_zero(draft):
    found = daily(draft, "comments_a_day")
    assert (found.first, found.values) == (worlds.FIRST, (30.0, 0.0, 3.0, 12.0, 9.0))
    assert latest(draft) == worlds.FIRST + timedelta(days=5)


def test_a_share_is_not_known_on_a_day_of_few(draft):
    found = daily(draft, "recommend")
    assert found.values == (0.5, None, None, 0.5, pytest.approx(5 / 9))


def test_days_outside_are_not_known(draft):
    found = daily(draft, "comments_a_day")
    ends = worlds.FIRST - timedelta(days=1), worlds.FIRST + timedelta(days=1)
    assert found.between(*ends) == (None, 30.0, 0.0)


@pytest.mark.parametrize("metric", ["reproduction", "makers", "tickets_a_day"])
def test_what_has_no_days_is_none(draft, metric):
    assert daily(draft, metric) is None
