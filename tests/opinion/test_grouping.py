from __future__ import annotations

import csv
import pickle

import numpy as np
import pytest

from longtake.domain.estimate import Unknown
from longtake.opinion import Votes, groups
from longtake.opinion.clustering.kmeans import inertia_of
from opinion.peer_cases import case
from shared_data import shared

CONVERSATIONS = (
    "15-per-hour-seattle",
    "brexit-consensus",
    "canadian-electoral-reform",
    "scoop-hivemind.taxes",
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "vtaiwan.uberx",
)


def world(rng, sizes, statements=30, *, sharp=0.85, seen=0.6):
    """Return votes of planted groups and the group of each person."""
    views = rng.choice([1.0, -1.0], (len(sizes), statements))
    label = np.repeat(np.arange(len(sizes)), sizes)
    table = views[label] * rng.choice([1.0, -1.0], (label.size, statements), p=[sharp, 1 - sharp])
    return np.where(rng.random(table.shape) < seen, table, np.nan), label


@pytest.mark.parametrize("sizes", [(60, 40), (50, 40, 30)])
def test_planted_groups_are_found(sizes):
    table, label = world(np.random.default_rng(len(sizes)), sizes)
    found = groups(table)
    assert (found.k, found.refused) == (len(sizes), None)
    assert found.clear is True
    best = sum(np.bincount(found.label[label[found.member] == one]).max() for one in range(len(sizes)))
    assert best / found.n > 0.95


def test_a_continuum_is_no_clearer_than_a_single_cloud():
    rng = np.random.default_rng(8)
    leaning, hard = rng.normal(size=200), rng.normal(size=40)
    chance = 1 / (1 + np.exp(-(leaning[:, None] - hard)))
    table = np.where(rng.random(chance.shape) < chance, 1.0, -1.0)
    assert groups(table).clear is False


def test_fewer_than_thirty_people_are_not_grouped():
    table, _ = world(np.random.default_rng(0), (15, 14))
    found = groups(table)
    assert found.refused == Unknown("too_few_people", found.refused.method, "people", 29, 30)
    assert (found.k, found.marks, set(found.label.tolist())) == (0, (), {-1})
    assert found.silhouette is not None


def test_one_opinion_is_no_group():
    found = groups(np.ones((50, 9)))
    assert found.refused.reason == "no_groups"
    assert found.silhouette is None


def test_below_a_silhouette_of_a_quarter_nothing_is_drawn(monkeypatch):
    table, _ = world(np.random.default_rng(0), (40, 40), sharp=0.7)
    assert groups(table).silhouette > 0.25
    monkeypatch.setattr("longtake.opinion.grouping.LEAST_SILHOUETTE", 0.99)
    found = groups(table)
    assert found.refused == Unknown("no_groups", found.refused.method, "silhouette", 80)
    assert found.silhouette == max(found.by_k.values())


def test_votes_in_any_form_give_the_same_groups():
    table, _ = world(np.random.default_rng(1), (40, 30))
    told = [(p, s, int(table[p, s])) for p, s in zip(*np.nonzero(~np.isnan(table)), strict=True)]
    here, there = groups(table), groups(told)
    assert here.label.tolist() == there.label.tolist()
    assert here.silhouette == pytest.approx(there.silhouette)


def test_the_number_of_groups_stays_until_another_won_four_times():
    two, _ = world(np.random.default_rng(2), (60, 40))
    three, _ = world(np.random.default_rng(3), (50, 40, 30))
    found = groups(two, against_single=False)
    seen = []
    for _ in range(5):
        found = groups(three, before=found, against_single=False)
        seen.append(found.k)
    assert seen == [2, 2, 2, 3, 3]


def test_k_below_two_is_refused():
    with pytest.raises(ValueError, match="k is 1"):
        groups([[1, -1]], k=1)


def conversation(name):
    """Return a public conversation: votes, moderated statements, published group or -1."""
    path = shared(f"opinion/polis/{name}/participants-votes.csv")
    with path.open(encoding="utf-8") as file:
        head, *rows = csv.reader(file)
    table = np.array([[float(cell) if cell else np.nan for cell in row[6:]] for row in rows])
    with path.with_name("comments.csv").open(encoding="utf-8") as file:
        out = [row["comment-id"] for row in csv.DictReader(file) if row["moderated"] == "-1"]
    published = np.array([int(row[1]) if row[1] else -1 for row in rows])
    return Votes.of_matrix(table, statements=head[6:]), out, published


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_no_published_grouping_is_tighter(name):
    votes, out, published = conversation(name)
    k = len(set(published[published >= 0].tolist()))
    found = groups(votes, k=k, moderated=out, against_single=False)
    theirs = published[found.member]
    both = theirs >= 0
    ours = inertia_of(found.position[both], found.label[both])
    assert ours <= inertia_of(found.position[both], theirs[both])


def test_two_runs_are_the_same_to_the_last_byte():
    votes, out, _ = conversation(CONVERSATIONS[0])
    one, other = (groups(votes, moderated=out) for _ in range(2))
    kept = ("label", "position", "silhouette", "single", "by_k", "marks", "consensus", "inertia")
    assert [pickle.dumps(getattr(one, key)) for key in kept] == [
        pickle.dumps(getattr(other, key)) for key in kept
    ]


def test_everybody_with_seven_votes_is_on_the_map():
    told = case("polis-in-conv-7")["expected"]["participants_with_>=7_votes_and_no_group"]
    votes, out, _ = conversation("vtaiwan.uberx")
    found = groups(votes, moderated=out, against_single=False)
    missing = set(np.flatnonzero(votes.each() >= 7).tolist()) - set(found.member.tolist())
    assert len(missing) == told
    assert (found.label >= 0).all()
