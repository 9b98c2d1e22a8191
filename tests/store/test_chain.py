"""A chain only grows, says who broke it, and loses nothing it acknowledged."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from longtake.store.durable.chain import GENESIS, BrokenChainError, append, entry_hash, read


def _made(path: Path, n: int = 5) -> Path:
    for i in range(n):
        append(path, {"kind": "note", "n": i, "text": "第一阶段"})
    return path


def test_entries_come_back_as_they_were_written(tmp_path):
    found = read(_made(tmp_path / "a" / "chain.jsonl"))
    assert [entry.body["n"] for entry in found] == [0, 1, 2, 3, 4]
    assert found[0].prev == GENESIS
    assert [entry.prev for entry in found[1:]] == [entry.hash for entry in found[:-1]]
    assert found[0].hash == entry_hash(1, GENESIS, {"kind": "note", "n": 0, "text": "第一阶段"})


def test_no_file_is_an_empty_chain(tmp_path):
    assert read(tmp_path / "none.jsonl") == ()


def test_every_flipped_byte_is_found_at_its_entry(tmp_path):
    path = _made(tmp_path / "chain.jsonl", 3)
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        line = whole[:place].count(b"\n") + 1
        if place == len(whole) - 1:
            assert [entry.body["n"] for entry in read(path)] == [0, 1]
            continue
        with pytest.raises(BrokenChainError) as caught:
            read(path)
        assert caught.value.seq == line


@pytest.mark.parametrize(
    ("change", "seq"),
    [
        (lambda lines: lines[:1] + lines[2:], 2),
        (lambda lines: [lines[1], lines[0], *lines[2:]], 1),
        (lambda lines: [*lines, lines[-1]], 6),
        (lambda lines: [lines[0].replace(b'"n":0', b'"n": 0'), *lines[1:]], 1),
        (lambda lines: [b"[" * 100_000, *lines[1:]], 1),
    ],
)
def test_dropped_swapped_repeated_respelled_and_hostile_entries_are_named(tmp_path, change, seq):
    path = _made(tmp_path / "chain.jsonl")
    path.write_bytes(b"\n".join(change(path.read_bytes().splitlines())) + b"\n")
    with pytest.raises(BrokenChainError) as caught:
        append(path, {"kind": "more"})
    assert caught.value.seq == seq


def test_a_line_cut_off_while_it_was_written_is_passed_over_and_replaced(tmp_path):
    path = _made(tmp_path / "chain.jsonl", 2)
    path.write_bytes(path.read_bytes() + b'{"body":{"n":9')
    assert len(read(path)) == 2
    assert append(path, {"n": 3}).seq == 3
    assert [entry.seq for entry in read(path)] == [1, 2, 3]


def test_who_saw_an_older_end_is_told_so(tmp_path):
    path = _made(tmp_path / "chain.jsonl", 1)
    seen = read(path)[-1].hash
    append(path, {"n": 1}, expected=seen)
    with pytest.raises(BrokenChainError, match="someone else"):
        append(path, {"n": 2}, expected=seen)


def test_what_is_no_json_changes_nothing(tmp_path):
    path = _made(tmp_path / "chain.jsonl", 1)
    for body, error in (({"x": float("nan")}, ValueError), ({"x": object()}, TypeError)):
        with pytest.raises(error):
            append(path, body)
    assert len(read(path)) == 1


def _many(path: str, who: int) -> int:
    for i in range(20):
        append(Path(path), {"who": who, "i": i})
    return who


def test_writers_at_once_lose_nothing(tmp_path):
    path = tmp_path / "chain.jsonl"
    with ProcessPoolExecutor(4) as pool:
        assert sorted(pool.map(_many, [str(path)] * 4, range(4))) == [0, 1, 2, 3]
    found = [(entry.body["who"], entry.body["i"]) for entry in read(path)]
    assert sorted(found) == [(who, i) for who in range(4) for i in range(20)]
    assert all([i for w, i in found if w == who] == list(range(20)) for who in range(4))


def test_a_killed_writer_leaves_what_it_acknowledged(tmp_path):
    path = tmp_path / "chain.jsonl"
    code = (
        "import sys\nfrom pathlib import Path\nfrom longtake.store.durable.chain import append\n"
        f"p = Path({str(path)!r})\n"
        "for i in range(10_000):\n    append(p, {'i': i})\n    print(i, flush=True)\n"
    )
    for _ in range(3):
        writer = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=os.environ)
        assert writer.stdout is not None
        before = len(read(path))
        acknowledged = [int(writer.stdout.readline()) for _ in range(5)]
        time.sleep(0.02)
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout.read().split()]
        writer.wait()
        assert len(read(path)) - before in {len(acknowledged), len(acknowledged) + 1}
