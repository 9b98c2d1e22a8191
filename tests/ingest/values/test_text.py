import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.ingest.identity import content_id, pseudonym
from longtake.ingest.values import clean, hashtags, plain
from longtake.ingest.values.markup import tokens


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("没有标签 a < b", "没有标签 a < b"),
        ('哭了<img src="x" alt="[流泪]">', "哭了[流泪]"),
        ("<p>one</p><p>two<br>three</p>", "one\ntwo\nthree"),
        ('<a href="/n/甲">@甲</a>：<span class="url">看</span>', "@甲：看"),
        ("<script>alert('x')</script>ok<style>b{}</style>", "ok"),
        ("1 &lt; 2 &amp;&amp; 3 &#x1F62D;", "1 < 2 && 3 😭"),
        ("<!-- <b>hidden</b> -->seen", "seen"),
        ('<a title="a > b">x</a>', "x"),
    ],
)
def test_the_words_of_html_remain(html, expected):
    assert plain(html) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "<a ",
        "<a x='",
        '<a x="',
        "<script>",
        "<![CDATA[",
        "</",
        "&#x",
        "<a x=",
        "<script></script>",
        "<a          ",
    ],
)
def test_hostile_html_takes_linear_time(piece):
    spent = []
    for size in (100_000, 800_000):
        html = piece * (size // len(piece))
        start = time.process_time()
        assert sum(1 for _ in tokens(html)) >= 0
        spent.append(time.process_time() - start)
    # Eight times the text in at most three times the time of eight: quadratic time would take 64 times.
    assert spent[1] < 24 * spent[0] + 0.1


@given(st.text(max_size=200))
def test_html_tokens_never_fail_and_never_step_back(text):
    places = [token.at for token in tokens(text)]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("#三封信# 看完 #灯塔# #三封信#", "#三封信##灯塔#"),
        ("路演[哭]#三封信[话题]# #南京首映[话题]#", "#三封信##南京首映#"),
        ("好看#三封信 #一起看电影", "#三封信##一起看电影#"),
        ("see https://a.b/#top and C# and #1 &#39;", None),
        ("so good #film #NightShift", "#film##NightShift#"),
        ("", None),
        ("###", None),
    ],
)
def test_topics_of_every_platform_have_one_form(text, expected):
    assert hashtags(text) == expected


@given(st.text(max_size=100))
def test_clean_text_can_be_stored_and_is_stable(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert cleaned.encode("utf-8").decode() == cleaned


def test_clean_keeps_emoji_sequences_and_line_breaks():
    assert clean("👨‍👩‍👧 哭了\r\n\x00真的\ufeff") == "👨‍👩‍👧 哭了\n真的"
    assert clean("a\ud83d") == "a\ufffd"


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_content_ids_differ_where_the_parts_differ(left, right):
    assert (content_id(*left) == content_id(*right)) == (left == right)


def test_an_unknown_part_is_not_an_empty_one():
    assert content_id(None) != content_id("")
    assert content_id(None) != content_id("\x00")


def test_pseudonyms_depend_on_key_platform_and_author_and_refuse_the_empty():
    one, two = pseudonym(b"k" * 32), pseudonym(b"j" * 32)
    names = {one("weibo", "甲"), one("douyin", "甲"), one("weibo", "乙"), two("weibo", "甲")}
    assert len(names) == 4
    assert all(len(name) == 16 and int(name, 16) >= 0 for name in names)
    with pytest.raises(ValueError, match="empty"):
        one("weibo", "")
    with pytest.raises(ValueError, match="16 bytes"):
        pseudonym(b"short")
