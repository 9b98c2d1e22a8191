"""A file that only grows: each entry holds the hash of the one before it."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from longtake.errors import LongtakeError
from longtake.store.durable.disk import make_folder, storage, sync

GENESIS = "0" * 64


class BrokenChainError(LongtakeError):
    """An entry of a chain is not what was written."""

    code = "broken_chain"

    def __init__(self, path: Path, seq: int, reason: str) -> None:
        super().__init__(
            f"{path.name}: entry {seq} {reason}.",
            fix="Restore the file from a backup; nothing is added to a chain that does not hold.",
        )
        self.path, self.seq, self.reason = str(path), seq, reason


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a chain.

    Attributes:
        seq: Its number, from 1.
        prev: Hash of the entry before it; 64 zeros for the first.
        body: What it says; JSON values.
        hash: SHA-256 of ``seq``, ``prev`` and ``body`` in canonical JSON, hexadecimal.
    """

    seq: int
    prev: str
    body: Mapping[str, Any]
    hash: str


def canonical(value: object) -> bytes:
    """Return a value as canonical JSON: sorted keys, no spaces, UTF-8.

    Examples:
        >>> canonical({"b": 1, "a": "灯"}).decode()
        '{"a":"灯","b":1}'
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def entry_hash(seq: int, prev: str, body: Mapping[str, Any]) -> str:
    """Return the hash of an entry."""
    return hashlib.sha256(canonical({"body": body, "prev": prev, "seq": seq})).hexdigest()


def read(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a chain, oldest first; none when there is no file.

    A last line without an end was cut off while it was written and never acknowledged: it is passed over.

    Raises:
        BrokenChainError: An entry was altered, dropped, swapped or forged; it names the first one.
        StorageError: The file cannot be read.
    """
    if not path.exists():
        return ()
    with storage(path):
        content = path.read_bytes()
    return _entries(path, content)


def append(path: Path, body: Mapping[str, Any], *, expected: str | None = None) -> Entry:
    """Add an entry and return it once it is on disk.

    Args:
        path: The chain's file; made when it is not there.
        body: JSON values.
        expected: Hash of the entry the caller last saw; the chain must still end there. None when that
            does not matter.

    Raises:
        BrokenChainError: The chain does not hold, or it has moved on from ``expected``.
        StorageError: The disk refused.
        TypeError: The body is no JSON.
        ValueError: The body holds a number that is not finite.
    """
    canonical(body)
    with _held(path) as handle:
        content = os.pread(handle, os.fstat(handle).st_size, 0)
        known = _entries(path, content)
        last = known[-1].hash if known else GENESIS
        if expected is not None and expected != last:
            raise BrokenChainError(path, len(known), "is not the last one you saw: someone else added to it")
        seq = len(known) + 1
        entry = Entry(seq, last, json.loads(canonical(body)), entry_hash(seq, last, body))
        whole = content.rfind(b"\n") + 1
        with storage(path):
            os.ftruncate(handle, whole)
            line = canonical({"body": entry.body, "hash": entry.hash, "prev": entry.prev, "seq": seq}) + b"\n"
            written = os.pwrite(handle, line, whole)
            if written != len(line):
                os.ftruncate(handle, whole)
                raise OSError(28, "the disk is full")
            os.fsync(handle)
            sync(path.parent)
        return entry


@contextmanager
def _held(path: Path) -> Iterator[int]:
    with storage(path):
        make_folder(path.parent)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield handle
    finally:
        os.close(handle)


def _entries(path: Path, content: bytes) -> tuple[Entry, ...]:
    found: list[Entry] = []
    prev = GENESIS
    for seq, line in enumerate(content.split(b"\n")[:-1], 1):
        entry = _entry(path, seq, line)
        if entry.seq != seq or entry.prev != prev:
            raise BrokenChainError(path, seq, "does not follow the one before it")
        if entry.hash != entry_hash(seq, prev, entry.body):
            raise BrokenChainError(path, seq, "is not what was written")
        found.append(entry)
        prev = entry.hash
    return tuple(found)


def _entry(path: Path, seq: int, line: bytes) -> Entry:
    try:
        raw = json.loads(line)
        entry = Entry(raw["seq"], raw["prev"], raw["body"], raw["hash"])
        spelling = canonical(raw)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BrokenChainError(path, seq, "cannot be read") from error
    # Only one spelling counts: a space slipped in would otherwise pass as the same entry.
    if line != spelling:
        raise BrokenChainError(path, seq, "is not what was written")
    return entry
