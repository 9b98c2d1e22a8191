"""The application as people start it, and a film whose every text is hostile."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
HOSTILE = (
    "<script>window.hacked=1</script><img src=x onerror=window.hacked=2>"
    "\"'><svg onload=window.hacked=3>{{7*7}}"
)
TOP = "platform,text,at,likes,author\n"
LINES = ("看哭了，想我爸了", "预告骗人，根本不是这个片子，失望", "推荐大家去看", HOSTILE.replace('"', '""'))


@contextmanager
def chromium():
    """Run Debian's Chromium; the test skips, saying why, where it or Playwright is missing."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    with sync_api.sync_playwright() as play:
        running = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield running
        running.close()


def files() -> dict[str, str]:
    """Return the files of the film by name."""
    comments = "".join(
        f'weibo,"{line}{day}{hour}",2026-01-{day:02d} {hour:02d}:{5 + 11 * i:02d},{hour},u{day}{hour}{i}\n'
        for day in range(8, 15)
        for hour in range(8, 24, 2)
        for i, line in enumerate(LINES)
    )
    other = comments.replace("weibo", "douban").replace(",u", ",d")
    box = "date,gross_cny,admissions,showings\n" + "".join(
        f"2026-01-{day:02d},{900000 - day * 30000},{20000 - day * 700},{3000 - day * 50}\n"
        for day in range(9, 23)
    )
    return {
        "weibo.csv": TOP + comments,
        "<img src=x onerror=window.hacked=4>.csv": TOP + other,
        "boxoffice.csv": box,
        "unknown.csv": f'甲,乙\n"{HOSTILE.replace(chr(34), chr(34) * 2)}",x\n1,y\n',
    }


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def up(workspace: Path, **environment: str):
    """Run ``longtake up`` and yield its address and the address that makes the first account."""
    port = free_port()
    log = workspace.parent / f"up-{port}.log"
    command = [
        sys.executable,
        "-m",
        "longtake",
        "up",
        "--no-open",
        "--no-sample",
        "--port",
        str(port),
        "--lang",
        "en",
    ]
    with log.open("w") as out:
        running = subprocess.Popen(
            command,
            env={**os.environ, "LONGTAKE_WORKSPACE": str(workspace), **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        until = time.monotonic() + 240
        while not (found := re.search(r"(http://127\.0\.0\.1:\d+/(?:join/\S+/)?)\s", _without_server(log))):
            assert running.poll() is None, log.read_text()
            assert time.monotonic() < until, log.read_text()
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}", found.group(1), running
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=40)


def _without_server(log: Path) -> str:
    return "\n".join(line for line in log.read_text().splitlines() if "Listening" not in line) + "\n"
