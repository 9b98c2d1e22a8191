"""A gap planted on one axis is found on that axis and on no other."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from longtake.domain.campaign import Character
from longtake.domain.cue import Cue
from longtake.narrative import Scores, gap
from longtake.narrative.gaps.usual import Usual
from longtake.simulate.scripts import script

SEEDS = 40
AXES = ("intensity", "relations", "pacing")


def found(seed, planted, *, draws=199):
    made = script(seed, planted)
    scores = (
        Scores(made.trailer_intensity, made.trailer_valence),
        Scores(made.film_intensity, made.film_valence),
    )
    return gap(
        made.trailer,
        made.film,
        characters=made.characters,
        scores=scores,
        genre="drama",
        draws=draws,
        seed=seed,
    )


def rates(planted):
    return np.mean([[axis.found for axis in found(seed, planted).axes] for seed in range(SEEDS)], axis=0)


def test_without_a_gap_none_is_found_more_often_than_chance_allows():
    # Five in a hundred are allowed; of forty, six or fewer in 98.6 cases of a hundred.
    assert (rates({}) <= 6 / SEEDS).all()


@pytest.mark.parametrize(
    ("axis", "strength"), [("intensity", 0.6), ("relations", 0.6), ("pacing", 1.5), ("pacing", -1.5)]
)
def test_a_planted_gap_is_found_on_its_axis_and_no_other(axis, strength):
    seen = dict(zip(AXES, rates({axis: strength}), strict=True))
    assert seen[axis] >= 0.85
    assert max(rate for name, rate in seen.items() if name != axis) <= 6 / SEEDS


def test_a_larger_gap_is_larger():
    sizes = [
        np.mean([found(s, {"intensity": x}).intensity.size.value for s in range(12)]) for x in (0, 0.4, 0.8)
    ]
    assert sizes == sorted(sizes)
    assert sizes[2] > sizes[0] + 0.3


def test_the_same_inputs_give_the_same_answer():
    assert found(3, {"relations": 0.4}) == found(3, {"relations": 0.4})


def test_the_order_of_cues_does_not_matter():
    made = script(5)
    straight = gap(made.trailer, made.film, characters=made.characters)
    assert gap(made.trailer[::-1], made.film[::-1], characters=made.characters) == straight


def test_what_is_measured_on_one_axis_does_not_move_another():
    made = script(6)
    with_scores = found(6, {}, draws=199)
    without = gap(made.trailer, made.film, characters=made.characters, genre="drama", draws=199, seed=6)
    assert (without.relations, without.pacing) == (with_scores.relations, with_scores.pacing)
    assert without.intensity.size.reason == "not_scored"
    assert without.intensity.found is None


def test_pairs_name_who_was_promised_and_who_was_left_out():
    made = found(2, {"relations": 0.6})
    pairs = {pair.names: pair for pair in made.pairs}
    assert pairs["苏禾", "秦川"].hardly_present
    assert made.relations.found
    assert any(window.what == "苏禾 × 秦川" for window in made.relations.windows)


def test_a_trailer_as_fast_as_the_film_is_slow_where_trailers_are_fast():
    made = script(1, pace_ratio=1.0, pace_spread=1e-9)
    axis = gap(made.trailer, made.film, usual_pace=Usual(3.0, 0.2)).pacing
    assert axis.measures[0].gap.value == pytest.approx(1.0, abs=0.01)
    assert axis.size.value == pytest.approx(3.0, rel=0.02)
    assert axis.found


def test_shots_are_compared_where_they_are_there():
    made = script(1)
    axis = gap(made.trailer, made.film, shots=([1.0, 1.5, 2.0], [3.0, 6.0, 9.0])).pacing
    shot = {one.name: one for one in axis.measures}["shot_seconds"]
    assert (shot.trailer, shot.film, shot.gap.value) == (1.5, 6.0, 0.25)


def test_too_few_cues_are_said_and_not_guessed():
    made = script(1)
    few = gap(made.trailer[:5], made.film, characters=made.characters, scores=None)
    assert (few.pacing.size.reason, few.pacing.size.needed) == ("too_few_cues", 8)
    assert few.relations.size.reason == "too_few_cues"


def test_nobody_named_is_nobody_seen():
    made = script(1)
    plain = (
        [replace(cue, speaker=None) for cue in made.film],
        [replace(cue, speaker=None) for cue in made.trailer],
    )
    assert gap(plain[1], plain[0]).relations.size.reason == "no_people"


def test_two_languages_are_not_compared():
    made = script(1)
    english = [replace(cue, text="you never told me where the old boat went") for cue in made.trailer]
    both = gap(english, made.film, characters=made.characters)
    assert both.pacing.size.reason == both.intensity.size.reason == "languages_differ"
    assert both.relations.found is not None


def test_scores_must_fit_their_cues():
    made = script(1)
    short = Scores(np.zeros(3), np.zeros(3))
    with pytest.raises(ValueError, match="3 scores"):
        gap(made.trailer, made.film, scores=(short, short))
    with pytest.raises(ValueError, match="level"):
        gap(made.trailer, made.film, level=1.0)
    with pytest.raises(ValueError, match="finite"):
        Scores(np.array([np.nan]), np.zeros(1))


def test_a_flat_film_has_no_scale():
    made = script(1)
    flat = (
        Scores(np.ones(len(made.trailer)), np.ones(len(made.trailer))),
        Scores(np.ones(len(made.film)), np.ones(len(made.film))),
    )
    assert gap(made.trailer, made.film, scores=flat).intensity.size.reason == "all_alike"


def test_speakers_of_the_files_stand_in_for_a_cast():
    cues = [Cue("f", i, 3000 * i, 3000 * i + 1500, "一句话", i, ("甲", "乙")[i % 2]) for i in range(30)]
    trailer = [replace(cue, node_id="t") for cue in cues[:10]]
    assert [pair.names for pair in gap(trailer, cues).pairs] == [("乙", "甲")] or [
        pair.names for pair in gap(trailer, cues).pairs
    ] == [("甲", "乙")]
    named = gap(trailer, cues, characters=[Character("甲"), Character("乙")])
    assert [(pair.names, pair.trailer, pair.film) for pair in named.pairs] == [(("甲", "乙"), 1.0, 1.0)]
