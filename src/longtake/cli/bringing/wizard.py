"""Ask what the columns of an unknown table mean."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer

from longtake.cli.console import out, show
from longtake.errors import LongtakeError
from longtake.ingest.mapping import FIELDS, Mapping, dump, guess
from longtake.ingest.mapping.traits import Trait
from longtake.locale import Catalogue
from longtake.services.imports import mappings
from longtake.services.workspace import Workspace

SAMPLES = 3


def ask(say: Catalogue, workspace: Workspace, file: Path, *, save: Path | None, yes: bool) -> None:
    """Show columns and samples, settle a mapping with the person, and remember or save it."""
    head, proposed = mappings.propose(file)
    meaning: dict[str, str] = {}
    if proposed is not None:
        for field, column in proposed.mapping.columns.items():
            meaning[column] = f"{field} · {why(say, proposed.why[field])}"
    show(
        [say.say(f"wizard.{key}") for key in ("column", "samples", "meaning")],
        [
            (
                column,
                " | ".join(str(sample.get(column, ""))[:24] for sample in head.samples[:SAMPLES]),
                meaning.get(column, "–"),
            )
            for column in head.columns
        ],
    )
    mapping = guess(head) if yes else _settle(say, proposed.mapping if proposed else None, head.columns)
    if mapping is None:
        raise LongtakeError(
            f"{file.name}: what this table holds cannot be guessed.", fix="Run without --yes."
        )
    if save is not None:
        save.write_text(dump(mapping), "utf-8")
        out.print(say.say("wizard.saved", file=str(save)))
    else:
        mappings.remember(workspace, head.columns, mapping)
        out.print(say.say("wizard.remembered"))


def why(say: Catalogue, trait: Trait) -> str:
    """Return what gave a column away."""
    return say.say(f"guessed.{trait.name}", cells=trait.cells, example=trait.example[:24])


def _settle(say: Catalogue, guessed: Mapping | None, columns: tuple[str, ...]) -> Mapping:
    kind = typer.prompt(
        say.say("wizard.kind", kinds=", ".join(FIELDS)), default=guessed.kind if guessed else "comments"
    )
    if kind not in FIELDS:
        raise typer.BadParameter(f"{kind!r}; one of {', '.join(FIELDS)}")
    start = guessed if guessed and guessed.kind == kind else Mapping(kind=kind, columns={}, constants={})
    chosen = dict(start.columns)
    for field in FIELDS[kind]:
        answer = typer.prompt(
            say.say("wizard.which", field=field), default=chosen.get(field, "-"), show_default=True
        )
        if answer == "-":
            chosen.pop(field, None)
        elif answer in columns:
            chosen[field] = answer
        else:
            raise typer.BadParameter(f"{answer!r} is no column of this table.")
    return replace(start, columns=chosen)
