"""The command that writes the report on paper: tell."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, out, words
from longtake.cli.options import ObservedAt, PageLang, Target
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command()(tell)


def tell(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    kind: Annotated[str, typer.Option("--as", help="one-page or retrospective.")] = "one-page",
    forms: Annotated[
        list[str] | None, typer.Option("--format", "-f", help="docx, pdf or pptx; may be given again.")
    ] = None,
    lang: PageLang = "zh",
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="File or folder to write; by default here.")
    ] = None,
    observed_at: ObservedAt = None,
) -> None:
    """Measure a campaign and write it as Word, PDF or slides: one page, or the whole retrospective."""
    from longtake.services import reports  # noqa: PLC0415 -- slow import
    from longtake.services import tell as service  # noqa: PLC0415 -- slow import

    language = reports.language(lang)
    with Bar(words(language)) as bar:
        told = service.tell(
            Workspace.here(),
            target,
            kind=kind,
            forms=forms or ("docx",),
            lang=language,
            out=to,
            observed_at=observed_at,
            progress=bar,
        )
    for file in told.files:
        out.print(str(file), markup=False)
