"""A film and the trailer that sells it, or another one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from longtake.simulate.causes.cast import cast
from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.nuisance import nuisance
from longtake.simulate.causes.story import story
from longtake.simulate.causes.strength import Effects
from longtake.simulate.causes.words.vocabulary import words


def _told(seed, **found):
    luck, spoken = Luck(np.random.default_rng(seed)), words("first")
    drawn = replace(nuisance(np.random.default_rng([seed, 1])), genre="sad", other_genre="comedy")
    drawn = replace(drawn, habits={**drawn.habits, "other_film": 0.0, "hurry": 1.0})
    film = cast(luck, drawn, spoken, sold="comedy" if found.get("other_film") else "sad")
    return story(luck, drawn, Effects(**found), spoken, film), drawn, film


@pytest.mark.parametrize("seed", range(4))
def test_a_true_trailer_is_made_of_the_films_lines_and_its_promise(seed):
    told, _, film = _told(seed)
    spoken = {cue.text for cue in told.film}
    strange = [cue.text for cue in told.trailer if cue.text not in spoken]
    assert strange == [told.trailer[-1].text]
    assert strange[0] in words("first").promises["sad"]
    assert (told.other_lines, told.marginal_lines) == (0.0, 0.0)
    assert told.tempo_ratio == pytest.approx(1.8, rel=0.15)
    assert film.golden[0] in "".join(spoken)


@pytest.mark.parametrize("seed", range(4))
def test_each_axis_moves_alone(seed):
    kind = _told(seed, other_film=0.9)[0]
    tempo = _told(seed, hurry=1.8)[0]
    people, _, film = _told(seed, other_pair=0.7)
    assert kind.other_lines == pytest.approx(0.9, abs=0.2)
    assert kind.trailer[-1].text in words("first").promises["comedy"]
    assert (kind.marginal_lines, tempo.marginal_lines, tempo.other_lines, people.other_lines) == (0, 0, 0, 0)
    assert tempo.tempo_ratio == pytest.approx(1.8 * 1.8, rel=0.15)
    assert people.marginal_lines == pytest.approx(0.7, abs=0.25)
    assert kind.tempo_ratio == pytest.approx(1.8, rel=0.15)
    assert len(film.people) >= 4


@pytest.mark.parametrize("seed", range(6))
def test_cues_are_in_order_and_inside_their_film(seed):
    told, drawn, _ = _told(seed, other_film=0.5, hurry=1.4)
    for cues, length in ((told.film, drawn.minutes * 60_000), (told.trailer, drawn.trailer_seconds * 1000)):
        assert [cue.number for cue in cues] == list(range(1, len(cues) + 1))
        assert all(one.end_ms <= other.start_ms for one, other in pairwise(cues))
        assert cues[0].start_ms >= 0
        assert cues[-1].end_ms <= length
    assert 60 <= drawn.trailer_seconds <= 150
    assert 6 <= drawn.minutes <= 100


def test_a_film_seldom_repeats_itself():
    told, _, _ = _told(3)
    texts = [cue.text for cue in told.film]
    assert len(set(texts)) > 0.75 * len(texts)
