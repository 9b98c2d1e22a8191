import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from longtake.domain.receipt import Refused
from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.formats.jsonfile import document, items, lines, parse, too_deep
from longtake.ingest.formats.outline import closed
from longtake.ingest.formats.table import dicts
from longtake.ingest.peek import peek

VALUE = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=12,
)


def written(tmp_path, text, name="x.json"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", errors="surrogatepass")
    return path


def test_json_lines_give_each_line_an_object_or_a_refusal(tmp_path):
    path = written(tmp_path, '{"a": 1}\n\n[1]\n{"a": NaN}\n{"a": 1e999}\n{"a": \n{"a": 2}', "x.jsonl")
    head = peek(path)
    found = list(lines(path, head))
    assert (head.form, head.columns, head.record) == ("jsonl", ("a",), {"a": 1})
    assert [line for line, _ in found] == [1, 3, 4, 5, 6, 7]
    assert [isinstance(item, Refused) for _, item in found] == [False, True, True, True, True, False]
    assert found[1][1] == Refused(3, "*", "[1]", "a JSON object")


def test_one_line_is_a_document_unless_its_name_says_lines(tmp_path):
    assert peek(written(tmp_path, '{"a": 1}')).form == "json"
    assert peek(written(tmp_path, '{"a": 1}', "x.jsonl")).form == "jsonl"
    assert peek(written(tmp_path, '{\n "a": 1\n}')).form == "json"


@given(
    st.lists(st.dictionaries(st.text(max_size=4), VALUE, max_size=4), max_size=30), st.sampled_from([None, 1])
)
def test_the_elements_of_an_array_come_as_json_reads_them(tmp_path_factory, values, indent):
    path = tmp_path_factory.mktemp("law") / "x.json"
    path.write_text(json.dumps(values, indent=indent), encoding="utf-8")
    assert [item for _, item in items(path, peek(path))] == values


def test_a_long_array_is_read_a_piece_at_a_time(tmp_path):
    values = [{"id": number, "text": "哭" * (number % 500)} for number in range(5000)]
    path = written(tmp_path, json.dumps(values, ensure_ascii=False))
    found = list(items(path, peek(path)))
    assert [number for number, _ in found] == list(range(1, 5001))
    assert [item for _, item in found] == values


def test_an_element_that_is_no_number_json_knows_is_refused_alone(tmp_path):
    path = written(tmp_path, '[{"a": 1}, {"a": NaN}, {"a": ' + "9" * 5000 + '}, 7, {"a": 2}]')
    found = [item for _, item in items(path, peek(path))]
    assert [isinstance(item, Refused) for item in found] == [False, True, True, True, False]


def test_an_array_that_breaks_off_gives_what_came_before(tmp_path):
    path = written(tmp_path, '[{"a": 1}, {"a": 2}, {"a":')
    taken = []
    with pytest.raises(UnreadableFileError, match="breaks off in element 3"):
        taken.extend(item for _, item in items(path, peek(path)))
    rows = items(path, peek(path))
    assert [next(rows), next(rows)] == [(1, {"a": 1}), (2, {"a": 2})]


def test_text_after_the_array_is_refused(tmp_path):
    path = written(tmp_path, '[{"a": 1}] x')
    with pytest.raises(UnreadableFileError):
        list(items(path, peek(path)))


def test_half_surrogate_pairs_become_characters_that_can_be_stored(tmp_path):
    path = written(tmp_path, '[{"text": "\\ud83d哭", "ok": "\\ud83d\\ude2d"}]')
    assert [item for _, item in dicts(path, peek(path))] == [{"text": "\ufffd哭", "ok": "😭"}]


@pytest.mark.parametrize("deep", ["[" * 201 + "]" * 201, '{"a":' * 201 + "1" + "}" * 201])
def test_deep_nesting_is_refused_and_brackets_in_text_are_not(tmp_path, deep):
    assert too_deep(deep)
    assert not too_deep(json.dumps({"text": "[" * 500}))
    with pytest.raises(ValueError, match="deeper than 200"):
        parse(deep)
    path = written(tmp_path, deep)
    with pytest.raises(HostileFileError, match="deeper than 200"):
        peek(path)
    assert parse("[" * 200 + "]" * 200)


def test_an_object_shows_the_records_of_the_list_inside_it(tmp_path):
    path = written(tmp_path, '{"code": 0, "data": {"list": [{"id": 1, "t": null}, {"id": 2, "t": [3]}]}}')
    head = peek(path)
    assert (head.form, head.columns, head.record["code"]) == ("json", ("id", "t"), 0)
    assert head.samples == ({"id": "1", "t": ""}, {"id": "2", "t": "[3]"})
    assert document(path, head) == {"code": 0, "data": {"list": [{"id": 1, "t": None}, {"id": 2, "t": [3]}]}}


def test_the_head_of_a_large_document_is_read_where_it_is_cut(tmp_path):
    rows = [{"id": number, "text": "字" * 300} for number in range(4000)]
    path = written(tmp_path, json.dumps({"title": "片", "comments": rows}, ensure_ascii=False))
    head = peek(path)
    assert (head.columns, head.record["title"], len(head.samples)) == (("id", "text"), "片", 5)


@given(VALUE, st.floats(0, 1))
def test_closed_text_is_json_wherever_it_was_cut(value, share):
    text = json.dumps([value])
    cut = closed(text[: max(1, int(len(text) * share))])
    assert isinstance(json.loads(cut), list)


def test_a_document_that_is_no_json_is_refused(tmp_path):
    path = written(tmp_path, '{"a": 1, "b" 2}')
    with pytest.raises(UnreadableFileError, match="not JSON"):
        document(path, peek(written(tmp_path, '{"a": 1}', "y.json")))
