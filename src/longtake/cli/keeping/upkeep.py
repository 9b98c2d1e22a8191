"""Commands that look after an installation: doctor, train, relabel, bench."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("doctor")(examine)
    app.command()(train)
    app.command()(relabel)
    app.command(context_settings={"ignore_unknown_options": True})(bench)


def examine(as_json: AsJson = False) -> None:
    """Say what is installed, which engine runs, how large the lake is and what is missing."""
    from longtake.services.upkeep import doctor  # noqa: PLC0415 -- slow import

    checks = doctor.examine(Workspace.here())
    if as_json:
        answer([{"check": c.name, "ok": c.ok, "says": c.says, "fix": c.fix} for c in checks])
    else:
        marks = {True: "✓", False: "✗", None: "–"}
        show(("", "check", "says", "fix"), [(marks[c.ok], c.name, c.says, c.fix) for c in checks])
    if any(check.ok is False for check in checks):
        raise typer.Exit(1)


def train(
    file: Annotated[
        Path | None,
        typer.Argument(
            help="Table of texts and labels (1/0, 正面/负面, stars): polarity is adapted to it. "
            "A folder, by default $LONGTAKE_DATA: the packaged weights are trained anew from its sets."
        ),
    ] = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="Write the weights and their card here; ./longtake-weights for a table."
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            "--heat",
            help="Instead, grow a heat model anew from the folder: list, views or box-office.",
        ),
    ] = None,
) -> None:
    """Adapt polarity to your own labelled rows and print what that changed on rows kept apart."""
    from longtake.services import training  # noqa: PLC0415 -- slow import

    source = file or Path(os.environ.get("LONGTAKE_DATA") or "../shared/data")
    if model is not None:
        if model not in training.MODELS:
            raise typer.BadParameter(f"{model} is none of {', '.join(training.MODELS)}", param_hint="--heat")
        for line in training.train_heat(model, source, to or training.OUT):
            out.print(line, markup=False)
        return
    with Bar(words()) as bar:
        if file is None or source.is_dir():
            lines = training.train(source, to, progress=bar)
        else:
            lines = training.adapt_to(source, to or training.OUT, progress=bar)
        for line in lines:
            out.print(line, markup=False)


def relabel(
    campaign: Annotated[
        str | None, typer.Option("--campaign", "-c", help="Only this campaign; by default all.")
    ] = None,
    lang: Lang = None,
) -> None:
    """Label stored comments anew after weights or packs changed; what is up to date is left alone."""
    from longtake.services.campaigns import known as campaigns  # noqa: PLC0415 -- slow import
    from longtake.services.imports import relabel as labels  # noqa: PLC0415 -- slow import

    say, workspace = words(lang), Workspace.here()
    chosen = (campaigns.find(workspace, campaign).id,) if campaign else workspace.lake.campaigns()
    with Bar(say) as bar:
        made = labels.relabel(workspace, chosen, progress=bar)
    for commit in made:
        told = {"id": commit.import_id, "rows": commit.tables["comments"], "model": commit.model}
        out.print(say.say("cli.relabelled", **told), markup=False)
    if not made:
        out.print(say.say("cli.labels_current"))


def bench(
    which: Annotated[str, typer.Argument(help="all, or the name of one benchmark.")] = "all",
    arguments: Annotated[list[str] | None, typer.Argument(help="Passed on to it.")] = None,
) -> None:
    """Run a benchmark of this checkout and print its table."""
    from longtake.services.upkeep import benchmarks  # noqa: PLC0415 -- slow import

    benchmarks.run(which, tuple(arguments or ()))
