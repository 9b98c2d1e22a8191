from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from longtake.opinion.clustering.choice import KSmoother, in_conversation, most_groups
from opinion.peer_cases import case


def test_the_numbers_of_groups_that_are_tried_are_the_peers():
    told = case("polis-k-range")
    found = [most_groups(n, most=told["input"]["max_k"]) for n in told["input"]["n_base"]]
    assert found == told["expected"]


def test_seven_votes_or_all_statements_or_the_top_fifteen():
    cast = np.array([7] * 20 + [6])
    assert in_conversation(cast, 40).tolist() == list(range(20))
    assert in_conversation(np.array([3] * 20 + [2]), 3).tolist() == list(range(20))
    few = np.array([9, 1, 8, 0, *range(2, 16)])
    assert len(in_conversation(few, 40)) == 15
    assert 3 not in in_conversation(few, 40)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=40))
def test_who_took_part_stays(cast):
    counts = np.array(cast)
    before = in_conversation(counts, 30)
    assert set(before) <= set(in_conversation(counts, 60, before=before))


def test_another_number_needs_four_wins_in_a_row():
    smoother, held = KSmoother(), []
    for best in (2, 3, 3, 2, 3, 3, 3, 3, 2):
        smoother = smoother.after(best)
        held.append(smoother.held)
    assert held == [2, 2, 2, 2, 2, 2, 2, 3, 3]
