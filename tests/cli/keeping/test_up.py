"""What ``longtake up`` says before it starts anything."""

import socket

from typer.testing import CliRunner

from longtake.cli.main import app
from longtake.errors import LongtakeError


def test_a_port_that_is_taken_is_named_and_nothing_is_started(tmp_path, monkeypatch):
    monkeypatch.setenv("LONGTAKE_WORKSPACE", str(tmp_path / "w"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = CliRunner().invoke(app, ["up", "--no-open", "--port", str(port)])
    assert isinstance(done.exception, LongtakeError)
    assert str(port) in str(done.exception)
    assert not (tmp_path / "w").exists()
