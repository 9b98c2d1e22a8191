from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.estimate import Unknown
from longtake.opinion.polarisation.agreement import agreement
from longtake.opinion.polarisation.esteban_ray import esteban_ray
from longtake.opinion.polarisation.shape import shape, single_peak

COUNTS = st.lists(st.integers(0, 200), min_size=3, max_size=7).filter(any)
BIMODAL, BROAD = [0.35, 0.12, 0.06, 0.12, 0.35], [0.17, 0.21, 0.24, 0.21, 0.17]


@given(COUNTS)
def test_agreement_lies_between_two_camps_and_one_answer_and_reads_both_ways(counts):
    found = agreement(counts)
    assert -1 - 1e-9 <= found <= 1 + 1e-9
    assert agreement(counts[::-1]) == pytest.approx(found)
    assert agreement([7 * one for one in counts]) == pytest.approx(found)


def test_agreement_is_the_published_worked_example():
    assert agreement([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.6113333, abs=5e-8)


@given(COUNTS, st.floats(0.1, 1.6))
def test_no_distribution_is_more_polarised_than_two_equal_camps(counts, alpha):
    assert -1e-12 <= esteban_ray(counts, alpha=alpha) <= 1 + 1e-9


def test_esteban_ray_by_hand():
    # Shares 1/2, 1/4, 1/4 at 0, 1, 2, alpha 1: sum of p_i^2 p_j |y_i - y_j| / 2, times 4.
    by_hand = 4 * (
        1 / 4 * (1 / 4 * 0.5 + 1 / 4) + 1 / 16 * (0.5 * 0.5 + 1 / 4 * 0.5) + 1 / 16 * (0.5 + 1 / 8)
    )
    assert esteban_ray([2, 1, 1]) == pytest.approx(by_hand)


@given(st.lists(st.floats(0, 1), min_size=3, max_size=6).filter(lambda row: sum(row) > 0.1))
def test_a_single_peak_keeps_the_mass_and_is_its_own(row):
    share = np.array(row) / sum(row)
    fit = single_peak(share)
    assert fit.sum() == pytest.approx(1.0)
    turns = np.sign(np.diff(np.round(fit, 9)))
    turns = turns[turns != 0]
    assert (np.diff(turns) <= 0).all()
    assert single_peak(fit) == pytest.approx(fit)


def kinds(truth, n, worlds):
    rng = np.random.default_rng(n)
    return [shape(rng.multinomial(n, truth), draws=100).kind for _ in range(worlds)]


def test_two_camps_are_told_from_a_broad_spread():
    assert kinds(BIMODAL, 200, 25).count("bimodal") >= 24
    assert kinds(BROAD, 200, 60).count("bimodal") <= 6
    assert set(kinds([0.01, 0.02, 0.07, 0.3, 0.6], 200, 10)) == {"together"}


def test_the_excess_is_what_was_planted():
    found = shape(np.array(BIMODAL) * 4000)
    truth = np.abs(np.array(BIMODAL) - single_peak(BIMODAL)).sum() / 2
    assert found.excess.low <= truth <= found.excess.high
    assert found.excess.value == pytest.approx(truth, abs=0.01)
    assert shape(np.array(BROAD) * 400).excess.low == 0.0


def test_few_answers_tell_nothing():
    found = shape([10, 9, 10])
    assert (found.kind, found.p_value) == ("untold", None)
    assert found.agreement == Unknown("too_few_rows", "van der Eijk 2001", "score", 29, 30)


@pytest.mark.parametrize("counts", [[1, 2], [0, 0, 0], [-1, 2, 3]])
def test_what_is_no_scale_is_refused(counts):
    with pytest.raises(ValueError, match="three or more"):
        agreement(counts)
