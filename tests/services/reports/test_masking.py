from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.services.reports.masking import HIDDEN, LONGEST, masked


@pytest.mark.parametrize(
    "secret",
    [
        "13912345678",
        "139 1234 5678",
        "11010119900307123X",
        "someone@example.com",
        "https://example.com/u/1?x=2",
        "@灯下的小王",
    ],
)
def test_personal_data_is_hidden_wherever_it_stands(secret):
    shown, _ = masked(f"先{secret} 后")
    assert secret not in shown
    assert HIDDEN in shown


def test_plain_numbers_are_left_alone():
    assert masked("看了 3 遍，票房 1234567890123 元")[0] == "看了 3 遍，票房 1234567890123 元"


def test_spans_follow_the_text_past_what_was_hidden():
    text = "打 13912345678 太好哭了"
    start = text.index("好哭")
    shown, spans = masked(text, [(start, start + 2, 1.0), (0, 5, 1.0)])
    assert [shown[a:b] for a, b in spans] == ["好哭"]


@given(
    st.text(max_size=400), st.lists(st.tuples(st.integers(-5, 400), st.integers(-5, 400), st.floats(-1, 1)))
)
def test_spans_always_lie_inside_the_shown_text(text, weights):
    shown, spans = masked(text, weights)
    assert len(shown) <= LONGEST
    assert all(0 <= a < b <= len(shown) for a, b in spans)


def test_a_hostile_text_costs_no_time():
    begun = time.process_time()
    masked("a" * 200_000 + "@" + "1" * 200_000)
    assert time.process_time() - begun < 2
