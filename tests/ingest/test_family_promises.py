"""What every reader promises of every file, over the invented file of each reader."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from longtake.domain.boxoffice import BoxOffice
from longtake.domain.comment import Comment
from longtake.domain.observation import Observation
from longtake.domain.receipt import Notice, Refused
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context, Reader
from longtake.ingest.registry import READERS
from reader_runs import MINE, NAMED, run, seed

KINDS = {"increment", "cumulative", "score", "rank", "ratio"}
SHARES = ("occupancy_rate", "screening_share", "gross_share")


def test_readers_are_many_and_named_once():
    assert len(MINE) == 30
    assert len({reader.name for reader in MINE}) == len(MINE)
    assert all(reader.about.endswith(".") for reader in MINE)


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_reader_alone_claims_its_own_file(reader: Reader):
    path = seed(reader.name)
    head = peek(path)
    claims = {other.name: other.sniff(head, path) for other in READERS if other.sniff(head, path) >= 0.5}
    assert max(claims, key=lambda name: claims[name]) == reader.name
    assert claims[reader.name] >= 0.9
    assert all(score < claims[reader.name] for name, score in claims.items() if name != reader.name)


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_each_record_gives_rows_or_one_refusal(reader: Reader):
    items = run(reader.name, seed(reader.name))
    refusals = [item for item in items if isinstance(item, Refused)]
    rows = [item for item in items if not isinstance(item, (Refused, Notice))]
    assert rows
    assert refusals, "the invented file holds a record to refuse"
    lines = [item.line for item in refusals]
    assert len(set(lines)) == len(lines)
    assert not set(lines) & {row.source_line for row in rows}
    order = [
        item.line if isinstance(item, Refused) else item.source_line
        for item in items
        if not isinstance(item, Notice)
    ]
    assert order == sorted(order)
    assert all(len(item.value) <= 80 and item.expected for item in refusals)


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_units_and_bounds(reader: Reader):
    for row in run(reader.name, seed(reader.name)):
        if isinstance(row, Observation):
            assert row.kind in KINDS
            assert row.value is None or math.isfinite(row.value)
            assert row.kind != "ratio" or (row.value is not None and 0 <= row.value <= 1)
            assert row.kind != "rank" or row.value is None or row.value >= 1
        if isinstance(row, BoxOffice):
            assert all(
                0 <= value <= 1 for value in (getattr(row, name) for name in SHARES) if value is not None
            )
            assert row.gross_cny is None or row.gross_cny >= 0
        if isinstance(row, Comment):
            assert row.text == row.text.strip() != ""
            assert row.rating is None or 0.5 <= row.rating <= 5
            assert row.author is None or (len(row.author) == 16 and int(row.author, 16) >= 0)
        at, end = getattr(row, "at", None), getattr(row, "at_end", None)
        assert at is None or at.utcoffset().total_seconds() == 0
        assert at is None or end is None or at < end


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_two_reads_give_the_same_rows(reader: Reader):
    path = seed(reader.name)
    assert run(reader.name, path) == run(reader.name, path)


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_name_of_the_file_does_not_decide(reader: Reader, tmp_path: Path):
    path = seed(reader.name)
    renamed = tmp_path / f"download{path.suffix}"
    renamed.write_bytes(path.read_bytes())
    head = peek(renamed)
    best = max(READERS, key=lambda other: other.sniff(head, renamed))
    assert best.name == reader.name
    assert list(best.read(renamed, Context(head, None, NAMED, renamed.name)))
