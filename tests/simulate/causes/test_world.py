"""What is planted in a world is there, and nothing else depends on it."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from longtake.domain.answers.cause import CAUSES
from longtake.simulate.causes.nuisance import nuisance
from longtake.simulate.causes.strength import STRENGTHS
from longtake.simulate.causes.world import world
from longtake.simulate.exports import exports

# Worlds without a list of fifty topics an hour, which take a third of the time.
SEEDS = [s for s in range(60) if "hotlist" not in nuisance(np.random.default_rng([s, 0])).fills][:7]


@cache
def _truths(cause, strength, reversal=None):
    return [world(seed, {cause: strength} if cause else {}, reversal=reversal).truth for seed in SEEDS]


def _mean(key, causes, reversal=None):
    ((cause, strength),) = causes.items() or ((None, None),)
    return float(np.mean([truth[key] for truth in _truths(cause, strength, reversal)]))


@pytest.fixture(scope="module")
def healthy():
    return [world(seed).truth for seed in SEEDS]


def _healthy(truths, key):
    return float(np.mean([truth[key] for truth in truths]))


def test_the_same_seed_gives_the_same_bytes_and_another_one_others():
    first, again = (exports(world(3, {"positioning": "medium"})) for _ in range(2))
    assert first == again
    assert exports(world(4, {"positioning": "medium"})) != first
    json.dumps(dict(world(3).truth))


@pytest.mark.parametrize("cause", CAUSES)
def test_what_no_cause_decides_is_the_same_whatever_the_cause(cause):
    for seed in range(4):
        calm, sick = world(seed), world(seed, {cause: "strong"})
        assert sick.truth["papers"] == calm.truth["papers"]
        assert sick.campaign.kind == calm.campaign.kind
        assert sick.campaign.release_at == calm.campaign.release_at
        assert {c.platform for c in sick.comments} <= {
            *nuisance(np.random.default_rng([seed, 0])).platforms,
            "weibo",
        }
        assert abs(len(sick.comments) - len(calm.comments)) <= 12
        assert bool(sick.boxoffice) == bool(calm.boxoffice)
        assert bool(sick.hotlist) == bool(calm.hotlist)


@pytest.mark.parametrize(
    ("cause", "key", "sign"),
    [
        ("mismatch", "violated_share", 1),
        ("mismatch", "trailer_other_lines_share", 1),
        ("mismatch", "trailer_tempo_ratio", 1),
        ("mismatch", "reproduction_at_end", -1),
        ("positioning", "circle_balance_range", 1),
        ("positioning", "strangers_share", 1),
        ("positioning", "reproduction_at_release", -1),
        ("interaction", "inviting_share", -1),
        ("interaction", "reproduction_at_release", -1),
        ("over_promotion", "bought_share", 1),
        ("over_promotion", "copies_share", 1),
        ("over_promotion", "fed_up_share", 1),
        ("external", "supply_at_end", -1),
        ("external", "elsewhere_share", 1),
    ],
)
def test_a_sign_grows_with_the_strength_of_its_cause(healthy, cause, key, sign):
    steps = [_healthy(healthy, key), *(_mean(key, {cause: strength}) for strength in STRENGTHS)]
    assert steps == sorted(steps, reverse=sign < 0)
    assert abs(steps[-1] - steps[0]) > 0.005 + 0.2 * abs(steps[0])


def test_a_cause_leaves_the_signs_of_others_alone(healthy):
    assert _mean("violated_share", {"external": "strong"}) == pytest.approx(
        _healthy(healthy, "violated_share"), abs=0.01
    )
    assert _mean("reproduction_at_end", {"external": "strong"}) == pytest.approx(
        _healthy(healthy, "reproduction_at_end")
    )
    assert _mean("inviting_share", {"mismatch": "strong"}) == pytest.approx(
        _healthy(healthy, "inviting_share"), abs=0.02
    )


def test_a_reversal_has_the_gap_of_a_mismatch_and_pleases(healthy):
    gap = _mean("trailer_other_lines_share", {"mismatch": "strong"})
    assert _mean("trailer_other_lines_share", {}, reversal="strong") >= gap > 0.5
    assert _mean("violated_share", {}, reversal="strong") == pytest.approx(
        _healthy(healthy, "violated_share"), abs=0.01
    )
    assert _mean("exceeded_share", {}, reversal="strong") > 3 * _healthy(healthy, "exceeded_share")
    assert _mean("reproduction_at_end", {}, reversal="strong") == pytest.approx(
        _healthy(healthy, "reproduction_at_end")
    )


def test_thinning_keeps_a_share_of_the_same_rows():
    whole, some = world(5, {"mismatch": "strong"}), world(5, {"mismatch": "strong"}, thin=0.25)
    known = {(c.platform, c.comment_id): replace(c) for c in whole.comments}
    assert all(known[c.platform, c.comment_id] == c for c in some.comments)
    assert len(some.comments) == pytest.approx(len(whole.comments) / 4, rel=0.2)
    assert some.truth["effects"] == whole.truth["effects"]


def test_what_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="bad luck"):
        world(1, {"bad luck": "weak"})
    with pytest.raises(ValueError, match="enormous"):
        world(1, {"mismatch": "enormous"})
    with pytest.raises(ValueError, match="reversal"):
        world(1, {"mismatch": "weak"}, reversal="weak")
    with pytest.raises(ValueError, match="thin"):
        world(1, thin=0.0)
    with pytest.raises(ValueError, match="wording"):
        world(1, wording="third")
