from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.opinion.clustering.kmeans import inertia_of, kmeans
from opinion.peer_cases import case


def best_of_all(points, k):
    """Return the least inertia of any partition, by trying them all."""
    return min(inertia_of(points, label) for label in product(range(k), repeat=len(points)))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=7, unique=True),
    st.integers(2, 3),
)
def test_no_partition_at_all_is_better(points, k):
    assert kmeans(points, k).inertia == pytest.approx(best_of_all(np.array(points, float), k))


def test_doubles_leave_fewer_clusters_than_asked():
    told = case("polis-kmeans-duplicates")
    found = kmeans(told["input"]["data"], told["input"]["k"])
    assert len(found.centres) == told["expected"]["n_clusters"]
    assert sorted(found.label.tolist()) == [0, 0, 1]


def test_a_weight_counts_like_so_many_points():
    points = np.random.default_rng(0).normal(size=(30, 2))
    weight = np.arange(1, 31) % 4 + 1
    heavy = kmeans(points, 3, weights=weight)
    told = kmeans(np.repeat(points, weight, axis=0), 3)
    assert heavy.inertia == pytest.approx(told.inertia)
    assert np.repeat(heavy.label, weight).tolist() == told.label.tolist()


def test_the_same_points_give_the_same_clusters_in_any_order():
    points = np.random.default_rng(5).normal(size=(200, 2))
    order = np.random.default_rng(6).permutation(200)
    here, there = kmeans(points, 4), kmeans(points[order], 4)
    assert here.inertia == pytest.approx(there.inertia)
    assert here.label[order].tolist() == there.label.tolist()


def test_it_reaches_what_scikit_learn_reaches():
    cluster = pytest.importorskip("sklearn.cluster")
    points = np.random.default_rng(7).standard_t(3, size=(300, 2))
    for k in (2, 4, 5):
        theirs = cluster.KMeans(k, n_init=20, random_state=0).fit(points).inertia_
        assert kmeans(points, k).inertia <= theirs * (1 + 1e-9)


@pytest.mark.parametrize(
    ("points", "k", "weights"),
    [([[0.0]], 0, None), ([], 2, None), ([[np.nan]], 1, None), ([[0.0], [1.0]], 1, [1.0, 0.0])],
)
def test_what_cannot_be_clustered_is_refused(points, k, weights):
    with pytest.raises(ValueError, match=r"points|weights"):
        kmeans(points, k, weights=weights)
