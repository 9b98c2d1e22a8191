"""The runner of the benchmark of diagnoses."""

from __future__ import annotations

from collections import Counter

import pytest
from benchmarks.diagnosis_parts import cases, worlds

from longtake.domain.answers.cause import CAUSES
from longtake.simulate.causes.strength import STRENGTHS


@pytest.mark.parametrize("of", ["train", "test", "second"])
def test_a_set_holds_what_the_order_asks_for(of):
    some = cases.cases(of)
    planted = Counter(case.causes[0] for case in some if len(case.causes) == 1)
    assert set(planted) == {(cause, strength) for cause in CAUSES for strength in STRENGTHS}
    assert min(sum(planted[cause, strength] for strength in STRENGTHS) for cause in CAUSES) >= 60
    assert sum(not case.causes and case.reversal is None for case in some) >= 60
    assert sum(len(case.causes) == 2 for case in some) >= 30
    assert sum(case.reversal is not None for case in some) >= 30
    assert len({case.name for case in some}) == len({case.seed for case in some}) == len(some)


def test_sets_share_no_world_but_those_told_again():
    seeds = {of: {case.seed for case in cases.cases(of)} for of in cases.SETS}
    assert seeds["train"] & seeds["test"] == set()
    assert seeds["second"] == seeds["test"]
    assert seeds["thinned"] < seeds["test"]
    assert {case.thin for case in cases.cases("thinned")} == set(cases.THINNER)


@pytest.mark.slow
def test_worlds_are_read_whole_and_measured_once(tmp_path):
    some = cases.cases("test", share=0.01)[::6] + cases.cases("second", share=0.01)[3:4]
    found = worlds.measured(some, worlds.rows, cache=tmp_path, processes=2, quiet=True)
    assert list(found) == [case.name for case in some]
    for case in some:
        made = case.make()
        kept = found[case.name].signs
        assert kept["comments"] == len(made.comments)
        assert kept.get("cues", 0) == len(made.cues)
        assert kept.get("boxoffice", 0) == len(made.boxoffice)
        assert kept.get("nodes", 0) == len(made.campaign.nodes)
        assert kept.get("events", 0) == len(made.campaign.events)
        assert found[case.name].truth["causes"] == dict(case.causes)
    files = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")}
    assert len(files) == len(some)
    assert worlds.measured(some, worlds.rows, cache=tmp_path, quiet=True) == found
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.json")} == files


def test_a_measure_that_other_processes_cannot_import_is_refused(tmp_path):
    with pytest.raises(ValueError, match="top of a module"):
        worlds.measured([], lambda workspace, folder: {}, cache=tmp_path)
    with pytest.raises(ValueError, match="set"):
        cases.cases("other")
