"""A worker that is killed in the middle of its work loses nothing: the next one does it again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
PREPARE = """
from pathlib import Path
import os
from longtake.services.upkeep.serving import prepare
from longtake.services.workspace import Workspace
workspace = Workspace(Path(os.environ["LONGTAKE_WORKSPACE"]))
prepare(workspace, sample=False)
from longtake.records import queue
from longtake.services.work import described, inbox
described.begin(workspace, name="片", told={}, circles=())
tray = inbox.tray(workspace)
lines = "".join(f"weibo,第{i}句话 真好看,2026-01-{8 + i % 9:02d} 10:00\\n" for i in range(60000))
inbox.put(tray, "a.csv", [("platform,text,at\\n" + lines).encode()])
print(queue.submit("import", "片", given={"tray": tray.name}).pk)
"""
STATE = """
from pathlib import Path
import json, os
from longtake.records.boot import boot
boot(Path(os.environ["LONGTAKE_WORKSPACE"]))
from longtake.records.models import Job
job = Job.objects.filter(kind="import").get()
print(json.dumps([job.state, job.step, job.attempts, job.done, job.error]))
"""


@pytest.fixture
def world(tmp_path):
    environment = {**os.environ, "LONGTAKE_WORKSPACE": str(tmp_path / "w")}
    started: list[subprocess.Popen] = []

    def ask(code):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
        return done.stdout.strip().splitlines()[-1]

    def worker():
        made = subprocess.Popen(
            [sys.executable, "-m", "longtake.worker"], env=environment, start_new_session=True
        )
        started.append(made)
        return made

    yield ask, worker, tmp_path / "w"
    for one in started:
        if one.poll() is None:
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def until(ask, fits, seconds=120):
    end = time.monotonic() + seconds
    while not fits(found := json.loads(ask(STATE))):
        assert time.monotonic() < end, found
        time.sleep(0.2)
    return found


def commits(root: Path) -> list[int]:
    """Return the comments of each import that brought any."""
    found = [json.loads(path.read_text("utf-8")) for path in (root / "lake" / "commits").rglob("*.json")]
    return [commit["tables"]["comments"] for commit in found if "comments" in commit["tables"]]


def test_an_import_whose_worker_is_killed_is_done_by_the_next_one_exactly_once(world):
    ask, worker, root = world
    ask(PREPARE)
    first = worker()
    until(ask, lambda s: s[0] == "running" and s[1] in {"read", "label", "store"})
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert commits(root) == []
    assert json.loads(ask(STATE))[0] == "running"
    worker()
    state, _, attempts, _, error = until(ask, lambda s: s[0] not in {"queued", "running"})
    assert (state, attempts, error) == ("done", 2, "")
    assert commits(root) == [60000]


def test_a_worker_that_is_asked_to_end_finishes_what_it_does_first(world):
    ask, worker, root = world
    ask(PREPARE)
    first = worker()
    until(ask, lambda s: s[0] == "running" and s[1] in {"read", "label", "store"})
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=120) == 0
    assert json.loads(ask(STATE))[0] == "done"
    assert commits(root) == [60000]
