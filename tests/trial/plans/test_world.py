import numpy as np
import pytest

from longtake.trial.its.start import AfterWorst, OnDay
from longtake.trial.plans.before_after import register
from longtake.trial.plans.stage import Stage
from longtake.trial.plans.world import STEADY, Heat, campaign


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
