from __future__ import annotations

import numpy as np
import pytest

from longtake.opinion.personas.diff import diff
from longtake.opinion.personas.persona import Persona, Personas, Trait


def one(version, rule="r", **traits):
    return Personas(version, (Persona("a", {key: Trait(*pair) for key, pair in traits.items()}, rule),))


def test_what_moved_is_told_and_what_did_not_is_not():
    before = one(1, favourable=(80, 100), share=(100, 200))
    after = one(2, favourable=(100, 200), share=(200, 400))
    found = diff(before, after)
    assert [(c.segment, c.reason, c.trait, c.before, c.after) for c in found] == [
        ("a", "moved", "favourable", Trait(80, 100), Trait(100, 200))
    ]
    assert found[0].p_value < 0.001


def test_segments_that_come_go_or_are_made_otherwise_are_told():
    before = Personas(1, (Persona("a", {}, "x"), Persona("b", {})))
    after = Personas(2, (Persona("a", {}, "y"), Persona("c", {})))
    assert [(c.segment, c.reason) for c in diff(before, after)] == [
        ("c", "added"),
        ("b", "gone"),
        ("a", "rule"),
    ]


def test_a_version_does_not_differ_from_itself():
    version = one(1, favourable=(80, 100))
    assert diff(version, version) == ()


def test_nothing_that_moved_is_reported_as_rarely_as_promised():
    rng, reported = np.random.default_rng(0), 0
    for _ in range(300):
        first = rng.binomial(100, 0.6, 8)
        more = rng.binomial(100, 0.6, 8)
        before = one(1, **{f"t{k}": (int(hits), 100) for k, hits in enumerate(first)})
        after = one(
            2, **{f"t{k}": (int(a + b), 200) for k, (a, b) in enumerate(zip(first, more, strict=True))}
        )
        reported += bool(diff(before, after))
    assert reported / 300 <= 0.13


def test_more_hits_than_people_are_refused():
    with pytest.raises(ValueError, match="hits 3, n 2"):
        Trait(3, 2)
