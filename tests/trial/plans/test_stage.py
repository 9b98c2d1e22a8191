import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.errors import NotEnoughDataError
from longtake.trial.its.start import AfterWorst, OnDay
from longtake.trial.plans.across_cities import judge_cities, register_cities
from longtake.trial.plans.before_after import judge, register
from longtake.trial.plans.stage import Registered, Stage, verdict
from longtake.trial.plans.world import FADING, STEADY, Heat, campaign, city_campaign


def registered(**how):
    stage = Stage(**({"name": "recut", "metric": "comments", "days": 14, "smallest_effect": 0.2} | how))
    return Registered.of(stage, power=0.7, smallest_found=0.25, data_seal="x")


def told(low, value, high):
    return Estimate(value, low, high, 0.9, "share", "by hand", 70)


@pytest.mark.parametrize(
    ("ends", "outcome", "worthwhile", "ruled_out"),
    [
        ((0.05, 0.15, 0.3), "improved", False, False),
        ((0.25, 0.3, 0.4), "improved", True, False),
        ((0.01, 0.05, 0.1), "improved", False, True),
        ((-0.1, 0.1, 0.3), "no_evidence", False, False),
        ((-0.1, 0.0, 0.1), "no_evidence", False, True),
        ((-0.5, -0.3, -0.1), "worse", False, True),
        ((0.0, 0.1, 0.2), "no_evidence", False, False),
    ],
)
def test_the_interval_alone_decides(ends, outcome, worthwhile, ruled_out):
    found = verdict(registered(), told(*ends), days=14, data_seal="x")
    assert (found.outcome, found.worthwhile, found.ruled_out) == (outcome, worthwhile, ruled_out)
    assert (found.underpowered, found.wording, found.deviations) == (True, "points_to", ())


@given(st.floats(-0.9, 2), st.floats(0, 1), st.floats(0, 1))
def test_less_is_better_is_the_mirror_image(value, below, above):
    up = verdict(registered(), told(value - below, value, value + above), days=14, data_seal="x")
    down = verdict(
        registered(smallest_effect=-0.2), told(-value - above, -value, -value + below), days=14, data_seal="x"
    )
    assert (up.outcome, up.worthwhile, up.ruled_out) == (down.outcome, down.worthwhile, down.ruled_out)


@pytest.mark.parametrize(
    ("evidence", "wording"),
    [
        ("randomised", "caused"),
        ("geo-randomised", "caused"),
        ("platform-split", "points_to"),
        ("quasi-experiment", "points_to"),
        ("observational", "coincides"),
    ],
)
def test_words_follow_the_label_and_any_deviation_lowers_it(evidence, wording):
    one = registered(evidence=evidence)
    assert verdict(one, told(0.1, 0.2, 0.3), days=14, data_seal="x").wording == wording
    changed = verdict(one, told(0.1, 0.2, 0.3), days=13, data_seal="y")
    assert (changed.evidence, changed.wording) == ("observational", "coincides")
    assert changed.deviations == ("days_changed", "comparison_changed")


def test_no_interval_is_no_verdict():
    found = verdict(registered(), Unknown("poor_fit", "m", "share", 9), days=14, data_seal="x")
    assert (found.outcome, found.worthwhile, found.ruled_out) == ("unknown", False, False)


def test_a_stage_that_could_not_be_judged_is_refused():
    with pytest.raises(ValueError, match="smallest effect"):
        registered(smallest_effect=0)
    with pytest.raises(ValueError, match="stage"):
        registered(days=0)
    with pytest.raises(ValueError, match="level"):
        verdict(registered(level=0.95), told(0.1, 0.2, 0.3), days=14, data_seal="x")
    with pytest.raises(ValueError, match="is no randomised"):
        register(Stage("a", "b", 7, 0.1, evidence="randomised"), np.ones(40))


def test_a_changed_stage_has_another_seal():
    assert registered().seal == registered().seal
    assert len({registered().seal, registered(days=15).seal, registered(level=0.8).seal}) == 3


