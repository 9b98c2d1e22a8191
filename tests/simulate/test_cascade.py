import numpy as np
import pytest

from longtake.simulate.cascade import DAY_HOURS, Push, cascade, half_life, pulses


def test_parts_add_up_and_the_seed_decides():
    made = [
        cascade(np.random.default_rng(1), hours=240, pushes=[Push(10, 5, 500.0)], reproduction=0.6)
        for _ in range(2)
    ]
    assert (made[0].promoted + made[0].organic == made[0].counts).all()
    assert (made[0].counts == made[1].counts).all()


def test_without_breeding_everything_is_direct():
    world = cascade(np.random.default_rng(2), hours=240, pushes=[Push(10, 5, 500.0)], reproduction=0.0)
    assert world.direct_share == 1.0
    assert world.organic.sum() == 0


@pytest.mark.parametrize("r", [0.3, 0.6])
def test_one_push_brings_its_mass_over_one_less_r(r):
    world = cascade(
        np.random.default_rng(3), hours=2000, pushes=[Push(0, 1, 1000.0)], reproduction=r, background=0.0,
        profile=np.ones(24),
    )  # fmt: skip
    assert world.expected.sum() == pytest.approx(1000 / (1 - r), rel=1e-3)
    assert world.exogenous_share == 1.0


def test_counts_scatter_around_their_expectation():
    rng = np.random.default_rng(4)
    totals = [
        cascade(rng, hours=240, pushes=[Push(10, 5, 500.0)], reproduction=0.5).counts.sum() for _ in range(60)
    ]
    world = cascade(rng, hours=240, pushes=[Push(10, 5, 500.0)], reproduction=0.5)
    assert np.mean(totals) == pytest.approx(world.expected.sum(), rel=0.05)


def test_half_life_of_an_exponential_is_its_own():
    t = np.arange(100.0)
    assert half_life(np.r_[0.0, 2 ** (-t / 7)], np.zeros(101)) == pytest.approx(7.0)
    assert np.isnan(half_life(np.ones(3), np.zeros(3)))


def test_refusals_and_shapes():
    assert DAY_HOURS.mean() == pytest.approx(1.0)
    assert pulses([Push(0, 2, 6.0)], 200).sum() == pytest.approx(6.0)
    with pytest.raises(ValueError, match="kernel"):
        cascade(np.random.default_rng(0), hours=5, pushes=[], reproduction=0.1, kernel=((1.0, 0.5),))
    with pytest.raises(ValueError, match="run away"):
        cascade(np.random.default_rng(0), hours=5000, pushes=[], reproduction=1.5)
