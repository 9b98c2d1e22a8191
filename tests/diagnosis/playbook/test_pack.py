"""Packs of the playbook: what comes with the package, what a team puts in its place, what is refused."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from itertools import pairwise

import pytest

from longtake.diagnosis.playbook.copy.rule import copy_rules
from longtake.diagnosis.playbook.entry import fits, fitting
from longtake.diagnosis.playbook.form import forms
from longtake.diagnosis.playbook.holiday import covered, ended, holidays
from longtake.diagnosis.playbook.pack import PACKAGED, PlaybookError
from longtake.diagnosis.playbook.reference import references
from longtake.diagnosis.playbook.repair import chosen, repairs
from longtake.diagnosis.playbook.talk import words
from longtake.domain.answers.cause import CAUSES
from longtake.locale import catalogue

HEAD = '[pack]\nname = "own"\ndate = 2026-12-01\nsource = { zh = "自测", en = "measured" }\n'
REFERENCE = '[[reference]]\nkey = "pass_on"\nvalue = 0.08\nabout = { zh = "我们的", en = "ours" }\n'


def test_every_cause_has_repairs_that_any_campaign_may_be_given_and_their_forms_exist():
    known, shapes = repairs(), forms()
    for cause in (*CAUSES, "collect"):
        own = [one for one in known.values() if one.cause == cause]
        assert len(own) >= 2, cause
        assert chosen(cause, frozenset({"released", "circles", "spend", "nodes", "box_office"}), own), cause
    for one in known.values():
        for making in one.makes:
            if making.form:
                assert shapes[making.form].platform == making.platform, one.key


def test_facts_decide_what_is_proposed():
    known = repairs().values()
    reversal = chosen("mismatch", frozenset({"released", "reversal"}), known)
    assert [one.key for one in reversal] == ["say_what_it_is"]
    assert "ask_for_showings" not in {one.key for one in chosen("external", frozenset(), known)}


def test_own_entries_replace_those_of_their_key_and_keep_their_place(tmp_path):
    before = list(references())
    (tmp_path / "own.toml").write_text(HEAD + REFERENCE, "utf-8")
    after = references([tmp_path])
    assert list(after) == before
    assert (after["pass_on"].value, after["pass_on"].pack) == (0.08, "own@2026-12-01")
    assert references()["pass_on"].value == 0.054


def test_the_variable_names_a_folder_too(tmp_path, monkeypatch):
    (tmp_path / "own.toml").write_text(HEAD + REFERENCE, "utf-8")
    monkeypatch.setenv("LONGTAKE_PLAYBOOK", str(tmp_path))
    assert references()["pass_on"].value == 0.08


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[pack\n", "cannot be read"),
        (HEAD.replace("2026-12-01", '"today"') + REFERENCE, "expected name, date"),
        (HEAD + REFERENCE + "colour = 1\n", "nobody reads colour"),
        (HEAD + REFERENCE.replace("0.08", "7"), "a rate in"),
        (HEAD + REFERENCE.replace(', en = "ours"', ""), "zh and en"),
        (HEAD + REFERENCE * 2, "stands there twice"),
        (HEAD + "[[colours]]\nkey = 1\n", "nobody reads colours"),
        (HEAD + "reference = 3\n", "expected"),
    ],
)
def test_a_pack_that_cannot_be_used_names_its_file_and_the_reason(tmp_path, text, said):
    (tmp_path / "own.toml").write_text(text, "utf-8")
    with pytest.raises(PlaybookError, match=said) as caught:
        references([tmp_path])
    assert "own.toml" in str(caught.value)


def test_a_repair_that_asks_for_an_unknown_fact_or_form_of_proof_is_refused(tmp_path):
    packaged = tomllib.loads((PACKAGED / "repairs-reach.toml").read_text("utf-8"))
    assert len(packaged["repair"]) >= 10
    raw = (PACKAGED / "repairs-reach.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(raw.replace('when = ["spend"]', 'when = ["moon"]'), "utf-8")
    with pytest.raises(PlaybookError, match="moon"):
        repairs([tmp_path])
    (tmp_path / "own.toml").write_text(raw.replace('design = "ab_test"', 'design = "hope"'), "utf-8")
    with pytest.raises(PlaybookError, match="hope"):
        repairs([tmp_path])


def test_holidays_do_not_overlap_and_say_which_years_they_hold():
    known = holidays()
    assert all(one.first <= one.last and one.last - one.first < timedelta(days=10) for one in known)
    assert all(one.last < two.first for one, two in pairwise(known))
    assert [one.key for one in ended(date(2026, 2, 20), date(2026, 3, 1), known)] == ["spring-2026"]
    assert covered(date(2025, 12, 1), date(2026, 3, 1), known)
    assert not covered(date(2026, 12, 1), date(2027, 1, 2), known)


def test_the_entry_that_fits_goes_by_kind_before_platform():
    known = fits()
    assert fitting("trailer", "douyin", known).key == "trailer-douyin"
    assert fitting("trailer", "weibo", known).key == "trailer"
    assert fitting("podcast", "xiaohongshu", known).key == "xiaohongshu"
    assert fitting("podcast", None, known).key == "any"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_gives_the_playbooks_reasons_word_for_word(lang):
    held = {key: catalogue(lang).say(f"fit_why.{key}") for key in (fit.key for fit in fits())}
    assert held == {fit.key: fit.why.of(lang) for fit in fits()}


def test_words_of_a_kind_that_is_not_there_are_a_mistake_of_the_programmer():
    assert len(words("marketing")) > 10
    with pytest.raises(ValueError, match="gossip"):
        words("gossip")


def test_chinese_of_the_packs_has_full_width_punctuation():
    for path in sorted(PACKAGED.glob("*.toml")):
        for zh in _chinese(tomllib.loads(path.read_text("utf-8"))):
            plain = zh.replace("`longtake lint-copy`", "")
            assert not any(f"{a}{b}" in plain for a in "的了是。，" for b in ",;?!"), (path.name, zh)
            assert ", " not in plain, (path.name, zh)


def _chinese(value):
    if isinstance(value, dict):
        if set(value) == {"zh", "en"}:
            yield value["zh"]
        else:
            for one in value.values():
                yield from _chinese(one)
    elif isinstance(value, list):
        for one in value:
            yield from _chinese(one)


def test_copy_rules_of_every_kind_are_there():
    assert {one.kind for one in copy_rules().values()} == {"form", "words", "mark", "promise"}