def test_a_registered_stage_is_judged_as_printed():
    made = campaign(np.random.default_rng(3), FADING, days=80, judged=14, lift=1.0, start=60)
    one = register(Stage("recut", "comments", 14, 1.0), made.counts[:60])
    found, change = judge(one, made.counts[60:74])
    assert found.outcome == "improved"
    assert found.power == one.registered.power
    assert one.frozen.power(one.registered.smallest_found) == pytest.approx(0.8, abs=1e-6)
    assert change.effect.low < 1.0 < change.effect.high
    with pytest.raises(NotEnoughDataError, match="needs at least 14 steps"):
        judge(one, made.counts[60:70])


def test_a_stage_that_wants_less_is_powered_for_less():
    steady = 100 * np.exp(np.random.default_rng(0).normal(0, 0.1, 60))
    one = register(Stage("moderation", "complaints", 14, -0.4), steady)
    assert one.registered.power > 0.95
    assert -0.4 < one.registered.smallest_found < 0
    found, change = judge(one, np.full(14, 50.0))
    assert found.outcome == "improved"
    assert change.effect.high < 0


def test_nothing_put_in_is_seldom_called_an_improvement():
    improved = held = naive = 0
    for seed in range(60):
        rng = np.random.default_rng([seed, 5])
        made = campaign(rng, FADING, days=90, judged=14, lift=0.0, start=50)
        found, change = judge(register(Stage("a", "b", 14, 0.3), made.counts[:50]), made.counts[50:64])
        improved += found.outcome == "improved"
        held += change.effect.low <= 0 <= change.effect.high
        naive += made.counts[50:64].mean() < 0.8 * made.counts[36:50].mean()
    assert improved <= 6
    assert held >= 50
    assert naive >= 10


def test_a_start_after_the_slump_names_its_rule():
    made = campaign(np.random.default_rng(2), STEADY, days=100, judged=14, lift=0.0)
    assert isinstance(made.rule, AfterWorst)
    assert made.rule.starts(made.counts[None])[0] == made.start
    one = register(Stage("a", "b", 14, 0.3), made.counts[: made.start], rule=made.rule, length=100)
    assert one.frozen.rebound > 0
    assert isinstance(
        campaign(np.random.default_rng(2), STEADY, days=100, judged=14, lift=0, start=50).rule, OnDay
    )


def test_the_course_by_hand_and_the_lift_where_it_was_put():
    flat = Heat(peak=1e6, quick=1e-6, lasting=0.0, floor=1.0, weekend=2.0, noise=0.0, crowding=0.0)
    assert flat.course(8) == pytest.approx([2e6, 1e6, 1e6, 1e6, 1e6, 2e6, 2e6, 1e6])
    made = campaign(np.random.default_rng(0), flat, days=60, judged=10, lift=0.5, start=45)
    ratio = made.counts / flat.course(60)
    assert ratio[45:55] == pytest.approx(np.full(10, 1.5), rel=0.01)
    assert ratio[:45] == pytest.approx(np.ones(45), rel=0.01)
    with pytest.raises(ValueError, match="lift"):
        campaign(np.random.default_rng(0), flat, days=60, judged=10, lift=-1.0, start=45)


def test_a_stage_over_cities_from_registration_to_verdict():
    table = city_campaign(
        np.random.default_rng(1), FADING, cities=20, days=80, judged=14, lift=0.4, treated=3
    )
    names = [f"c{one:02d}" for one in range(20)]
    stage = Stage("screenings", "admissions", 14, 0.3, evidence="geo-randomised")
    one = register_cities(stage, table[:, :66], names=names, cities=names[:3], without=["c09"])
    found, effect = judge_cities(one, table)
    assert (found.outcome, found.wording, found.deviations) == ("improved", "caused", ())
    assert effect.lift.low < 0.4 < effect.lift.high
    rewritten = table.copy()
    rewritten[5, 10] += 1
    assert judge_cities(one, rewritten)[0].deviations == ("comparison_changed",)
    with pytest.raises(ValueError, match="evidence"):
        register_cities(Stage("a", "b", 14, 0.1, evidence="randomised"), table, names=names, cities=names[:1])
