"""The two sets of words mean the same and share no sentence."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from longtake.simulate.causes.luck import Luck
from longtake.simulate.causes.words.vocabulary import FEWEST, KEPT, SLOT, meanings, part, words
from longtake.simulate.causes.world import world

WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]")


def _flat(which):
    return {name: {_text(parts) for parts in some} for name, some in words(which).rules.items()}


def _text(parts):
    return "".join(text if i % 2 == 0 else f"{{{text}}}" for i, text in enumerate(parts))


def _spoken(which):
    return {word for some in words(which).circles.values() for word in some["keywords"]}


def test_both_sets_say_everything_that_can_be_meant():
    first, second = _flat("first"), _flat("second")
    assert set(first) == set(second)
    assert set(meanings()) <= set(first)
    assert words("first").aspects == words("second").aspects
    assert min(len(some) for name, some in first.items() if name in meanings() and name != "giveaway") >= 3


def test_the_sets_share_no_template_no_clause_and_no_name():
    first, second = _flat("first"), _flat("second")
    both = set().union(*(some for name, some in first.items() if not name.startswith("emoji"))) & set().union(
        *(some for name, some in second.items() if not name.startswith("emoji"))
    )
    assert {text for text in both if WORD.search(SLOT.sub("", text))} == set()
    for kind in ("names", "place", "thing", "deed", "title", "noun", "brand", "rival"):
        assert set(words("first").film[kind]) & set(words("second").film[kind]) == set()
    for tone, lines in words("first").lines.items():
        assert set(lines) & set(words("second").lines[tone]) == set()
    assert _spoken("first") & _spoken("second") == set()


@pytest.mark.parametrize("which", ["first", "second"])
def test_every_opening_of_a_circle_holds_one_of_its_words(which):
    for circle in words(which).circles.values():
        assert [o for o in circle["opens"] if not any(k in o for k in circle["keywords"])] == []


def test_the_second_wording_tells_the_same_world():
    told, retold = (world(8, {"mismatch": "strong"}, wording=which) for which in ("first", "second"))
    for key in ("effects", "papers", "reproduction_at_end", "bought_share"):
        assert told.truth[key] == retold.truth[key]
    assert told.truth["violated_share"] == pytest.approx(retold.truth["violated_share"], abs=0.05)


def test_two_campaigns_of_one_set_share_few_sentences():
    texts = [
        {c.text for c, s in zip(made.comments, made.said, strict=True) if len(c.text) >= 10}
        for made in (world(20), world(21), world(22))
    ]
    for i, j in ((0, 1), (0, 2), (1, 2)):
        assert len(texts[i] & texts[j]) <= 0.05 * min(len(texts[i]), len(texts[j]))


def test_a_campaign_uses_most_of_each_rule():
    rules = words("first").rules
    for name, kept in part(Luck(np.random.default_rng(1)), rules).items():
        n = len(rules[name])
        assert len(kept) == (n if n <= FEWEST else max(FEWEST, round(KEPT * n)))
        assert Counter(kept) <= Counter(rules[name])


def test_there_is_no_third_set():
    with pytest.raises(ValueError, match="third"):
        words("third")
