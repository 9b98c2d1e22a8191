"""Kappa against a second implementation, a published example, and truths that were simulated."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.services.models.agreement import equal_share, kappa

VALUES = ("neg", "neutral", "pos")


def pairs(table):
    return [
        (VALUES[i], VALUES[j]) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)
    ]


def test_kappa_of_cohens_own_example():
    # Cohen 1960, table 1: 200 cases, shares .25 .13 .12 / .12 .02 .16 / .03 .15 .02 give kappa -.09.
    found = kappa(pairs([[50, 26, 24], [24, 4, 32], [6, 30, 4]]))
    assert found.value == pytest.approx(-0.0924, abs=5e-4)
    assert found.n == 200


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=30, max_size=80))
def test_kappa_is_that_of_scikit_learn_and_lies_in_its_interval(rows):
    sklearn = pytest.importorskip("sklearn.metrics")
    found = kappa(rows)
    first, second = zip(*rows, strict=True)
    if len(set(first) | set(second)) == 1:
        assert found.reason == "one_value"
        return
    assert found.value == pytest.approx(sklearn.cohen_kappa_score(first, second), abs=1e-12)
    assert -1 <= found.low <= found.value <= found.high <= 1


@given(st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=30, max_size=60))
def test_it_does_not_matter_who_is_first_nor_in_what_order(rows):
    turned = [(b, a) for a, b in reversed(rows)]
    assert kappa(turned) == kappa(rows)
    assert equal_share(turned) == equal_share(rows)


def test_few_rows_and_one_value_have_no_kappa():
    assert kappa([("pos", "pos"), ("neg", "neg")] * 14).reason == "too_few_rows"
    assert kappa([("pos", "pos")] * 40).reason == "one_value"
    assert kappa([]).needed == 30
    assert equal_share([]).reason == "no_rows"


def test_rows_that_all_agree_leave_room_for_doubt():
    found = kappa([("pos", "pos")] * 25 + [("neg", "neg")] * 25)
    assert found.value == found.high == 1
    assert 0.8 < found.low < 0.95


@pytest.mark.parametrize("agree", [0.55, 0.8, 0.95])
@pytest.mark.parametrize("n", [60, 400])
def test_nine_intervals_of_ten_hold_the_truth(agree, n):
    rng = np.random.default_rng(4711)
    base = np.array([0.2, 0.2, 0.6])
    table = agree * np.diag(base) + (1 - agree) * np.outer(base, base)
    chance = float(base @ base)
    truth = (np.trace(table) - chance) / (1 - chance)
    held = 0
    for _ in range(1000):
        found = kappa(pairs(rng.multinomial(n, table.ravel()).reshape(3, 3)))
        held += found.low <= truth <= found.high
    assert 0.875 <= held / 1000 <= 0.985
