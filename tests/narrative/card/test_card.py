from __future__ import annotations

import numpy as np
import pytest

from longtake.domain.estimate import Estimate, Unknown
from longtake.narrative.card.alignment import Said, aligned, worst
from longtake.narrative.card.drift import drift
from longtake.narrative.card.proposition import Card

CARD = Card(
    "有人在夜里守着灯，是为了让你放心走远",
    ("sad", "happy"),
    ("灯", "走远"),
    ("灯亮着，人就没走远",),
    ("促销",),
)
NEAR = Said("near", "夜里守着灯的人，灯亮着，人就没走远", {"sad": 0.6, "neutral": 0.4}, 2)
FAR = Said("far", "全场五折促销，买一送一限时三天抢购", {"angry": 0.5, "neutral": 0.5}, 2)


def at(value, half=0.05):
    return Estimate(value, value - half, value + half, 0.9, "score", "m", 20)


def test_near_is_near_and_far_is_worst():
    found = aligned(CARD, [NEAR, FAR])
    assert found[0].score.low > found[1].score.high
    assert found[0].held == ("灯", "走远", "灯亮着，人就没走远")
    assert (found[0].emotion, found[1].emotion) == (1.0, 0.0)
    assert found[1].broken == ("促销",)
    assert worst(found).node_id == "far"


def test_a_text_that_is_the_card_is_all_of_it():
    (found,) = aligned(CARD, [Said("card", CARD.text, {}, 3)])
    assert found.text == pytest.approx(1.0)
    assert found.score.value == pytest.approx(1.0)


def test_a_short_text_has_a_wider_interval():
    said = [
        Said("s", "守着灯的那些夜里的人", {"sad": 0.5, "angry": 0.5}, 1),
        Said("l", NEAR.text * 9, {"sad": 0.5, "angry": 0.5}, 30),
    ]
    short, long = aligned(CARD, said)
    assert short.score.high - short.score.low > 2 * (long.score.high - long.score.low)


def test_what_says_nothing_is_unknown():
    (empty,) = aligned(CARD, [Said("e", "灯", {}, 1)])
    assert (empty.score.reason, empty.score.needed) == ("no_copy", 10)
    (uncarded,) = aligned(Card(""), [NEAR])
    assert uncarded.score.reason == "no_card"
    assert worst([empty, uncarded]) is None


def test_three_in_a_row_raise_the_alarm_and_two_do_not():
    level = [at(0.6), at(0.58)]
    assert drift([*level, at(0.3), at(0.25), at(0.2)]).alarm
    assert not drift([*level, at(0.3), at(0.25), at(0.59)]).alarm
    assert not drift([*level, at(0.3), at(0.6), at(0.3), at(0.3)]).alarm


def test_a_campaign_that_drifts_slowly_is_held_to_where_it_began():
    found = drift([at(0.6), at(0.6), at(0.5), at(0.4), at(0.3), at(0.2)])
    assert found.drifting == (None, None, True, True, True, True)


def test_unknown_nodes_are_passed_over():
    unknown = Unknown("no_copy", "m", "score", 0)
    assert drift([at(0.6), unknown, at(0.6), at(0.2)]).drifting == (None, None, None, True)


def test_steady_nodes_seldom_raise_an_alarm():
    rng = np.random.default_rng(7)
    # Each node's interval covers its own truth nine times in ten; the truth is the same for all.
    alarms = [drift([at(v, 0.0823) for v in rng.normal(0.5, 0.05, 12)]).alarm for _ in range(400)]
    assert np.mean(alarms) <= 0.05
