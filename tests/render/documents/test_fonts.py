import struct
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.render.documents import fonts
from longtake.render.documents.fonts import FontsError, legible


def test_letters_of_both_languages_are_left_alone():
    for text in ("《灯下的人》，一小时 224 条；“爸，你也给自己留一盏”", "Talk peaked — 22% [16.7–17.6%] ×"):
        assert legible(text) == text


def test_a_letter_no_font_has_is_named_not_lost():
    assert legible("看哭了😭") == "看哭了〈loudly crying face〉"
    assert legible("\U000200ce") == "〈U+200CE〉" or legible("\U000200ce") == "\U000200ce"
    assert legible("❤\ufe0f") == "〈heavy black heart〉"
    assert legible("⟨U+202E⟩") == "〈U+202E〉"


@given(st.text())
def test_what_is_legible_stays_as_it_is(text):
    once = legible(text)
    assert legible(once) == once


@given(st.text(st.characters(categories=["Lu", "Ll", "Lo", "So", "Nd", "Po"]), min_size=1))
def test_no_letter_is_dropped(text):
    assert len(legible(text)) >= len(text)
    assert all(unicodedata.category(letter) not in {"Cs", "Cn"} for letter in legible(text))


def test_a_folder_named_by_the_environment_comes_first(monkeypatch, tmp_path):
    mine = tmp_path / "Mine.otf"
    mine.write_bytes(b"OTTO" + struct.pack(">HHHH", 0, 0, 0, 0))
    monkeypatch.setenv(fonts.VARIABLE, str(tmp_path))
    assert fonts.folder.__wrapped__() == tmp_path
    assert fonts.files(tmp_path) == (mine,)


def test_without_any_font_the_refusal_says_what_would_do(monkeypatch):
    monkeypatch.delenv(fonts.VARIABLE, raising=False)
    monkeypatch.setattr(fonts, "WHEEL", "no_such_wheel")
    monkeypatch.setattr(fonts, "SYSTEM", ())
    with pytest.raises(FontsError, match=r"pylopdf-fonts-zh-cn.*LONGTAKE_FONTS"):
        fonts.folder.__wrapped__()
