"""The command that serves the web application."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Annotated

import typer

from longtake.cli.console import err, out, words
from longtake.cli.options import Lang
from longtake.errors import LongtakeError
from longtake.services.workspace import Workspace

HOST = "127.0.0.1"
READY_SECONDS = 60.0
STOP_SECONDS = 10.0


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(up)


def up(
    open_it: Annotated[bool, typer.Option("--open/--no-open", help="Open it in a browser.")] = True,
    port: Annotated[int, typer.Option("--port", min=1, max=65535)] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; this machine alone by default.")
    ] = HOST,
    sample: Annotated[
        bool, typer.Option("--sample/--no-sample", help="Give an empty workspace the invented films.")
    ] = True,
    lang: Lang = None,
) -> None:
    """Serve the web application and its worker on this machine until Ctrl-C."""
    from longtake.services.upkeep.serving import prepare  # noqa: PLC0415 -- slow import

    say = words(lang).say
    _free(host, port)
    workspace = Workspace.here()
    err.print(say("cli.up_preparing", folder=str(workspace.root)))
    ready = prepare(workspace, sample=sample)
    address = f"http://{host}:{port}/"
    first = f"{address}join/{ready.first_token}/" if ready.first_token else address
    environment = {**os.environ, "LONGTAKE_WORKSPACE": str(workspace.root.resolve())}
    web = [sys.executable, "-m", "longtake.web", "--host", host, "--port", str(port)]
    running = [
        subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 -- our own modules
        for command in (web, [sys.executable, "-m", "longtake.worker"])
    ]
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _wait(address, running[0])
        out.print(say("cli.up_first" if ready.first_token else "cli.up_ready", address=first), soft_wrap=True)
        out.file.flush()
        if open_it:
            webbrowser.open(first)
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        raise LongtakeError("The server or its worker ended by itself.", fix="Its last lines stand above.")
    except KeyboardInterrupt:
        err.print(say("cli.up_stopping"))
    finally:
        _stop(running)


def _free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise LongtakeError(
                f"Port {port} of {host} is taken.", fix="Choose another with --port."
            ) from error


def _wait(address: str, web: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}healthz", timeout=2):  # noqa: S310 -- our own address
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.15)
    raise LongtakeError("The server did not start.", fix="Its last lines stand above.")


def _stop(running: list[subprocess.Popen[bytes]]) -> None:
    for process in running:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
