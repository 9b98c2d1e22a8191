from collections import Counter

import numpy as np
import pytest

from longtake.simulate.grammar import LONGEST, grammar, speak

PLATFORMS = ("weibo", "douyin", "bilibili", "xiaohongshu", "douban", "maoyan")


@pytest.mark.parametrize("film", ["short", "feature"])
def test_every_intent_can_be_said_on_every_platform(film):
    rng, spoken = np.random.default_rng(1), grammar(film)
    for intent in spoken.intents:
        for platform in PLATFORMS:
            for _ in range(20):
                said = speak(rng, spoken, intent, platform=platform)
                assert 1 <= len(said.text) <= LONGEST
                assert "{" not in said.text
                assert said.polarity in ("neg", "neutral", "pos")


def test_labels_say_what_was_meant():
    rng, spoken = np.random.default_rng(2), grammar("short")
    assert speak(rng, spoken, "mismatch", platform="weibo").expectation == "violated"
    assert speak(rng, spoken, "self_story", platform="weibo").self_story
    assert speak(rng, spoken, "official", platform="weibo").voice == "official"
    assert "trailer" in speak(rng, spoken, "mismatch", platform="weibo").aspects


def test_an_echo_names_the_line_it_quotes():
    rng, spoken = np.random.default_rng(3), grammar("short")
    quoted = 0
    for _ in range(200):
        said = speak(rng, spoken, "echo", platform="douban")
        assert said.echo is not None
        quoted += spoken.lines[said.echo] in said.text
    assert quoted > 100


def test_hardly_two_texts_are_alike():
    rng, spoken = np.random.default_rng(4), grammar("short")
    texts = [
        speak(rng, spoken, i, platform="weibo").text for i in ("praise", "complaint", "self_story") * 1000
    ]
    assert len(set(texts)) >= 0.98 * len(texts)
    assert Counter(len(text) // 20 for text in texts).total() == 3000


def test_no_such_intent():
    with pytest.raises(KeyError):
        speak(np.random.default_rng(0), grammar("short"), "shout", platform="weibo")
