"""What is planted in the counts is found by the measure of heat, which never saw how they were made."""

from __future__ import annotations

import numpy as np
import pytest

from longtake.heat import reproduction_number
from longtake.simulate.cascade import DAY_HOURS
from longtake.simulate.causes.nuisance import nuisance
from longtake.simulate.causes.world import world


def _drawn(seed):
    return nuisance(np.random.default_rng([seed, 0]))


def _fit_to_measure(seed):
    drawn = _drawn(seed)
    return "events" in drawn.fills and drawn.comments > 2000 and drawn.days >= 12


SEEDS = [seed for seed in range(900, 1400) if _fit_to_measure(seed)][:4]


def _measured(seed, causes):
    """Return R in the first 30 hours of the release and once the first viewers have spoken."""
    made, start = world(seed, causes), _drawn(seed).start
    hours = made.truth["hours"]
    counts = np.bincount(
        [int((c.at - start).total_seconds() // 3600) for c in made.comments], minlength=hours
    )
    events = {}
    for number, event in enumerate(made.campaign.events):
        first = max(0, int((event.start - start).total_seconds() // 3600))
        last = int((event.end - start).total_seconds() // 3600) if event.end else first + 1
        there = (np.arange(hours) >= first) & (np.arange(hours) < max(last, first + 1))
        if there.any():
            events[f"{number}"] = there / there.sum()
    cycle = np.resize(DAY_HOURS, hours)
    found = reproduction_number(counts[:hours], step_hours=1.0, events=events, seasonality=cycle).value
    release, spoken = made.truth["hour_of_release"], made.truth["hour_first_viewers_spoke"]
    return found[release + 6 : release + 36].mean(), found[spoken + 36 :].mean()


@pytest.fixture(scope="module")
def healthy():
    return np.array([_measured(seed, {}) for seed in SEEDS]).mean(axis=0)


def test_bought_heat_breeds_little_from_the_start(healthy):
    bought = np.array([_measured(seed, {"over_promotion": "strong"}) for seed in SEEDS]).mean(axis=0)
    assert bought[0] < 0.75 * healthy[0]


def test_after_a_mismatch_r_falls_and_was_fine_before(healthy):
    cheated = np.array([_measured(seed, {"mismatch": "strong"}) for seed in SEEDS]).mean(axis=0)
    assert cheated[0] > 0.8 * healthy[0]
    assert cheated[1] < 0.75 * healthy[1]
