from __future__ import annotations

import numpy as np
import pytest

from longtake.simulate.renewal import renewal_world


def test_counts_keep_to_their_mean_and_scatter():
    world = renewal_world(np.random.default_rng(1), hours=4000, rate=60.0, reproduction=0.5, scatter=0.02)
    apart = (world.counts - world.expected) / np.sqrt(world.expected + 0.02 * world.expected**2)
    assert apart.mean() == pytest.approx(0.0, abs=0.06)
    assert apart.std() == pytest.approx(1.0, abs=0.06)


def test_a_steady_start_stands_at_its_level_and_a_silent_one_does_not():
    early = {
        steady: np.mean(
            [
                renewal_world(
                    np.random.default_rng(seed), hours=240, rate=50.0, reproduction=0.9, steady=steady
                )
                .counts[:6]
                .sum()
                for seed in range(30)
            ]
        )
        for steady in (True, False)
    }
    assert early[True] > 3 * early[False]


def test_a_supercritical_start_is_refused():
    with pytest.raises(ValueError, match="first R"):
        renewal_world(np.random.default_rng(1), hours=100, rate=5.0, reproduction=1.0)
