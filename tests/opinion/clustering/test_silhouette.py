from __future__ import annotations

import numpy as np
import pytest

from longtake.opinion.clustering.silhouette import distances, silhouette, silhouettes
from opinion.peer_cases import case


def test_member_and_mean_agree_with_the_peer():
    member, mean = case("polis-silhouette-member"), case("polis-silhouette-mean")
    apart = member["input"]["dist"]
    assert silhouettes(apart, [0, 0, 1, 1])[0] == pytest.approx(member["expected"], abs=member["tolerance"])
    assert silhouette(apart, [0, 0, 1, 1]) == pytest.approx(mean["expected"], abs=mean["tolerance"])


def test_distances_agree_with_the_peer():
    told = case("polis-distmat")
    assert distances(told["input"]["rows"]) == pytest.approx(
        np.array(told["expected"]), abs=told["tolerance"]
    )


def test_it_is_that_of_scikit_learn():
    metrics = pytest.importorskip("sklearn.metrics")
    rng = np.random.default_rng(0)
    points, label = rng.normal(size=(60, 2)), rng.integers(0, 4, 60)
    assert silhouette(distances(points), label) == pytest.approx(metrics.silhouette_score(points, label))


def test_alone_is_zero_unless_several_stand_there():
    apart = distances([[0.0], [1.0], [9.0]])
    assert silhouettes(apart, [0, 0, 1]).tolist()[2] == 0.0
    assert silhouettes(apart, [0, 0, 1], several=[False, False, True]).tolist()[2] == 1.0


def test_one_cluster_has_no_silhouette():
    with pytest.raises(ValueError, match="1 clusters"):
        silhouettes(distances([[0.0], [1.0]]), [0, 0])
