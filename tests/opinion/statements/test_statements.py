from __future__ import annotations

import numpy as np
import pytest

from longtake.opinion.statements.consensus import consensus, dividing, group_aware
from longtake.opinion.statements.representative import leaning, representative
from longtake.opinion.statements.routing import next_statement, priorities
from longtake.opinion.statements.tally import Tally, tally
from longtake.opinion.votes import Votes
from opinion.peer_cases import case


@pytest.mark.parametrize("name", ["polis-repness-g0-t4", "polis-repness-g1-t17", "polis-repness-g1-t20"])
def test_leaning_agrees_with_the_peer(name):
    told = case(name)
    found = leaning(*told["input"]["in"], *told["input"]["rest"])
    assert {key: getattr(found, key) for key in told["expected"]} == pytest.approx(
        told["expected"], abs=told["tolerance"]
    )


def test_priorities_agree_with_the_peer():
    told = case("polis-priority-novotes")
    none = [0] * len(told["input"]["extremity"])
    assert priorities(none, none, none, told["input"]["extremity"]).tolist() == told["expected"]


def test_votes_make_a_statement_less_urgent_and_meta_is_fixed():
    worth = priorities([0, 50, 50], [0, 0, 0], [0, 50, 50], [1, 1, 1], meta=[False, False, True])
    assert worth[1] < worth[0]
    assert worth[2] == 49.0


def test_the_next_statement_is_drawn_by_worth_among_those_unanswered():
    worth, seen = np.array([1.0, 3.0, 6.0]), [False, False, True]
    drawn = [next_statement(worth, seen, seed=seed) for seed in range(2000)]
    assert set(drawn) == {0, 1}
    assert drawn.count(1) / 2000 == pytest.approx(0.75, abs=0.04)
    assert next_statement(worth, [True] * 3, seed=0) is None
    assert next_statement(worth, seen, seed=9) == next_statement(worth, seen, seed=9)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="beyond the votes"):
        priorities([3], [3], [5], [0.0])


def planted():
    """Two groups of twenty: apart on statement 0, at one on statement 1, passing on statement 2."""
    rows = [[1, 1, 0]] * 18 + [[-1, 1, 0]] * 2 + [[-1, 1, 0]] * 19 + [[1, 1, 0]]
    return tally(Votes.of_matrix(rows), np.repeat([0, 1], 20), 2)


def test_what_marks_unites_and_divides_is_found():
    counted = planted()
    first, second = representative(counted)
    assert (first[0].statement, first[0].agrees, first[0].best) == (0, True, True)
    assert [(mark.statement, mark.agrees) for mark in second] == [(1, True), (0, False)]
    assert [(one.statement, one.agrees, one.chosen, one.seen) for one in consensus(counted)] == [
        (1, True, 40, 40)
    ]
    assert int(dividing(counted).argmax()) == 0
    assert group_aware(counted) == pytest.approx([19 / 22 * 2 / 22, (21 / 22) ** 2, (1 / 22) ** 2])


def test_a_statement_nobody_saw_marks_nobody():
    zero, seen = np.zeros((2, 1), dtype=int), np.zeros((2, 1), dtype=int)
    assert representative(Tally(zero, zero, seen)) == ((), ())


def test_at_most_five_a_group_agreements_first():
    rng = np.random.default_rng(0)
    rows = np.vstack([np.ones((30, 16)), -np.ones((30, 16))])
    rows[:, 8:] *= -1
    rows *= rng.choice([1, -1], rows.shape, p=[0.95, 0.05])
    for group in representative(tally(Votes.of_matrix(rows), np.repeat([0, 1], 30), 2)):
        assert len(group) == 5
        sides = [mark.agrees for mark in group]
        assert sides == sorted(sides, reverse=True)
