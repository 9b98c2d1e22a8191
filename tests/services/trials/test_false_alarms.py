"""How often a trial with nothing in it says that there is something, looked at every day."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.services.trials.worlds import day, split

from longtake.domain.trials.rows import Row
from longtake.services.trials.looks.contrasts import any_look
from longtake.services.trials.looks.counted import Counted
from longtake.services.trials.looks.families import family

WORLDS, DAYS = 200, 10


@pytest.mark.slow
def test_ten_looks_at_nothing_find_it_no_more_often_than_alpha() -> None:
    """A base of 5 % that falls to a fifth of itself over ten days; a look at the end of each."""
    trial = split(planned_units=20_000)
    rng = np.random.default_rng(0)
    found = 0
    for _ in range(WORLDS):
        rows = []
        for step in range(DAYS):
            for arm in "AB":
                n = int(rng.poisson(1000))
                rows.append(
                    Row(arm, day(step), "", n, {"finish": (float(rng.binomial(n, 0.05 * 0.84**step)),)})
                )
        found += any(_found(trial, rows[: 2 * (step + 1)]) for step in range(DAYS))
    assert found / WORLDS <= 0.05 + 2 * math.sqrt(0.05 * 0.95 / WORLDS)


def _found(trial, rows) -> bool:
    counted = Counted.of(trial, rows)
    judged = family(
        counted,
        [(1, trial.primary)],
        lambda arm, metric, level: any_look(counted, metric, arm, level=level),
        alpha=trial.alpha,
        level_of=trial.standing,
    )
    return judged[0][0].found
