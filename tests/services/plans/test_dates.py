"""From where a film stands to days: lanes side by side, one metric at a time, the release respected."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

import plan_worlds
from longtake.domain.running.life import LANES
from longtake.services.plans.dates import dated

TODAY = date(2026, 1, 20)
CAUSES = sorted(LANES)
DESIGNS = ("ab_test", "interrupted_series", "before_after", "matched_cities")


def stages(asked):
    made = [
        plan_worlds.stage(f"{k:02d}", cause=cause, design=design, horizon_days=days)
        for k, (cause, design, days) in enumerate(asked)
    ]
    return tuple(made)


ASKED = st.lists(st.tuples(st.sampled_from(CAUSES), st.sampled_from(DESIGNS), st.integers(1, 20)), max_size=6)


@given(ASKED, st.integers(-60, 60) | st.none(), st.booleans())
def test_no_lane_does_two_things_at_once_and_nothing_starts_in_the_past(asked, away, waits):
    release = None if away is None else TODAY + timedelta(days=away)
    made = stages(asked)
    found = dated(made, today=TODAY, release=release, waits=waits)
    for stage, one in zip(made, found, strict=True):
        assert one.begins > TODAY
        assert (one.ends - one.begins).days == stage.goal.horizon_days - 1
    for k, one in enumerate(found):
        for other in found[:k]:
            assert one.begins > other.ends  # one metric: never two at a time


def test_lanes_run_side_by_side_when_their_metrics_differ():
    goals = {"external": "comments_a_day", "mismatch": "violated"}
    made = []
    for k, (cause, name) in enumerate(goals.items()):
        one = plan_worlds.stage(f"{k:02d}", cause=cause, design="ab_test")
        made.append(
            type(one)(**{**_fields(one), "goal": type(one.goal)(**{**_fields(one.goal), "metric": name})})
        )
    found = dated(made, today=TODAY, release=None, waits=False)
    assert [one.begins for one in found] == [TODAY + timedelta(days=1)] * 2


def test_a_forecast_waits_a_fortnight_after_the_release():
    (one,) = dated(stages([("external", "interrupted_series", 7)]), today=TODAY, release=TODAY, waits=False)
    assert one.begins == TODAY + timedelta(days=14)
    release = TODAY + timedelta(days=3)
    (test,) = dated(stages([("mismatch", "ab_test", 7)]), today=TODAY, release=release, waits=False)
    assert (test.begins, test.crosses) == (release, False)


def test_what_waits_begins_after_what_is_collected():
    made = stages([("collect", "before_after", 3), ("mismatch", "ab_test", 7)])
    found = dated(made, today=TODAY, release=None, waits=True)
    assert found[1].begins == found[0].ends + timedelta(days=1)


def _fields(value):
    return {name: getattr(value, name) for name in value.__dataclass_fields__}
