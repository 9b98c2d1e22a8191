"""Every cause opened: statement, figures, rows, what would turn it, what is missing."""

from __future__ import annotations

import re

import pytest

from longtake.domain.answers.cause import CAUSES
from longtake.locale import catalogue
from web_site import FILM


@pytest.fixture
def section(records):
    from longtake.services.measured.kept import kept

    return kept(records.workspace, FILM).section("diagnosis")


def _value(sentence, slot):
    return sentence.figures[slot].quantity.value


def test_every_cause_has_a_chapter_and_the_likeliest_comes_first(section):
    assert sorted(chapter.id for chapter in section.chapters) == sorted(CAUSES)
    told = [_value(chapter.title, "probability") for chapter in section.chapters]
    assert told == sorted(told, reverse=True)
    assert {chapter.id for chapter in section.chapters if chapter.open} <= {
        chapter.id for chapter in section.chapters if _value(chapter.title, "probability") >= 0.5
    }


def test_the_signs_of_a_chapter_are_those_of_the_table(section):
    columns = [column.key for column in section.tables["evidence"].columns]
    rows = [dict(zip(columns, row, strict=True)) for row in section.tables["evidence"].rows]
    for chapter in section.chapters:
        own = [row for row in rows if row["cause"] == chapter.id]
        speaking = [one for one in chapter.parts["speaks_for"] if one.figures]
        against = chapter.parts.get("speaks_against", ())
        assert [one.figures["value"].quantity.value for one in (*speaking, *against)] == [
            row["value"] for row in sorted(own, key=lambda row: row["direction"] != "for")
        ]


def test_what_would_turn_a_cause_lies_below_it_when_named_and_above_it_when_not(section):
    said = [(c, one) for c in section.chapters for one in c.parts["would_turn"] if one.figures]
    for chapter, one in said:
        now, turn = _value(one, "value"), _value(one, "turns_at")
        assert one.key == ("diagnosis_drops_out" if chapter.open else "diagnosis_comes_in")
        assert turn < now if chapter.open else turn > now


def test_everything_that_is_missing_stands_with_its_cause(section):
    missing = section.tables["lacking"].rows
    told = [
        (chapter.id, one.words["need"])
        for chapter in section.chapters
        for one in chapter.parts.get("is_missing", ())
    ]
    assert sorted(told) == sorted((cause, need) for cause, _, _, need in missing)


def test_rows_are_told_once_twenty_at_most_and_under_a_true_heading(section):
    assert any(chapter.quotes for chapter in section.chapters)
    for chapter in section.chapters:
        texts = [quote.text for quote in chapter.quotes]
        assert len(texts) <= 20
        assert len(texts) == len(set(texts))
        speaks = any(one.figures for one in chapter.parts["speaks_for"])
        assert chapter.quoted == ("tells_best" if speaks else "touches_on")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_screen_opens_every_chapter_and_folds_its_tables(records, section, lang):
    client = records.client(records.member("viewer"))
    client.cookies["longtake_lang"] = lang
    page = client.get(f"/c/{FILM}/at/diagnosis/").content.decode()
    opened = dict(re.findall(r'<details class="chapter" id="chapter-(\w+)"( open)?>', page))
    assert {name: bool(open_) for name, open_ in opened.items()} == {c.id: c.open for c in section.chapters}
    assert re.findall(r'<details class="fold"[^>]*( open)?>', page) == ["", ""]
    for key in {key for chapter in section.chapters for key in chapter.parts}:
        assert page.count(f"<h2>{catalogue(lang).say('part.' + key)}</h2>") == sum(
            key in chapter.parts for chapter in section.chapters
        )


def test_the_overview_points_at_nothing_that_stands_elsewhere(records, section):
    assert any(sentence.key == "diagnosis_lacking" for sentence in section.sentences)
    said = catalogue("zh").say("say.diagnosis_lacking")
    client = records.client(records.member("viewer"))
    client.cookies["longtake_lang"] = "zh"
    assert said not in client.get(f"/c/{FILM}/").content.decode()
    assert said in client.get(f"/c/{FILM}/at/diagnosis/").content.decode()
