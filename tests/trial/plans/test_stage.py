import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate, Unknown
from longtake.trial.plans.before_after import register
from longtake.trial.plans.stage import Registered, Stage, verdict


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
