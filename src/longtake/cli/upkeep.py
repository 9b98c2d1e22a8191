"""Commands that look after an installation: doctor, train, bench."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.services import benchmarks, doctor
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("doctor")(examine)
    app.command()(train)
    app.command()(bench)


def examine(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Say what is installed, which engine runs, how large the lake is and what is missing."""
    checks = doctor.examine(Workspace.here())
    if as_json:
        answer([{"check": c.name, "ok": c.ok, "says": c.says, "fix": c.fix} for c in checks])
    else:
        marks = {True: "✓", False: "✗", None: "–"}
        show(("", "check", "says", "fix"), [(marks[c.ok], c.name, c.says, c.fix) for c in checks])
    if any(check.ok is False for check in checks):
        raise typer.Exit(1)


def train(
    data: Annotated[
        Path | None, typer.Argument(help="Folder of the training sets; by default $LONGTAKE_DATA.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the weights and their card here.")
    ] = None,
) -> None:
    """Train polarity anew and print how well it does on texts it never saw."""
    from longtake.services.training.train import train as learn  # noqa: PLC0415 -- slow import

    folder = data or Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    with Bar(words()) as bar:
        for line in learn(folder, to, progress=bar):
            out.print(line, markup=False)


def bench(
    which: Annotated[str, typer.Argument(help="all, or the name of one benchmark.")] = "all",
    arguments: Annotated[list[str] | None, typer.Argument(help="Passed on to it.")] = None,
) -> None:
    """Run a benchmark of this checkout and print its table."""
    benchmarks.run(which, tuple(arguments or ()))
