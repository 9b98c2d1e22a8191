from __future__ import annotations

import numpy as np
import pytest

from longtake.domain.estimate import Unknown
from longtake.errors import NotEnoughDataError
from longtake.heat import decompose
from longtake.heat.decomposition.plausible import Plausible
from longtake.heat.decomposition.response import excess
from longtake.heat.decomposition.surges import upper_tail
from longtake.heat.renewal.fit import Setting
from longtake.simulate.renewal import renewal_world


def told_of(world, **more):
    return decompose(world.counts, step_hours=1.0, events=world.events, seasonality=world.season, **more)


@pytest.fixture(scope="module")
def world():
    return renewal_world(np.random.default_rng(8), hours=720, rate=50.0, reproduction=0.6)


@pytest.fixture(scope="module")
def told(world):
    return told_of(world)


@pytest.mark.parametrize("steady", [True, False])
@pytest.mark.parametrize("r", [0.3, 0.6, 0.9])
def test_what_made_the_counts_comes_back(r, steady):
    errors, shares, held = [], [], 0
    for seed in range(8):
        world = renewal_world(
            np.random.default_rng([seed, 41]), hours=720, rate=50.0, reproduction=r, steady=steady
        )
        told = told_of(world)
        errors.append(told.reproduction_number.value - r)
        shares.append(told.exogenous_share.value - world.exogenous_share)
        held += told.reproduction_number.low <= r <= told.reproduction_number.high
    assert np.sqrt(np.mean(np.square(errors))) < 0.08
    assert np.sqrt(np.mean(np.square(shares))) < 0.08
    assert held >= 5


def test_parts_add_up_to_what_is_fitted_and_fit_the_counts(world, told):
    assert told.exogenous + told.endogenous == pytest.approx(told.fitted)
    assert told.fitted.sum() == pytest.approx(world.counts.sum(), rel=0.01)


def test_promotion_with_offspring_is_more_than_promotion_alone(told):
    assert told.promotion_share.value < told.promotion_total.value
    assert told.promotion_share.value < told.exogenous_share.value
    totals = sum(total.value for total in told.event_totals.values())
    assert totals == pytest.approx(told.promotion_total.value)


def test_counts_of_pushes_come_back(world, told):
    ratios = [told.event_effects[name].value / mass for name, mass in world.masses.items()]
    assert np.median(ratios) == pytest.approx(1.0, abs=0.15)


def test_twice_the_intensity_is_half_the_effect(world, told):
    louder = {name: 2 * intensity for name, intensity in world.events.items()}
    other = decompose(world.counts, step_hours=1.0, events=louder, seasonality=world.season)
    for name, effect in told.event_effects.items():
        assert other.event_effects[name].value == pytest.approx(effect.value / 2, rel=1e-6)
    assert other.reproduction_number.value == pytest.approx(told.reproduction_number.value, abs=1e-9)


def test_the_order_of_the_events_does_not_matter(world, told):
    turned = dict(reversed(world.events.items()))
    other = decompose(world.counts, step_hours=1.0, events=turned, seasonality=world.season)
    assert other.reproduction_number == told.reproduction_number
    assert other.event_effects == told.event_effects


def test_missing_hours_are_not_zeros(world, told):
    gaps = world.counts.copy()
    gaps[np.random.default_rng(2).choice(720, 140, replace=False)] = np.nan
    other = decompose(gaps, step_hours=1.0, events=world.events, seasonality=world.season)
    assert other.reproduction_number.n == 580
    assert abs(other.reproduction_number.value - told.reproduction_number.value) < 0.12
    zeros = decompose(np.nan_to_num(gaps), step_hours=1.0, events=world.events, seasonality=world.season)
    assert zeros.scatter > 3 * other.scatter


def test_pushes_that_nobody_named_are_found_and_do_not_pass_for_breeding():
    plain, blind = [], []
    for seed in range(4):
        world = renewal_world(
            np.random.default_rng([seed, 5]), hours=720, rate=50.0, reproduction=0.3, hidden=2
        )
        told = told_of(world)
        assert "unnamed_surges" in told.doubts
        assert told.unnamed_share.value > 0
        plain.append(told.reproduction_number.value - 0.3)
        blind.append(decompose(world.counts, step_hours=1.0, seasonality=world.season))
    assert np.mean(plain) < 0.1
    assert all("few_pulses" in one.doubts and not one.identified for one in blind)


