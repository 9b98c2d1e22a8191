"""Damaged files of every reader: rows, refusals or one typed error, never a crash and never a bad row."""

from __future__ import annotations

import copy
import json
import math
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from longtake.domain.receipt import Item, Notice, Refused
from longtake.errors import LongtakeError
from longtake.ingest.peek import peek
from longtake.ingest.reader import Context, Reader
from reader_runs import MINE, NAMED, seed

SEEN = datetime(2024, 5, 21, tzinfo=UTC)
JUNK = (
    None, True, 0, -1, 1e300, -0.5, 10**30, "", "\x00", "\ud800", "<0.1%", "1万+", "9" * 50, "NaN", " ",
    "2 days ago", [], {}, [1], {"a": 1}, "{" * 50,
)  # fmt: skip
PIECES = (b",", b'"', b"\n", b"{", b"<", b"\xff", b"9" * 30, b"-", b"\x00", b"%")


def readable(reader: Reader, path: Path, observed_at: datetime | None) -> list[Item]:
    try:
        head = peek(path)
        if reader.sniff(head, path) < 0.5:
            return []
        return list(reader.read(path, Context(head, observed_at, NAMED, path.name)))
    except LongtakeError:
        return []


def sound(items: list[Item]) -> None:
    refusals = [item.line for item in items if isinstance(item, Refused)]
    rows = [item for item in items if not isinstance(item, (Refused, Notice))]
    assert len(set(refusals)) == len(refusals)
    assert not set(refusals) & {row.source_line for row in rows}
    for item in items:
        for name in item.__dataclass_fields__:
            value = getattr(item, name)
            if isinstance(value, float):
                assert math.isfinite(value)
            elif isinstance(value, int):
                assert abs(value) < 2**63
            elif isinstance(value, str):
                assert "\x00" not in value
                assert value.encode("utf-8").decode("utf-8") == value


def damaged(data: bytes, chance: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(found) or 1)
        act = chance.random()
        if act < 0.4:
            found[place : place + 1] = bytes([chance.randrange(256)])
        elif act < 0.7:
            del found[place : place + chance.randint(1, 30)]
        else:
            found[place:place] = chance.choice(PIECES)
    return bytes(found)


@pytest.mark.parametrize("reader", MINE, ids=lambda reader: reader.name)
def test_damaged_bytes(reader: Reader, tmp_path: Path):
    data, chance = seed(reader.name).read_bytes(), random.Random(reader.name)
    path = tmp_path / f"x{seed(reader.name).suffix}"
    for _ in range(40):
        path.write_bytes(damaged(data, chance))
        sound(readable(reader, path, chance.choice([None, SEEN])))


def places(value: object, path: tuple = ()) -> Iterator[tuple]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in inner:
        yield (*path, key)
        yield from places(one, (*path, key))


@pytest.mark.parametrize(
    "reader",
    [reader for reader in MINE if seed(reader.name).suffix == ".json"],
    ids=lambda reader: reader.name,
)
def test_values_of_other_types(reader: Reader, tmp_path: Path):
    value, chance = json.loads(seed(reader.name).read_text("utf-8")), random.Random(reader.name)
    path = tmp_path / "x.json"
    for place in places(value):
        changed = copy.deepcopy(value)
        holder = changed
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = copy.deepcopy(chance.choice(JUNK))
        path.write_text(json.dumps(changed), encoding="utf-8")
        sound(readable(reader, path, chance.choice([None, SEEN])))
