import math
import os
import random
import time
from dataclasses import fields
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import pytest

from contracts.fuzz import mutant
from longtake.domain.receipt import Refused
from longtake.errors import LongtakeError
from longtake.ingest import read, readers

SEEDS = Path(__file__).parent / "seeds"
SEEN = datetime.fromisoformat("2023-07-09T18:30:45+08:00")
KEY = b"a key that lies in a test, 32 b."
SECONDS = 1.0
FEW = 300
MANY = int(os.environ.get("LONGTAKE_FUZZ") or 20_000)
FAST_DISK = Path("/dev/shm")


def seed_of(name):
    found = sorted(path for path in SEEDS.iterdir() if path.stem == name or path.name.startswith(f"{name}."))
    assert found, f"reader {name} has no seed file in {SEEDS}"
    return found[0]


@pytest.fixture
def scratch(tmp_path):
    if not os.access(FAST_DISK, os.W_OK):
        yield tmp_path
        return
    folder = FAST_DISK / f"longtake-fuzz-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    yield folder
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()


def line_of(item):
    return item.line if isinstance(item, Refused) else item.source_line


def unstorable(value):
    """Whether no table could hold a value."""
    if isinstance(value, str):
        return len(value.encode("utf-8")) < len(value)
    if isinstance(value, datetime):
        return value.tzinfo is None
    if isinstance(value, float):
        return not math.isfinite(value)
    if isinstance(value, int):
        return not -(2**63) <= value < 2**63
    return not isinstance(value, (date, type(None)))


def broken(item):
    """What makes a row impossible to store, or None."""
    for field in fields(item):
        if unstorable(getattr(item, field.name)):
            return f"{field.name} is {getattr(item, field.name)!r}"
    if isinstance(item, Refused) and (len(item.value) > 80 or not item.expected):
        return "a refusal shows too much, or nothing that would have been taken"
    low, high = getattr(item, "at", None), getattr(item, "at_end", None)
    return "the end is not after the start" if low is not None and high is not None and low >= high else None


def check(path):
    """Read one file; return whether it was read to its end."""
    items = []
    try:
        for item in read(path, SEEN, key=KEY):
            items.append(item)
    except LongtakeError:
        return False
    finally:
        seen = set()
        for line, group in groupby(items, key=line_of):
            together = list(group)
            refused = sum(isinstance(item, Refused) for item in together)
            assert line >= 1, f"line {line}"
            assert line not in seen, f"line {line} comes twice"
            assert refused == 0 or len(together) == 1, f"line {line} gives rows and refusals"
            seen.add(line)
        for item in items:
            assert broken(item) is None, f"{broken(item)}: {item}"
    return True


def fuzz(reader, mutants, scratch):
    source = seed_of(reader.name)
    seed = source.read_bytes()
    rng = random.Random(reader.name)
    whole = 0
    for number in range(mutants):
        path = scratch / f"{number}{source.suffix}"
        data = mutant(seed, source.suffix, rng)
        path.write_bytes(data)
        start = time.process_time()
        try:
            whole += check(path)
        except BaseException as error:
            kept = (
                Path(os.environ.get("LONGTAKE_FUZZ_KEEP") or scratch)
                / f"{reader.name}-{number}{source.suffix}"
            )
            kept.write_bytes(data)
            raise AssertionError(
                f"mutant {number} of {source.name}: {type(error).__name__}: {error}"
            ) from error
        assert time.process_time() - start < SECONDS, f"mutant {number} of {source.name} takes too long"
        path.unlink()
    return whole


@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_a_damaged_file_gives_rows_refusals_or_one_typed_error(reader, scratch):
    assert fuzz(reader, FEW, scratch) > 0


@pytest.mark.slow
@pytest.mark.parametrize("reader", readers(), ids=lambda reader: reader.name)
def test_many_damaged_files_give_rows_refusals_or_one_typed_error(reader, scratch):
    assert fuzz(reader, MANY, scratch) > 0
