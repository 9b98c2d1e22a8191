"""Imports in a process of their own, to be killed."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import ibis.backends.duckdb  # noqa: F401 -- loaded once, before the processes are forked

from lake_samples import CAMPAIGN, STAND_IN, add, comment, first_import, second_import
from longtake.domain.receipt import Row
from longtake.errors import LongtakeError
from longtake.store.lake import Lake

ROWS = 3000


def large_import() -> dict[str, list[Row]]:
    """Return rows of every table, enough of them to take a moment."""
    files = second_import()
    files["b/many.csv"] = [
        comment(number, f"第{number}条 好烂好", platform="zhihu") for number in range(ROWS)
    ]
    return files


def run(root: Path, stage: str, ready: Connection) -> None:
    """Import on top of a first import; die at ``stage``."""

    def reached(name: str) -> None:
        ready.send(name)
        if name == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    lake = Lake(root, labeller=STAND_IN, stage=reached)
    ready.send("begin")
    with lake.begin(CAMPAIGN, ["b" * 64]) as batch:
        for name, rows in large_import().items():
            batch.add(name, _watched(rows, reached))
        batch.tally()
        reached("counted")
        batch.commit({"files": 3})
    ready.send("end")


def undo(root: Path, import_id: str, stage: str, ready: Connection) -> None:
    """Take an import back; die at ``stage``."""

    def reached(name: str) -> None:
        ready.send(name)
        if name == stage:
            os.kill(os.getpid(), signal.SIGKILL)

    Lake(root, labeller=STAND_IN, stage=reached).undo(import_id)


def run_limited(root: Path, most_bytes: int, ready: Connection) -> None:
    """Import on a disk that takes no file larger than ``most_bytes``; send the name of the refusal."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
    lake = Lake(root, labeller=STAND_IN)
    try:
        add(lake, CAMPAIGN, large_import(), "b" * 64)
    except LongtakeError as error:
        ready.send(error.code)
    else:
        ready.send("committed")


def hold(root: Path, ready: Connection) -> None:
    """Start an import, say so, and never end it."""
    with Lake(root, labeller=STAND_IN).begin(CAMPAIGN, ["c" * 64]) as batch:
        batch.add("a.csv", first_import()["a/评论.csv"])
        ready.send(batch.import_id)
        signal.pause()


def _watched(rows: list[Row], reached: object) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == ROWS // 2 and callable(reached):
            reached("adding")
        yield row
