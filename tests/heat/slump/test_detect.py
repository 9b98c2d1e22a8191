from __future__ import annotations

import numpy as np
import pytest

from longtake.errors import NotEnoughDataError
from longtake.heat import detect_slump
from longtake.simulate.renewal import renewal_world

HOURS = 720


def slump_of(world, **more):
    return detect_slump(world.counts, step_hours=1.0, events=world.events, seasonality=world.season, **more)


def broken(seed, *, after=0.4):
    r = np.where(np.arange(HOURS) < 360, 0.8, after)
    return renewal_world(np.random.default_rng([seed, 21]), hours=HOURS, rate=50.0, reproduction=r)


def test_a_break_is_seen_within_a_day_and_measured():
    alarms, onsets, severities, held = [], [], [], 0
    for seed in range(6):
        told = slump_of(broken(seed))
        assert told.kind == "wom_broke"
        alarms.append(told.alarm - 360)
        onsets.append(told.onset - 360)
        severities.append(told.severity.value)
        held += told.onset_low <= 360 <= told.onset_high
        assert told.lost.value > 0
        assert np.isnan(told.fall.kept[: told.onset]).all()
        assert np.isfinite(told.fall.kept[told.onset :]).all()
    assert 0 <= np.median(alarms) <= 24
    assert np.median(np.abs(onsets)) <= 6
    assert np.mean(severities) == pytest.approx(0.5, abs=0.08)
    assert held >= 4


def test_steady_word_of_mouth_raises_no_alarm():
    alarms = 0
    for seed in range(10):
        world = renewal_world(np.random.default_rng([seed, 22]), hours=HOURS, rate=50.0, reproduction=0.8)
        alarms += slump_of(world).detected
    assert alarms <= 2


def test_heat_that_goes_with_its_promotion_is_no_slump_and_is_named():
    kinds = []
    for seed in range(6):
        world = renewal_world(
            np.random.default_rng([seed, 23]), hours=HOURS, rate=50.0, reproduction=0.8, pulses=4,
            campaign=(48, 360, 3.0),
        )  # fmt: skip
        told = slump_of(world)
        assert not told.detected
        kinds.append(told.kind)
    assert kinds.count("promotion_ended") >= 4
    assert set(kinds) <= {"promotion_ended", None}


def test_heat_that_goes_with_its_showings_is_a_cut_of_supply():
    showings = np.where(np.arange(HOURS) < 360, 100.0, 30.0)
    kinds = []
    for seed in range(6):
        world = renewal_world(
            np.random.default_rng([seed, 24]), hours=HOURS, rate=50.0, reproduction=0.5,
            supply=(showings / 100.0) ** 0.73,
        )  # fmt: skip
        flat = world.season / (showings / 100.0) ** 0.73
        told = detect_slump(
            world.counts, step_hours=1.0, events=world.events, seasonality=flat, supply=showings
        )
        kinds.append(told.kind)
    assert kinds.count("supply_cut") >= 5


def test_a_fall_of_the_whole_platform_is_named():
    activity = np.where(np.arange(HOURS) < 360, 1.0, 0.4)
    kinds = []
    for seed in range(6):
        world = renewal_world(
            np.random.default_rng([seed, 25]), hours=HOURS, rate=50.0, reproduction=0.5, supply=activity
        )
        told = detect_slump(
            world.counts, step_hours=1.0, events=world.events, seasonality=world.season / activity,
            platform=activity,
        )  # fmt: skip
        kinds.append(told.kind)
    assert kinds.count("platform_wide") >= 5


def test_counts_that_fell_off_a_list_are_not_zeros():
    kinds = []
    for seed in range(4):
        world = renewal_world(np.random.default_rng([seed, 26]), hours=HOURS, rate=50.0, reproduction=0.6)
        floor = np.where(np.arange(HOURS) < 480, 0.0, 1e6)
        told = detect_slump(
            world.counts, step_hours=1.0, events=world.events, seasonality=world.season, floor=floor
        )
        kinds.append(told.kind)
    assert kinds.count("list_censoring") >= 3


def test_a_lower_chance_of_a_false_alarm_is_a_higher_threshold():
    world = broken(1)
    assert slump_of(world, false_alarm=0.01).threshold > slump_of(world, false_alarm=0.2).threshold


def test_what_comes_after_the_alarm_does_not_move_it():
    world = broken(2)
    told = slump_of(world)
    cut = told.alarm + 60
    early = detect_slump(
        world.counts[:cut],
        step_hours=1.0,
        events={name: one[:cut] for name, one in world.events.items()},
        seasonality=world.season[:cut],
    )
    assert early.detected
    assert abs(early.alarm - told.alarm) <= 24


def test_too_little_and_impossible_supply_are_refused():
    with pytest.raises(NotEnoughDataError, match="detect_slump needs"):
        detect_slump([4.0] * 9, step_hours=24.0)
    with pytest.raises(ValueError, match="supply holds a zero"):
        detect_slump([4.0] * 40, step_hours=24.0, supply=[0.0] * 40)


def test_a_holiday_that_ends_is_named_and_a_plain_day_and_night_is_not():
    holiday = np.where((np.arange(HOURS) >= 120) & (np.arange(HOURS) < 360), 2.5, 1.0)
    kinds, plain = [], []
    for seed in range(4):
        world = renewal_world(
            np.random.default_rng([seed, 27]), hours=HOURS, rate=50.0, reproduction=0.4, supply=holiday
        )
        kinds.append(slump_of(world).kind)
        calm = renewal_world(np.random.default_rng([seed, 28]), hours=HOURS, rate=50.0, reproduction=0.4)
        plain.append("holiday" in slump_of(calm).explained)
    assert kinds.count("holiday") >= 3
    assert not any(plain)
