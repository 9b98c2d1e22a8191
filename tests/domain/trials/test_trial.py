"""What no trial could be run on, and what a design says of itself."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Estimate
from longtake.domain.trials.arms import Arm, Metric
from longtake.domain.trials.quantity_values import quantity_of, quantity_values
from longtake.domain.trials.refusal import FIXES, DesignError
from longtake.domain.trials.rows import moments, paired
from longtake.domain.trials.trial import Trial
from longtake.domain.trials.trial_values import trial_digest, trial_of, trial_values
from longtake.errors import LongtakeError
from longtake.locale import catalogue

GOOD = Trial(
    "t1",
    "lights",
    "Which cut?",
    "any_look",
    (Arm("A", 2.0, {"emotion": "fun"}), Arm("B", aliases=("b cut",))),
    (Metric("finish", baseline=0.1), Metric("seconds", "mean", deviation=3.0)),
    "viewer",
    "us",
    4000,
    0.02,
)

WRONG = {
    "id": ({"id": "T 1"}, "id"),
    "question": ({"question": " "}, "question"),
    "design": ({"design": "coin"}, "design"),
    "unit": ({"unit": "person"}, "unit"),
    "assigned_by": ({"assigned_by": "luck"}, "assigned_by"),
    "assigned_design": ({"assigned_by": "nobody"}, "assigned_by"),
    "arms_few": ({"arms": (Arm("A"),)}, "arms"),
    "arms_many": ({"arms": tuple(Arm(f"a{n}") for n in range(13)), "planned_units": 9000}, "arms"),
    "arms_two": ({"design": "matched_slots", "arms": tuple(map(Arm, "ABC"))}, "arms"),
    "arms_alike": ({"arms": (Arm("A"), Arm("B", aliases=(" a ",)))}, "arms"),
    "metrics_none": ({"metrics": ()}, "metrics"),
    "metrics_alike": ({"metrics": (Metric("x"), Metric("x"))}, "metrics"),
    "metric_design": ({"design": "bandit", "metrics": (Metric("x", "mean"),)}, "metrics"),
    "minimum": ({"minimum": 0.0}, "minimum"),
    "baseline_reach": ({"minimum": 0.95}, "minimum"),
    "planned_units": ({"planned_units": 100}, "planned_units"),
    "alpha": ({"alpha": 0.5}, "alpha"),
    "looks": ({"looks": 0}, "looks"),
    "horizon": ({"horizon_days": 0}, "horizon_days"),
}


@pytest.mark.parametrize("reason", sorted(WRONG))
def test_what_no_trial_could_be_run_on_is_refused_at_its_field(reason: str) -> None:
    given_, field = WRONG[reason]
    with pytest.raises(DesignError) as caught:
        replace(GOOD, **given_)  # type: ignore[arg-type]
    assert (caught.value.reason, caught.value.field) == (reason, field)


def test_arms_and_metrics_are_refused_at_theirs() -> None:
    for made, reason in (
        (lambda: Arm(" "), "arm_name"),
        (lambda: Arm("A", 0.0), "arm_weight"),
        (lambda: Arm("A", factors={"mood": "x"}), "arm_factor"),
        (lambda: Metric("a-b"), "metric_name"),
        (lambda: Metric("a", "median"), "metric_kind"),
        (lambda: Metric("a", baseline=1.0), "baseline_share"),
        (lambda: Metric("a", "mean", baseline=math.inf), "baseline"),
        (lambda: Metric("a", "mean", deviation=0.0), "deviation"),
    ):
        with pytest.raises(DesignError) as caught:
            made()
        assert caught.value.reason == reason


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_refusal_has_its_words(lang: str) -> None:
    words = catalogue(lang)
    assert [one for one in FIXES if not words.has(f"problem.design_{one}")] == []


def test_a_design_survives_its_values_and_its_digest_changes_with_every_part() -> None:
    assert trial_of(trial_values(GOOD)) == GOOD
    others = [replace(GOOD, minimum=0.03), replace(GOOD, alpha=0.01), replace(GOOD, start_rule="x")]
    assert len({trial_digest(one) for one in (GOOD, *others)}) == 4


@pytest.mark.parametrize(
    ("design", "by", "unit", "level"),
    [
        ("any_look", "us", "viewer", "randomised"),
        ("any_look", "platform", "viewer", "platform_split"),
        ("matched_cities", "us", "city", "geo_randomised"),
        ("matched_cities", "calendar", "city", "quasi_experiment"),
        ("interrupted_series", "calendar", "cell", "quasi_experiment"),
        ("described", "nobody", "cell", "observational"),
        ("matched_slots", "us", "cell", "observational"),
    ],
)
def test_the_label_follows_who_assigned_what(design: str, by: str, unit: str, level: str) -> None:
    metrics = (
        (Metric("n", "mean", deviation=1.0),) if design not in {"any_look", "described"} else GOOD.metrics
    )
    arms = (Arm("A"), Arm("B"))
    made = replace(GOOD, design=design, assigned_by=by, unit=unit, metrics=metrics, arms=arms, drawn=2)
    assert made.standing.key == level


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=30))
def test_sums_of_any_values_are_taken_and_impossible_ones_are_not(values: list[int]) -> None:
    total, squares = float(sum(values)), float(sum(v * v for v in values))
    found = moments(len(values), total, squares)
    assert found.mean == pytest.approx(total / len(values))
    assert paired(len(values), (total, squares, total, squares, squares)).covariance == pytest.approx(
        found.variance
    )
    with pytest.raises(LongtakeError):
        moments(len(values), 1000.0 * len(values), squares)


@given(st.floats(-5, 5), st.floats(0, 5), st.floats(0, 5))
def test_a_number_survives_its_values(value: float, below: float, above: float) -> None:
    one = Estimate(value, value - below, value + above, 0.95, "share", "m", 3)
    assert quantity_of(quantity_values(one)) == one
