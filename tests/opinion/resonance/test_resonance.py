from __future__ import annotations

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.opinion.resonance.audience import audience
from longtake.opinion.resonance.divergence import _spread, divergence
from longtake.opinion.resonance.matrix import resonance


def test_few_judgements_are_drawn_to_what_all_say_and_many_are_not():
    found = resonance([[300], [300], [300], [1]], [[500], [500], [500], [1]])
    few, many = found.cells[3][0], found.cells[0][0]
    assert few.value < 0.8
    assert many.value == pytest.approx(0.6, abs=0.02)
    assert few.high - few.low > many.high - many.low


def test_intervals_hold_the_truth_as_often_as_they_say():
    rng, held, cells = np.random.default_rng(0), 0, 0
    for _ in range(60):
        truth = rng.beta(12, 8, (4, 6))
        judged = rng.integers(3, 80, truth.shape)
        found = resonance(rng.binomial(judged, truth), judged)
        for i, row in enumerate(found.cells):
            for j, cell in enumerate(row):
                held += cell.low <= truth[i, j] <= cell.high
                cells += 1
    assert held / cells == pytest.approx(0.9, abs=0.03)


def test_shrunk_shares_are_nearer_the_truth_than_raw_ones():
    rng, ours, raw = np.random.default_rng(1), [], []
    for _ in range(40):
        truth = rng.beta(30, 20, (5, 5))
        judged = rng.integers(3, 30, truth.shape)
        hits = rng.binomial(judged, truth)
        value = np.array([[cell.value for cell in row] for row in resonance(hits, judged).cells])
        ours.append(((value - truth) ** 2).mean())
        raw.append(((hits / judged - truth) ** 2).mean())
    assert np.mean(ours) < 0.6 * np.mean(raw)


def test_circles_that_judge_alike_have_no_split_and_those_that_do_not_have_theirs():
    rng = np.random.default_rng(2)
    judged = np.full((3, 8), 300)
    alike = resonance(rng.binomial(judged, 0.6), judged).overall
    apart = resonance(rng.binomial(judged, np.array([[0.8], [0.6], [0.4]])), judged).overall
    assert alike.high < 0.06
    assert apart.low <= np.std([0.8, 0.6, 0.4]) <= apart.high


def test_nobody_judged_is_unknown_and_no_single_circle_splits():
    found = resonance([[3, 0]], [[5, 0]])
    assert isinstance(found.cells[0][1], Unknown)
    assert found.overall == Unknown("one_circle", found.overall.method, "share", 0, 2)


def test_circles_by_lot_differ_by_chance_as_often_as_the_level_says():
    rng, found = np.random.default_rng(3), []
    for _ in range(120):
        member = rng.random((150, 3)) < 0.4
        found.append(divergence(rng.normal(size=150), member, draws=99).differ)
    assert np.mean(found) == pytest.approx(0.05, abs=0.05)


def test_the_usual_spread_of_circles_by_lot_is_the_closed_form():
    # Disjoint circles, each once: the mean over all permutations of sum (m_c - m)^2 / C is, with N people,
    # s^2 (C - 1) / C times the mean of 1 / n_c, and each pair of means covaries by -s^2 / N, which cancels.
    rng = np.random.default_rng(4)
    score = rng.normal(size=90)
    member = np.repeat(np.eye(3), [20, 30, 40], axis=0)
    drawn = [_spread(rng.permutation(score)[None], np.ones((1, 90)), member)[0] for _ in range(4000)]
    wanted = score.var(ddof=1) * 2 / 3 * np.mean(1 / np.array([20, 30, 40]))
    assert np.mean(drawn) == pytest.approx(wanted, rel=0.05)


def test_a_planted_divergence_is_found_and_covered():
    rng, inside, values = np.random.default_rng(5), 0, []
    member = np.repeat(np.eye(2), 100, axis=0)
    for _ in range(60):
        score = rng.normal(size=200) * 0.6 + np.repeat([0.2, -0.2], 100)
        found = divergence(score, member, draws=199).excess
        inside += found.low <= 0.2 <= found.high
        values.append(found.value)
    assert np.mean(values) == pytest.approx(0.2, abs=0.02)
    assert inside / 60 >= 0.82


def test_one_circle_diverges_from_nothing():
    found = divergence(np.zeros(40), np.ones((40, 1)))
    assert found.excess == Unknown("one_circle", found.excess.method, "polarity", 40, 2)
    assert (found.p_value, found.differ) == (None, False)


def test_who_came_as_planned_is_not_missed_and_who_did_not_is():
    rng = np.random.default_rng(6)
    as_planned = audience(rng.multinomial(1, [0.5, 0.3, 0.2], 400), [0.5, 0.3, 0.2])
    other = audience(rng.multinomial(1, [0.2, 0.3, 0.5], 400), [0.5, 0.3, 0.2])
    assert as_planned.missed.low == 0.0
    assert as_planned.missed.value < 0.03
    assert other.missed.low <= 0.3 <= other.missed.high
    assert other.differ == (True, False, True)


def test_a_circle_without_a_plan_takes_no_part():
    found = audience(np.repeat([[1, 1], [0, 1]], 50, axis=0), [0.5, None])
    assert found.differ == (False, None)
    assert found.missed.value == 0.0
    assert isinstance(found.observed[1], Estimate)


def test_no_plan_and_few_people_are_said():
    assert audience(np.ones((50, 1)), [None]).missed.reason == "nothing_planned"
    few = audience(np.ones((9, 1)), [0.5]).missed
    assert (few.reason, few.n, few.needed) == ("too_few_people", 9, 30)
    with pytest.raises(ValueError, match="planned share"):
        audience(np.ones((9, 1)), [1.5])
