import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.cue import ScriptLine
from longtake.domain.receipt import Notice, Refused
from longtake.ingest.peek import peek
from longtake.ingest.registry import recognise
from longtake.ingest.script.element import Element, Line
from longtake.ingest.script.fountain import elements
from reader_runs import run


def pieces(text):
    return list(elements([Line(i, one) for i, one in enumerate(text.split("\n"), 1)]))


def told(text):
    return [(one.kind, one.speaker, one.text) for one in pieces(text) if isinstance(one, Element)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INT. PIER - DAY", [("scene", None, "INT. PIER - DAY")]),
        ("int/ext car - night #12A#", [("scene", None, "int/ext car - night")]),
        (".SNIPER SCOPE POV", [("scene", None, "SNIPER SCOPE POV")]),
        ("...and then nothing", [("action", None, "...and then nothing")]),
        ("!SCANNING THE AISLES", [("action", None, "SCANNING THE AISLES")]),
        ("CUT TO:", [("transition", None, "CUT TO:")]),
        ("> Burn to white.", [("transition", None, "Burn to white.")]),
        ("> THE END <", [("action", None, "THE END")]),
        ("~Willy Wonka!", [("lyric", None, "Willy Wonka!")]),
        ("## Act two", [("section", None, "Act two")]),
        ("= They meet.", [("synopsis", None, "They meet.")]),
        ("=====", []),
        ("STEEL\nHi.", [("dialogue", "STEEL", "Hi.")]),
        ("@McCLANE\nHi.", [("dialogue", "McCLANE", "Hi.")]),
        ("@老秦\n灯亮着。", [("dialogue", "老秦", "灯亮着。")]),
        ("STEEL", [("action", None, "STEEL")]),
        ("23\nskidoo", [("action", None, "23\nskidoo")]),
        ("A *very* **old** _house_ and 2\\*3", [("action", None, "A very old house and 2*3")]),
    ],
)
def test_every_element_of_the_syntax(text, expected):
    assert told(text) == expected


def test_a_speech_has_its_asides_extensions_and_a_blank_of_two_spaces():
    found = pieces("QIN (V.O.) (CONT'D) ^\n(low)\nOne.\n  \nTwo.\n\nHe waits.")
    assert [(one.kind, one.text, one.note, one.dual) for one in found] == [
        ("parenthetical", "low", "V.O.", True),
        ("dialogue", "One.\n\nTwo.", "V.O.", True),
        ("action", "He waits.", None, False),
    ]
    assert [one.opens for one in found] == [True, False, False]


def test_the_title_page_is_kept_and_contacts_are_not():
    found = pieces("Title:\n    The Light\n    A Film\nContact: me@example.org\nAuthor: Nobody\n\nHe waits.")
    titles = [(one.note, one.text) for one in found if isinstance(one, Element) and one.kind == "title"]
    assert titles == [("title", "The Light"), ("title", "A Film"), ("author", "Nobody")]
    assert [one for one in found if isinstance(one, Notice)] == [Notice("personal_left_out", ("Contact",))]
    assert not any("example" in getattr(one, "text", "") for one in found)


def test_what_was_struck_out_is_told_and_notes_are_kept_apart():
    found = pieces("Rain.\n/* MAN\nGone.\n*/\nShe [[too slow?]] waits.\n[[over\ntwo lines]]\n")
    assert Notice("script_cut", ("2-4",)) in found
    assert [(one.kind, one.text, one.line) for one in found if isinstance(one, Element)] == [
        ("note", "too slow?", 5),
        ("note", "over\ntwo lines", 6),
        ("action", "Rain.\nShe  waits.", 1),
    ]


def test_a_boneyard_nobody_closes_is_refused_and_the_rest_is_read():
    found = pieces("Rain. /* cut\nINT. PIER - DAY\n\nSun.")
    (refused,) = [one for one in found if isinstance(one, Refused)]
    assert (refused.line, refused.column) == (1, "boneyard")
    assert ("action", None, "Sun.") in [(one.kind, one.speaker, one.text) for one in found if one != refused]


def test_a_script_has_scenes_and_times_that_never_run_backwards(tmp_path):
    path = tmp_path / "a.fountain"
    path.write_text(
        "INT. A - DAY\n\nHe waits.\n\nQIN\nCome.\n\nEXT. B - DAY\n\nMAN ^\nNo.\n", encoding="utf-8"
    )
    rows = [item for item in run("fountain", path) if isinstance(item, ScriptLine)]
    assert [row.scene for row in rows] == [1, 1, 1, 2, 2]
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert all(row.start_ms <= row.end_ms for row in rows)
    assert {row.node_id for row in rows} == {"a"}
    # Heading, blank, description, blank, name, speech: five lines above it at 55 a minute.
    assert rows[2].start_ms == round(5 / 55 * 60_000)


def test_a_line_without_end_is_refused_and_costs_no_other(tmp_path):
    path = tmp_path / "a.fountain"
    path.write_text(f"INT. A - DAY\n\n{'x' * 5000}\n\nQIN\nCome.\n", encoding="utf-8")
    items = run("fountain", path)
    assert [(item.line, item.column) for item in items if isinstance(item, Refused)] == [(3, "*")]
    assert [item.kind for item in items if isinstance(item, ScriptLine)] == ["scene", "dialogue"]


@pytest.mark.parametrize(
    "text",
    ["/*" * 50_000, "[[" * 50_000, "*" * 4000, "_a" * 2000, "(" * 4000, "A (" * 1300, "[[\n\n" * 20_000],
    ids=range(7),
)
def test_hostile_marks_take_no_time(text):
    start = time.process_time()
    pieces(text)
    pieces("INT. A - DAY\n\nQIN\n" + text)
    assert time.process_time() - start < 2.0


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="AB a.\n@!~>#=[]/*()^:第场（）：老", max_size=120))
def test_any_text_is_read_and_no_word_is_lost(text):
    found = pieces(text)
    if "/*" in text:
        return
    kept = "".join(one.text for one in found if isinstance(one, Element))
    names = "".join(f"{one.speaker or ''}" for one in found if isinstance(one, Element))
    assert {c for c in text if c in "第场老B"} <= set(kept) | set(names) | {"B"}


def test_prose_and_tables_are_no_scripts(tmp_path):
    for name, text in (("a.txt", "Dear all,\n\nthe film is fine.\n"), ("b.csv", "INT,EXT\n1,2\n3,4\n")):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        head = peek(path)
        from longtake.ingest.script.reader import CHINESE, FOUNTAIN

        assert FOUNTAIN.sniff(head, path) < 0.5
        assert CHINESE.sniff(head, path) < 0.5


def test_a_plain_screenplay_with_margins_is_recognised(tmp_path):
    path = tmp_path / "draft.txt"
    path.write_text(
        "          INT. PIER - NIGHT\n\n     The lamp turns.\n\n                    QIN\n"
        "          Come home.\n\n                    MAN\n          Never.\n",
        encoding="utf-8",
    )
    assert recognise(path)[0].name == "fountain"
    assert [row.speaker for row in run("fountain", path) if getattr(row, "kind", "") == "dialogue"] == [
        "QIN",
        "MAN",
    ]


def test_a_script_that_opens_with_a_note_is_no_json(tmp_path):
    path = tmp_path / "a.fountain"
    path.write_text("[[draft two]]\n\nINT. PIER - NIGHT\n\nQIN\nCome home.\n", encoding="utf-8")
    assert recognise(path)[0].name == "fountain"
    for text in ("[[1, 2], [3]]", "[[true]]", '[["a"]]'):
        path.write_text(text, encoding="utf-8")
        assert peek(path).form == "json"
