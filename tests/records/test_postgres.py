"""The same tests of the records, on a PostgreSQL server of this test's own."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAME = ("tests/records/test_queue.py", "tests/records/test_database.py", "tests/web/test_signing.py")


def tools() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


@pytest.fixture(scope="module")
def address():
    """Start a server on loopback, and stop it."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    bin_folder = tools()
    if bin_folder is None:
        pytest.skip("no PostgreSQL server is installed (apt-get install postgresql)")
    # Not below pytest's own folder, which is closed to the server's user.
    folder = Path(tempfile.mkdtemp(prefix="longtake-postgres-"))
    before: list[str] = []
    if os.getuid() == 0:
        # PostgreSQL refuses to run as root; Debian's package brings a user for it.
        try:
            pwd.getpwnam("postgres")
        except KeyError:
            pytest.skip("this is root and there is no user postgres")
        before = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data, quiet = folder / "data", {"capture_output": True, "cwd": folder, "timeout": 120}
    run = [
        *before,
        str(bin_folder / "initdb"),
        "-D",
        str(data),
        "-U",
        "longtake",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "-N",
    ]
    subprocess.run(run, check=True, **quiet)
    options = f"-p {port} -k '' -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*before, str(bin_folder / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run(
        [*control, "-o", options, "-l", str(folder / "log"), "start"],
        check=True,
        timeout=120,
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    yield f"postgresql://longtake@127.0.0.1:{port}/postgres"
    subprocess.run([*control, "-m", "immediate", "stop"], check=True, **quiet)
    shutil.rmtree(folder)


def test_the_records_behave_the_same_on_postgresql(address):
    environment = {**os.environ, "DATABASE_URL": address}
    found = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-rs", *SAME],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert found.returncode == 0, found.stdout[-3000:]
    last = found.stdout.strip().splitlines()[-1]
    assert "passed" in last
    assert "1 skipped" in last, last
