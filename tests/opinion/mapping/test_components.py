from __future__ import annotations

import numpy as np
import pytest

from longtake.opinion.mapping.components import components, power_iteration
from longtake.opinion.mapping.projection import extremity, positions
from longtake.opinion.votes import Votes
from opinion.peer_cases import case


def test_power_iteration_agrees_with_the_peer():
    told = case("polis-power-iteration")
    asked = told["input"]
    found = power_iteration(asked["data"], iterations=asked["iters"], start=asked["start"])
    assert found == pytest.approx(told["expected"], abs=told["tolerance"])


def test_axes_are_those_of_a_full_svd_of_the_filled_matrix():
    rng = np.random.default_rng(0)
    table = rng.choice([1.0, 0.0, -1.0, np.nan], (60, 12))
    votes = Votes.of_matrix(table)
    found = components(votes)
    filled = np.where(np.isnan(table), np.nanmean(table, axis=0), table)
    _, size, axes = np.linalg.svd(filled - filled.mean(axis=0))
    assert np.abs((found.axes * axes[:2]).sum(axis=1)) == pytest.approx([1.0, 1.0])
    assert found.explained == pytest.approx(size[:2] ** 2 / (size**2).sum())


def test_many_statements_take_the_sparse_way_to_the_same_axes(monkeypatch):
    votes = Votes.of_matrix(np.random.default_rng(1).choice([1.0, -1.0, np.nan], (80, 15)))
    dense = components(votes)
    monkeypatch.setattr("longtake.opinion.mapping.components.DENSE", 1)
    assert components(votes).axes == pytest.approx(dense.axes, abs=1e-7)


def test_who_voted_on_everything_stands_where_principal_components_put_them():
    table = np.random.default_rng(2).choice([1.0, -1.0], (40, 9))
    votes = Votes.of_matrix(table)
    found = components(votes)
    assert positions(votes, found) == pytest.approx((table - table.mean(axis=0)) @ found.axes.T)


def test_a_moderated_statement_moves_nobody():
    table = np.random.default_rng(3).choice([1.0, -1.0], (40, 9))
    out = np.arange(9) == 4
    changed = table.copy()
    changed[:, 4] *= -1
    one, other = Votes.of_matrix(table), Votes.of_matrix(changed)
    here = positions(one, components(one, moderated=out), moderated=out)
    there = positions(other, components(other, moderated=out), moderated=out)
    assert here == pytest.approx(there)
    assert components(one, moderated=out).axes[:, 4].tolist() == [0.0, 0.0]


def test_a_statement_all_agree_with_takes_nobody_anywhere():
    table = np.random.default_rng(4).choice([1.0, -1.0], (40, 5))
    table[:, 2] = 1.0
    assert extremity(components(Votes.of_matrix(table)))[2] == pytest.approx(0.0)
