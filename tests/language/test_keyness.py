"""What one group says more is told in words, with the rows that say it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from longtake.language.keyness.contrast import PRIOR, _odds, _sure, contrast
from longtake.language.keyness.terms import examples, frequent, words

FILL = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def around(term, count, seed):
    """Invent texts that hold a term among characters that vary."""
    rng = np.random.default_rng(seed)
    return [
        "".join(rng.choice(list(FILL), 5)) + term + "".join(rng.choice(list(FILL), 5)) for _ in range(count)
    ]


def test_a_phrase_is_told_whole_on_its_side_with_its_rows():
    a = around("海边木屋", 60, 1) + around("节奏", 40, 2)
    b = around("旧铁轨", 60, 3) + around("节奏", 40, 4)
    found = {term.term: term for term in contrast(a, b)}
    assert {"海边木屋", "旧铁轨"} <= set(found)
    assert not {"海边", "木屋", "边木", "海边木", "边木屋", "铁轨", "旧铁"} & set(found)
    house, rail = found["海边木屋"], found["旧铁轨"]
    assert (house.side, house.a, house.b, house.sure) == ("a", 60, 0, True)
    assert (rail.side, rail.a, rail.b, rail.sure) == ("b", 0, 60, True)
    assert house.examples == (0, 1, 2)
    assert all("旧铁轨" in b[i] for i in rail.examples)
    assert not found["节奏"].sure if "节奏" in found else True


def test_z_is_that_of_the_paper():
    log_odds, z = _odds(np.array([[30, 10]]), 100, 300)
    a, b = 30 + PRIOR * 0.1, 10 + PRIOR * 0.1
    delta = math.log(a / (100 + PRIOR - a)) - math.log(b / (300 + PRIOR - b))
    assert log_odds[0] == pytest.approx(delta)
    assert z[0] == pytest.approx(delta / math.sqrt(1 / a + 1 / b))


def test_sure_is_benjamini_and_hochberg():
    z = np.random.default_rng(4).normal(scale=2.0, size=300)
    p = 2 * np.array([0.5 * math.erfc(abs(one) / math.sqrt(2)) for one in z])
    assert np.array_equal(_sure(z), false_discovery_control(p) <= 0.05)


def test_one_who_repeats_decides_nothing():
    a, b = around("海边木屋", 20, 1) + around("节奏", 40, 2), around("旧铁轨", 60, 3)
    loud = [*a, *["甲子说海边木屋丑寅"] * 5000]
    there, shouted = ({t.term: t for t in contrast(one, b)} for one in (a, loud))
    assert shouted["海边木屋"].a == there["海边木屋"].a + 1


def test_words_of_latin_script_and_other_spellings_are_one_term():
    a = [f"{left} Soundtrack {right}" for left, right in zip(FILL, FILL[::-1], strict=True)]
    a += [f"{left}，配樂，{right}" for left, right in zip(FILL, FILL[::-1], strict=True)]
    b = [f"{left}，ending，{right} the" for left, right in zip(FILL, FILL[::-1], strict=True)]
    found = {t.term: t.side for t in contrast(a, b)}
    assert found == {"soundtrack": "a", "配乐": "a", "ending": "b"}


def test_nothing_crosses_punctuation():
    a = [f"{x}，山谷。渡口，{y}" for x, y in zip(FILL, FILL[::-1], strict=True)]
    b = around("旧铁轨", 30, 3)
    assert {t.term for t in contrast(a, b) if t.side == "a"} == {"山谷", "渡口"}


def test_limit_holds_for_each_side_and_signs_agree():
    a, b = around("海边木屋", 60, 1) + around("山谷", 50, 5), around("旧铁轨", 60, 3) + around("渡口", 50, 6)
    found = contrast(a, b, limit=1)
    assert sorted(t.side for t in found) == ["a", "b"]
    full = contrast(a, b)
    assert all((t.z > 0) == (t.side == "a") and t.z * t.log_odds > 0 for t in full)
    assert [abs(t.z) for t in full] == sorted((abs(t.z) for t in full), reverse=True)


def test_swapping_the_groups_swaps_the_sides():
    a, b = around("海边木屋", 60, 1), around("旧铁轨", 30, 3)
    there, back = contrast(a, b), contrast(b, a)
    assert {(t.term, t.a, t.b, round(t.z, 9)) for t in there} == {
        (t.term, t.b, t.a, round(-t.z, 9)) for t in back
    }


@pytest.mark.parametrize(("a", "b"), [([], ["好"]), (["好"], []), ([None, " "], ["好"]), (["好"], ["坏"])])
def test_groups_that_say_nothing_differ_in_nothing(a, b):
    assert contrast(a, b) == ()


@pytest.mark.parametrize("options", [{"limit": 0}, {"least": 1}])
def test_impossible_settings_are_refused(options):
    with pytest.raises(ValueError, match=r"\d"):
        contrast(["好"], ["坏"], **options)


@settings(max_examples=50)
@given(st.lists(st.text(alphabet="山谷渡口 ab，", min_size=1, max_size=10), min_size=1, max_size=25))
def test_counts_are_those_of_a_plain_count(texts):
    kept = sorted({text for text in texts if text.strip()})
    keys = frequent(kept, 2)
    spelled, counts, _ = words(kept, len(kept) // 2, keys)
    for word, (a, b) in zip(spelled, counts.tolist(), strict=True):
        if word[0] >= "\u2e80":
            assert a == sum(word in text for text in kept[: len(kept) // 2])
            assert b == sum(word in text for text in kept[len(kept) // 2 :])
    shown = examples(kept, len(kept), keys, np.ones(len(keys), dtype=bool))
    for word, some in zip(spelled, shown, strict=True):
        assert all(word in kept[i] for i in some)
