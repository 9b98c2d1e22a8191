"""Kinds of speakers: no word tells of two kinds, and a team's own list replaces ours."""

from __future__ import annotations

from collections import Counter

import pytest

from longtake.diagnosis.playbook.pack import PlaybookError
from longtake.diagnosis.playbook.speakers import speakers
from longtake.locale import LANGUAGES, catalogue

HEAD = '[pack]\nname = "own"\ndate = 2026-11-27\nsource = { zh = "自拟", en = "ours" }\n'


def test_no_word_tells_of_two_kinds_and_none_stands_twice():
    many = Counter(word for kind in speakers() for word in kind.words)
    assert [word for word, n in many.items() if n > 1] == []


def test_no_single_letter_passes_for_a_person():
    assert [word for kind in speakers() for word in kind.words if len(word) < 2] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_has_its_words_in_the_interface(lang):
    said = catalogue(lang)
    assert [kind.key for kind in speakers() if not said.has(f"people_kind.{kind.key}")] == []


def test_a_teams_own_kind_replaces_ours(tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + '[[speaker]]\nkey = "parents"\nwords = ["遛娃"]\n', "utf-8")
    assert {one.key: one.words for one in speakers([tmp_path])}["parents"] == ("遛娃",)


def test_a_kind_without_words_is_refused(tmp_path):
    (tmp_path / "own.toml").write_text(HEAD + '[[speaker]]\nkey = "nobody"\nwords = []\n', "utf-8")
    with pytest.raises(PlaybookError, match="no words"):
        speakers([tmp_path])
