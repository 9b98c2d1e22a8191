"""What causes do together."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.answers.cause import CAUSES
from longtake.simulate.causes.strength import LADDER, STRENGTHS, Effects, effects

NAMES = [f.name for f in fields(Effects)]


def _departure(some, name):
    return abs(getattr(some, name) - getattr(Effects(), name))


@pytest.mark.parametrize("cause", CAUSES)
def test_a_stronger_cause_departs_further_in_every_quantity(cause):
    weak, medium, strong = LADDER[cause]
    moved = [name for name in NAMES if _departure(weak, name)]
    assert moved == [name for name in NAMES if _departure(strong, name)]
    assert all(_departure(weak, n) < _departure(medium, n) < _departure(strong, n) for n in moved)


some_causes = st.dictionaries(st.sampled_from(CAUSES), st.sampled_from(STRENGTHS))


@given(some_causes, some_causes)
def test_two_causes_depart_at_least_as_far_as_either(one, other):
    both = effects({**one, **other})
    each = [LADDER[cause][STRENGTHS.index(strength)] for cause, strength in {**one, **other}.items()]
    for name in NAMES:
        assert _departure(both, name) == max((_departure(some, name) for some in each), default=0.0)


def test_a_reversal_has_the_gap_and_no_harm():
    turned, cheated = effects({}, reversal="strong"), effects({"mismatch": "strong"})
    for name in ("other_film", "hurry", "other_pair"):
        assert getattr(turned, name) == getattr(cheated, name)
    assert (turned.violated, turned.after_first) == (0.0, 1.0)
    assert turned.exceeded == 0.18
