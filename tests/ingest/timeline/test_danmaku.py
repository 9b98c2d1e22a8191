import gzip
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from longtake.errors import HostileFileError, UnreadableFileError
from longtake.ingest.cells import Unfit
from longtake.ingest.head import Head
from longtake.ingest.reader import Context
from longtake.ingest.timeline.danmaku import _comment
from reader_runs import NAMED, SEEDS, kept, notices, refused, run
from shared_data import shared

SEED = SEEDS / "bilibili-danmaku.xml"
CONTEXT = Context(Head("xml"), None, NAMED, "x.xml")


def raw_deflate(data: bytes) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return machine.compress(data) + machine.flush()


def test_eight_or_nine_values():
    first, second = kept(run("bilibili-danmaku", SEED))
    assert (first.comment_id, first.text, first.film_ms, first.kind) == (
        "1600000000000000001",
        "眼泪没忍住",
        301_250,
        "danmaku",
    )
    assert (second.text, second.film_ms, second.node_id) == ("要来了&别眨眼", 42_500, "90001")
    assert first.at == datetime.fromtimestamp(1716195600, UTC)
    assert first.author != second.author


def test_a_pool_is_a_sample():
    assert [(notice.kind, notice.values) for notice in notices(run("bilibili-danmaku", SEED))] == [
        ("sample", ("pool of 1500",))
    ]


def test_code_and_broken_entries_are_refused():
    assert refused(run("bilibili-danmaku", SEED)) == [
        (3, "mode"),
        (4, "mode"),
        (5, "p"),
        (6, "time"),
        (7, "d"),
    ]


@pytest.mark.parametrize("pack", [raw_deflate, zlib.compress, gzip.compress])
def test_compressed_pools_read_the_same(pack, tmp_path):
    path = tmp_path / "packed.bin"
    path.write_bytes(pack(SEED.read_bytes()))
    assert run("bilibili-danmaku", path) == run("bilibili-danmaku", SEED)


def test_a_pool_that_inflates_without_bound_is_refused(tmp_path):
    head = SEED.read_bytes().replace(b"</i>", b"")
    path = tmp_path / "bomb"
    path.write_bytes(raw_deflate(head + b" " * (40 << 20)))
    with pytest.raises(HostileFileError):
        run("bilibili-danmaku", path)


def test_entities_and_cut_files_are_refused(tmp_path):
    path = tmp_path / "x.xml"
    entry = '<d p="1,1,25,1,1716195600,0,a,1">&x;</d>'
    path.write_text(f'<?xml version="1.0"?><!DOCTYPE i [<!ENTITY x "y">]><i>{entry}</i>', encoding="utf-8")
    with pytest.raises(HostileFileError):
        run("bilibili-danmaku", path)
    path.write_text(SEED.read_text("utf-8")[:-300], encoding="utf-8")
    with pytest.raises(UnreadableFileError):
        run("bilibili-danmaku", path)


@settings(deadline=None)
@given(st.lists(st.text("0123456789.-eanif ", max_size=12), max_size=11))
def test_any_values_give_a_comment_or_an_unfit_cell(values):
    try:
        row = _comment(",".join(values), "泪目", 1, CONTEXT, node=None, taken=None)
    except Unfit:
        return
    assert row.film_ms is not None
    assert 0 <= row.film_ms <= 86_400_000


@pytest.mark.parametrize("name", ["danmaku.xml", "danmaku.xml.deflate"])
def test_shared_exports(name):
    rows = kept(run("bilibili-danmaku", shared(f"exports/{name}")))
    assert [(len(row.text), row.film_ms) for row in rows] == [(3, 490_191), (7, 18_773)]
    assert "&" in rows[1].text
    assert rows[0].at == datetime(2022, 1, 12, 3, tzinfo=UTC)
