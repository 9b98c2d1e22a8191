from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from lake_samples import CAMPAIGN, STAND_IN, add, files_of, first_import, logical
from longtake.store.durable.lock import LakeBusyError
from longtake.store.lake import Lake
from store_process import hold, large_import, run, run_limited, undo

SPAWN = multiprocessing.get_context("forkserver")

BEGUN = ["begin", "adding", "counted", "staged"]
MOVED = [
    f"moved {table}"
    for table in ("boxoffice", "comments", "cues", "events", "labels", "nodes", "referrals", "script")
]
STAGES = [*BEGUN, *MOVED, "before commit", "committed", "end"]


def start(target: Callable[..., None], *arguments: object) -> tuple[BaseProcess, Connection]:
    ours, theirs = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=target, args=(*arguments, theirs))
    process.start()
    theirs.close()
    return process, ours


def said(pipe: Connection) -> list[str]:
    """Return what the process said until it ended."""
    words = []
    try:
        while True:
            words.append(pipe.recv())
    except EOFError:
        return words


def lake_before(root: Path) -> Lake:
    lake = Lake(root, labeller=STAND_IN)
    add(lake, CAMPAIGN, first_import(), "a" * 64)
    return lake


@pytest.fixture(scope="module", autouse=True)
def preloaded() -> None:
    """Let the server that forks the processes import what they need, once."""
    with pytest.MonkeyPatch.context() as patch:
        before = os.environ.get("PYTHONPATH", "")
        patch.setenv("PYTHONPATH", os.pathsep.join(filter(None, (str(Path(__file__).parents[1]), before))))
        SPAWN.set_forkserver_preload(["store_process"])
        forkserver.ensure_running()


State = tuple[tuple[tuple[str, int, tuple[tuple[str, str], ...]], ...], list[str]]


def state(lake: Lake) -> State:
    """Return what readers may see, to the byte, and every file there is."""
    assert lake.verify() == ()
    seen = [(c.import_id, c.sequence, tuple(sorted(c.digests.items()))) for c in lake.commits()]
    return tuple(seen), files_of(lake)


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[State, State]:
    """Return the lake before and after an import nobody kills."""
    lake = lake_before(tmp_path_factory.mktemp("whole"))
    before = state(lake)
    add(lake, CAMPAIGN, large_import(), "b" * 64)
    return before, state(lake)


def check(lake: Lake, states: tuple[State, State], words: list[str]) -> None:
    """Check that the lake is as before or complete, and whole after the import ran again."""
    before, after = states
    complete = len(lake.commits()) == 2
    expected = after if complete else before
    assert state(lake)[0] == expected[0]
    assert complete or "committed" not in words
    lake.sweep()
    assert state(lake) == expected
    if not complete:
        add(lake, CAMPAIGN, large_import(), "b" * 64)
    assert state(lake) == after


def test_an_import_passes_all_stages(tmp_path: Path) -> None:
    lake_before(tmp_path)
    process, pipe = start(run, tmp_path, "")
    assert said(pipe) == STAGES
    process.join()
    assert process.exitcode == 0


@pytest.mark.parametrize("stage", STAGES[1:-1])
def test_killed_at_a_stage_the_lake_is_as_before_or_complete(
    tmp_path: Path, states: tuple[State, State], stage: str
) -> None:
    lake = lake_before(tmp_path)
    process, pipe = start(run, tmp_path, stage)
    words = said(pipe)
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert words == STAGES[: STAGES.index(stage) + 1]
    assert len(lake.commits()) == (2 if stage == "committed" else 1)
    check(lake, states, words)


def kill_at_random(folder: Path, states: tuple[State, State], seed: int, times: int) -> set[str]:
    """Kill an import ``times`` times after a random while; return the last words of those that died."""
    rng, last, seconds = random.Random(seed), set(), 0.0
    for number in range(times):
        root = folder / str(number)
        lake = lake_before(root)
        process, pipe = start(run, root, "")
        assert pipe.recv() == "begin"
        began = time.monotonic()
        if seconds:
            time.sleep(rng.uniform(0.0, seconds))
            process.kill()
        words = ["begin", *said(pipe)]
        process.join()
        if not seconds:
            seconds = time.monotonic() - began
        if process.exitcode == -signal.SIGKILL:
            last.add(words[-1])
        check(lake, states, words)
    return last


@pytest.mark.slow
def test_killed_at_any_time(tmp_path: Path, states: tuple[State, State]) -> None:
    assert len(kill_at_random(tmp_path, states, seed=1, times=21)) >= 2


@pytest.mark.slow
def test_killed_two_hundred_times(tmp_path: Path, states: tuple[State, State]) -> None:
    assert len(kill_at_random(tmp_path, states, seed=2, times=201)) >= 3


def test_a_rerun_after_a_kill_answers_like_a_run_nobody_killed(tmp_path: Path) -> None:
    lake, whole = lake_before(tmp_path / "killed"), lake_before(tmp_path / "whole")
    process, pipe = start(run, lake.root, "moved comments")
    assert said(pipe)[-1] == "moved comments"
    process.join()
    assert logical(lake) == logical(whole)
    for one in (lake, whole):
        add(one, CAMPAIGN, large_import(), "b" * 64)
    assert logical(lake) == logical(whole)


def test_killed_while_taking_back_the_rest_is_swept(tmp_path: Path) -> None:
    lake = lake_before(tmp_path)
    alone = logical(lake)
    gone = add(lake, CAMPAIGN, large_import(), "b" * 64)
    process, pipe = start(undo, tmp_path, gone, "undone")
    assert said(pipe) == ["undone"]
    process.join()
    assert process.exitcode == -signal.SIGKILL
    assert logical(lake) == alone
    assert lake.sweep() == len(MOVED)
    assert logical(lake) == alone
    assert [path for path in files_of(lake) if gone in path] == [
        f"undone/campaign={CAMPAIGN}/0000000002-{gone}.json"
    ]


def test_a_running_import_is_neither_swept_nor_joined_by_another(tmp_path: Path) -> None:
    process, pipe = start(hold, tmp_path)
    import_id = pipe.recv()
    lake = Lake(tmp_path, labeller=STAND_IN, wait_seconds=0.2)
    assert lake.sweep() == 0
    assert (tmp_path / ".staging" / f"campaign={CAMPAIGN}" / import_id).is_dir()
    with pytest.raises(LakeBusyError, match=f"process {process.pid}"):
        lake.begin(CAMPAIGN, ["d" * 64])
    add(lake, "another", first_import(), "d" * 64)
    process.kill()
    process.join()
    assert lake.sweep() == 1
    assert not (tmp_path / ".staging" / f"campaign={CAMPAIGN}" / import_id).exists()
    add(lake, CAMPAIGN, first_import(), "d" * 64)


@pytest.mark.parametrize("most_bytes", [0, 3, 1000, 5000, 9000, 20000, 40000])
def test_a_full_disk_is_a_typed_refusal_and_leaves_the_lake_as_it_was(
    tmp_path: Path, states: tuple[State, State], most_bytes: int
) -> None:
    lake = lake_before(tmp_path)
    process, pipe = start(run_limited, tmp_path, most_bytes)
    assert said(pipe) == ["storage"]
    process.join()
    assert process.exitcode == 0
    assert len(lake.commits()) == 1
    check(lake, states, [])
