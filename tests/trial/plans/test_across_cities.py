import numpy as np
import pytest

from longtake.trial.plans.across_cities import judge_cities, register_cities
from longtake.trial.plans.stage import Stage
from longtake.trial.plans.world import FADING, city_campaign


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
