import numpy as np
import pytest

from longtake.domain.estimate import Unknown
from longtake.errors import NotEnoughDataError
from longtake.heat.circles.spread import crossing
from longtake.heat.renewal.kernel import USUAL_WEIGHTS, keeps, time_constants


def world(matrix, seed=0, size=720, background=(6.0, 4.0, 3.0), push=200.0):
    """Return counts (c, t) of a known matrix and the promotion of the first circle."""
    rng = np.random.default_rng(seed)
    matrix, kernel = np.asarray(matrix), np.asarray(USUAL_WEIGHTS)
    c = len(matrix)
    keep = keeps(time_constants(1.0))
    acts = np.zeros((1, size))
    acts[0, rng.choice(np.arange(24, size - 48), 8, replace=False)] = 1.0
    level = np.repeat(np.linalg.solve(np.eye(c) - matrix, background[:c])[:, None], keep.size, axis=1)
    counts = np.empty((c, size))
    for t in range(size):
        mean = np.asarray(background[:c]) + matrix @ (level @ kernel)
        mean[0] += push * acts[0, t]
        counts[:, t] = rng.poisson(mean * rng.gamma(50, 1 / 50, c))
        level = keep * level + (1 - keep) * counts[:, t, None]
    return counts, acts


TRUTH = [[0.5, 0.05, 0.02], [0.3, 0.4, 0.05], [0.02, 0.3, 0.5]]


def test_recovers_a_known_matrix():
    off, held = [], []
    for seed in range(4):
        counts, acts = world(TRUTH, seed)
        found = crossing(counts, step_hours=1, pushes=acts, draws=60)
        off.append(found.matrix - TRUTH)
        held.append((found.low <= TRUTH) & (found.high >= TRUTH))
        assert found.effects[0, 0] == pytest.approx(200, rel=0.25)
        assert found.radius.value == pytest.approx(np.abs(np.linalg.eigvals(TRUTH)).max(), abs=0.12)
    assert np.sqrt(np.mean(np.square(off))) < 0.1
    assert np.mean(held) > 0.7


def test_a_link_that_lets_nothing_through_is_found():
    counts, acts = world([[0.5, 0, 0], [0.6, 0.2, 0], [0, 0, 0.4]], 1, background=(12.0, 1.0, 8.0))
    found = crossing(counts, step_hours=1, pushes=acts, draws=80)
    assert found.matrix[2, 1] < 0.08
    assert found.low[2, 1] == 0.0
    assert found.weakest == 1
    assert crossing(counts, step_hours=1, pushes=acts, draws=40, chain=(1, 2)).weakest == 0


def test_links_that_are_alike_cannot_be_told():
    even = [[0.4, 0, 0], [0.3, 0.3, 0], [0, 0.3, 0.3]]
    counts, acts = world(even, 2, 400)
    found = crossing(counts, step_hours=1, pushes=acts, draws=60)
    assert isinstance(found.weakest, Unknown)
    assert found.weakest.reason == "intervals_overlap"


def test_renaming_circles_renames_the_matrix():
    counts, acts = world(TRUTH, 3, 300)
    turn = [2, 0, 1]
    plain = crossing(counts, step_hours=1, pushes=acts, draws=40)
    turned = crossing(counts[turn], step_hours=1, pushes=acts, draws=40)
    assert turned.matrix == pytest.approx(plain.matrix[np.ix_(turn, turn)], abs=1e-8)
    assert turned.radius.value == pytest.approx(plain.radius.value)


def test_the_same_seed_gives_the_same_ends():
    counts, acts = world(TRUTH, 4, 200)
    one, other = (crossing(counts, step_hours=1, pushes=acts, draws=40) for _ in range(2))
    assert one.low.tobytes() == other.low.tobytes()


def test_steps_nobody_looked_at_weigh_nothing():
    counts, acts = world(TRUTH, 5, 500)
    counts[:, 100:105] = np.nan
    found = crossing(counts, step_hours=1, pushes=acts, draws=40)
    assert np.isfinite(found.matrix).all()
    assert np.abs(found.matrix - TRUTH).max() < 0.35


def test_refuses_what_it_cannot_answer():
    with pytest.raises(NotEnoughDataError):
        crossing(np.full((2, 59), 9.0), step_hours=24)
    with pytest.raises(NotEnoughDataError):
        crossing(np.stack([np.full(90, 9.0), np.zeros(90)]), step_hours=24)
    for counts, changed, words in (
        (np.full(90, 9.0), {}, "counts of shape"),
        (np.full((2, 90), -1.0), {}, "below zero"),
        (np.full((2, 90), 9.0), {"pushes": np.ones((1, 9))}, "pushes"),
        (np.full((2, 90), 9.0), {"chain": (0, 0)}, "chain"),
        (np.full((2, 90), 9.0), {"level": 1.0}, "level"),
    ):
        with pytest.raises(ValueError, match=words):
            crossing(counts, step_hours=24, **changed)


def test_a_circle_that_falls_silent_gives_an_interval_or_a_refusal_never_a_nan():
    rng = np.random.default_rng(5)
    counts = np.vstack([rng.poisson(3, 120), np.r_[rng.poisson(60, 3), np.zeros(117)]]).astype(float)
    with np.errstate(all="raise", under="ignore"):
        found = crossing(counts, step_hours=1.0, draws=40)
    assert all(not np.isnan([link.low, link.value, link.high]).any() for link in found.links)