def test_a_series_with_one_push_does_not_state_r():
    push = np.zeros(60)
    push[20] = 1.0
    counts = np.random.default_rng(1).poisson(10 + 200 * push)
    told = decompose(counts, step_hours=24.0, events={"ad": push})
    assert "few_pulses" in told.doubts
    assert not told.identified
    assert isinstance(told.response_number, Unknown)


def test_two_acts_at_the_same_hours_are_told_to_be_one(world):
    events = {**world.events, "echo": world.events["pulse 01"] * 3}
    told = decompose(world.counts, step_hours=1.0, events=events, seasonality=world.season)
    assert ("echo", "pulse 01") in told.alike
    assert "alike" in told.doubts


def test_an_event_that_no_seen_step_holds_has_no_effect(world):
    told = decompose(
        world.counts,
        step_hours=1.0,
        events={**world.events, "later": np.zeros(720)},
        seasonality=world.season,
    )
    assert told.event_effects["later"] == Unknown(
        "never_seen", told.reproduction_number.method, "counts per unit", 720
    )


def test_the_same_counts_give_the_same_bytes(world, told):
    again = told_of(world)
    assert again.fitted.tobytes() == told.fitted.tobytes()
    assert again.promotion_total == told.promotion_total
    assert again.half_life_hours == told.half_life_hours


def test_a_wider_level_gives_a_wider_interval(world, told):
    wide = told_of(world, level=0.99)
    assert wide.reproduction_number.low < told.reproduction_number.low
    assert wide.reproduction_number.high > told.reproduction_number.high


@pytest.mark.parametrize(
    ("counts", "events", "message"),
    [
        ([[1.0] * 30], None, "not one series"),
        ([-1.0] + [2.0] * 30, None, "below zero"),
        ([2.0] * 30, {"ad": [0.0] * 29}, "'ad' has shape"),
        ([2.0] * 30, {"ad": [0.0] * 29 + [-1.0]}, "'ad' holds"),
    ],
)
def test_malformed_input_is_refused_by_name(counts, events, message):
    with pytest.raises(ValueError, match=message):
        decompose(counts, step_hours=24.0, events=events)


@pytest.mark.parametrize("counts", [[5.0] * 13, [0.0] * 50, [np.nan] * 40 + [9.0] * 10])
def test_too_little_is_refused_in_words(counts):
    with pytest.raises(NotEnoughDataError, match="decompose needs at least"):
        decompose(counts, step_hours=24.0)


def test_the_upper_tail_is_the_sum_of_its_terms():
    from scipy.stats import nbinom

    mean, size = np.array([3.0, 40.0]), 1 / 0.03
    counts = np.array([5.0, 70.0])
    assert upper_tail(counts, mean, size) == pytest.approx(nbinom.sf(counts - 1, size, size / (size + mean)))


def test_a_fall_of_r_is_doubted_and_told_along_its_path():
    r = np.where(np.arange(720) < 360, 0.8, 0.3)
    plain, along, doubted = [], [], 0
    for seed in range(4):
        world = renewal_world(np.random.default_rng([seed, 9]), hours=720, rate=20.0, reproduction=r)
        given = {"step_hours": 1.0, "events": world.events, "seasonality": world.season}
        told = decompose(world.counts, **given)
        doubted += "moving" in told.doubts
        plain.append(told.exogenous_share.value - world.exogenous_share)
        told = decompose(world.counts, **given, drift=r / float(world.expected @ r / world.expected.sum()))
        assert "moving" not in told.doubts
        along.append(told.exogenous_share.value - world.exogenous_share)
    assert doubted == 4
    assert np.abs(along).mean() < 0.05 < np.abs(plain).mean()


def test_a_steady_r_is_not_taken_to_move(told):
    assert "moving" not in told.doubts


def test_a_drift_of_one_changes_nothing(world, told):
    same = told_of(world, drift=np.ones(720))
    assert same.half_life_hours.value == pytest.approx(told.half_life_hours.value, rel=1e-9)
    assert same.reproduction_number == told.reproduction_number


def test_what_follows_a_push_is_the_recursion_written_out_where_r_moves():
    drift = np.array([1.0, 1.0, 0.5, 0.0])
    near = Plausible(0.5, 0.1, np.zeros(1), np.array([[8.0]]), np.array([[0.5]]), np.zeros((1, 1)))
    push = np.array([[1.0, 0.0, 0.0, 0.0]])
    setup = Setting(np.ones(4), push, np.zeros(1), np.ones(4), np.ones(1), drift=drift)
    assert excess(near, setup, after=1).ravel().tolist() == [8.0, 4.0, 1.0, 0.0, 0.0]
