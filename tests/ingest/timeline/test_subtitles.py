import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.domain.cue import Cue
from longtake.errors import UnreadableFileError
from longtake.ingest.timeline.cuts import arrows, dialogues
from reader_runs import SEEDS, kept, refused, run
from shared_data import shared

HEAD = "[Script Info]\nScriptType: v4.00+\n\n[Events]\n"


def file(tmp_path, text, name="trailer-a.srt", encoding="utf-8"):
    path = tmp_path / name
    path.write_text(text, encoding=encoding)
    return path


def test_ass_in_gb18030_is_numbered_by_time_and_yielded_in_file_order():
    items = run("subtitles", SEEDS / "subtitles.ass")
    assert kept(items) == [
        Cue("subtitles", 2, 4000, 6500, "信到了\n可是没有人拆", 11, "阿遥"),
        Cue("subtitles", 1, 1000, 3500, "山谷里,只剩下风", 12),
    ]
    assert refused(items) == [(13, "end"), (14, "text"), (15, "start")]


def test_srt_with_dots_tags_and_counters_in_the_words(tmp_path):
    text = (
        "1\n00:00:01,000 --> 00:00:03,500\n<i>第一句</i>\n第二行\n\n"
        "2\n00:00:04.200 --> 00:00:05,000\n{\\an8}他说 &amp; 她说\n\n"
        "3\n00:00:06,000 --> 00:00:07,000\n1987\n\n"
        "4\n00:00:09,000 --> 00:00:08,000\n倒着走\n\n"
        "5\n00:00:10,000 --> 很晚\n时间坏了\n\n"
        "6\n00:00:11,000 --> 00:00:12,000\n\n"
        "7\n01:00:13,5 --> 01:00:14,000\n3 < 5 而 7 > 2\n"
    )
    items = run("subtitles", file(tmp_path, text))
    assert [(cue.number, cue.start_ms, cue.end_ms, cue.text) for cue in kept(items)] == [
        (1, 1000, 3500, "第一句\n第二行"),
        (2, 4200, 5000, "他说 & 她说"),
        (3, 6000, 7000, "1987"),
        (4, 3_613_500, 3_614_000, "3 < 5 而 7 > 2"),
    ]
    assert refused(items) == [(15, "end"), (19, "end"), (23, "text")]
    assert {cue.node_id for cue in kept(items)} == {"trailer-a"}


def test_webvtt_notes_and_names_are_no_words(tmp_path):
    text = (
        "WEBVTT\n\nNOTE 说明\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v 阿遥>信到了</v>\n\n"
        "NOTE 又一条\n还是说明\n\n"
        "00:00:03.000 --> 00:00:04.000\n没有人拆\n"
    )
    cues = kept(run("subtitles", file(tmp_path, text, "x.vtt")))
    assert [(cue.text, cue.speaker, cue.start_ms) for cue in cues] == [
        ("信到了", "阿遥", 1000),
        ("没有人拆", None, 3000),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding(encoding, tmp_path):
    text = "1\n00:00:01,000 --> 00:00:02,000\n山谷里只剩下风,信还在路上\n" * 3
    cues = kept(run("subtitles", file(tmp_path, text, encoding=encoding)))
    assert {cue.text.split("\n")[0] for cue in cues} == {"山谷里只剩下风,信还在路上"}


@pytest.mark.parametrize(
    "storm", ["{" * 60_000, "{\\i1}" * 12_000, "{\\p1}" * 12_000, "<i" * 30_000, "< " * 30_000]
)
@pytest.mark.parametrize("form", ["ass", "srt"])
def test_a_storm_of_tags_is_refused_at_once(storm, form, tmp_path):
    if form == "ass":
        text = f"{HEAD}Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{storm}\n"
    else:
        text = f"1\n00:00:01,000 --> 00:00:02,000\n{storm}\n"
    start = time.process_time()
    items = run("subtitles", file(tmp_path, text, f"x.{form}"))
    assert time.process_time() - start < 1.0
    assert [column for _, column in refused(items)] == ["text"]


def test_many_lines_of_tags_just_below_the_limit_are_fast(tmp_path):
    line = "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,," + "{\\i1}字" * 120
    start = time.process_time()
    items = run("subtitles", file(tmp_path, HEAD + f"{line}\n" * 80, "x.ass"))
    assert time.process_time() - start < 1.0
    assert len(kept(items)) == 80


def test_a_damaged_encoding_is_refused(tmp_path):
    path = tmp_path / "x.srt"
    path.write_bytes("1\n00:00:01,000 --> 00:00:02,000\n山谷\n".encode() * 4000 + b"\xff\xfe\xff")
    with pytest.raises(UnreadableFileError):
        run("subtitles", path)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3_000_000), st.integers(0, 9_000)), min_size=1, max_size=30))
def test_numbers_run_along_the_timeline(spans):
    from longtake.ingest.timeline.subtitles import _cue

    def clock(ms):
        return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d},{ms % 1000:03d}"

    lines = [
        line
        for place, (start, length) in enumerate(spans, 1)
        for line in (str(place), f"{clock(start)} --> {clock(start + length)}", "字", "")
    ]
    cues = [_cue(cut, "x") for cut in arrows(lines, web=False)]
    assert [(cue.start_ms, cue.end_ms, cue.text) for cue in cues] == [(s, s + d, "字") for s, d in spans]


@settings(deadline=None)
@given(st.lists(st.text("0:1,.-> \n{}\\<>字[Events]Dialogue", max_size=60), max_size=20))
def test_any_lines_are_cut_without_a_crash(lines):
    assert sum(1 for _ in arrows(lines, web=True)) == sum("-->" in line for line in lines)
    assert sum(1 for _ in dialogues(lines)) <= len(lines)


def test_shared_exports():
    (cue,) = kept(run("subtitles", shared("exports/film_gb18030.ass")))
    assert (cue.node_id, cue.start_ms, cue.end_ms, cue.source_line) == ("film_gb18030", 1000, 3500, 10)
    assert [len(line) for line in cue.text.split("\n")] == [5, 11]
    assert len(cue.speaker) == 2
    cues = kept(run("subtitles", shared("exports/trailer.srt")))
    assert [(cue.number, cue.start_ms, cue.end_ms) for cue in cues] == [(1, 1000, 3500), (2, 4200, 5000)]
    assert [len(cue.text) for cue in cues] == [11, 7]
