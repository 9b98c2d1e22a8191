import numpy as np
import pytest

from longtake.trial.its.frozen import freeze
from longtake.trial.its.shapes import courses


@pytest.mark.parametrize("name", ["trend", "power", "decay"])
def test_a_course_without_noise_is_carried_on_as_it_is(name):
    day = np.arange(60.0)
    log = {"trend": -0.05 * day, "power": -1.2 * np.log(day + 7), "decay": np.log(np.exp(-day / 8) + 0.1)}[
        name
    ]
    frozen = freeze(1000 * np.exp(log[:40] + np.random.default_rng(1).normal(0, 1e-4, 40)), after=20)
    assert frozen.path == pytest.approx(1000 * np.exp(log[40:]), rel=0.02)


def test_priors_of_courses_sum_to_one_with_and_without_a_cycle():
    for cycle in (0, 7, 24):
        assert sum(one.prior for one in courses(100, 80, cycle=cycle)) == pytest.approx(1)
