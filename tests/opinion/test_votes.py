from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.opinion.votes import Votes, as_votes

CELLS = st.sampled_from([1.0, 0.0, -1.0, float("nan")])


def held(votes):
    """Return each vote by participant and statement."""
    cells = zip(votes.person, votes.statement, votes.value, strict=True)
    return {(votes.people[person], votes.statements[about]): int(value) for person, about, value in cells}


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_a_matrix_and_its_triples_hold_the_same_votes(rows):
    matrix = Votes.of_matrix(rows)
    told = [(p, s, v) for p, row in enumerate(rows) for s, v in enumerate(row) if not math.isnan(v)]
    triples = Votes.of_triples(told, statements=range(3))
    assert held(matrix) == held(triples)


def test_the_later_of_two_votes_holds():
    votes = Votes.of_triples([("a", "x", 1), ("a", "y", 0), ("a", "x", -1)])
    assert votes.value.tolist() == [-1, 0]


def test_a_list_of_tuples_is_triples_and_a_list_of_lists_a_matrix():
    assert as_votes([(0, 1, 1), (1, 0, -1)]).size == (2, 2)
    assert as_votes([[0, 1, 1], [1, 0, -1]]).size == (2, 3)
    assert as_votes(np.array([[0, 1, 1], [1, 0, -1]])).size == (2, 3)


def test_part_of_the_people_keeps_their_votes_and_names():
    votes = Votes.of_matrix([[1, 0], [-1, float("nan")], [0, 1]], people=["a", "b", "c"])
    some = votes.of(np.array([2, 0]))
    assert some.people == ("c", "a")
    assert some.value.tolist() == [0, 1, 1, 0]


@pytest.mark.parametrize("wrong", [2.0, 0.5, -3.0])
def test_a_vote_that_is_none_is_refused(wrong):
    with pytest.raises(ValueError, match="not 1, 0 or -1"):
        Votes.of_matrix([[wrong]])
    with pytest.raises(ValueError, match="not 1, 0 or -1"):
        Votes.of_triples([("a", "x", wrong)])


def test_names_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="names do not fit"):
        Votes.of_matrix([[1, 0]], people=["a", "b"])
