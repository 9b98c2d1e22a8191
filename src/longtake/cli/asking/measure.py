"""Commands that measure and show: report, rows, demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, ObservedAt, PageLang, Target
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(report)
    app.command()(rows)
    app.command()(demo)


def report(
    target: Target,
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder to write; by default ./report-NAME.")
    ] = None,
    lang: PageLang = "zh",
    observed_at: ObservedAt = None,
) -> None:
    """Measure a campaign and write one page with its figures as JSON and XLSX."""
    from longtake.services import reports  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        written = reports.write(
            Workspace.here(), target, to, lang=reports.language(lang), observed_at=observed_at, progress=bar
        )
    for file in written.files:
        out.print(str(file), markup=False)


def rows(
    figure: Annotated[str, typer.Argument(help="The id of a figure, as in figures.json.")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1_000_000)] = 50,
    offset: Annotated[int, typer.Option("--offset", min=0)] = 0,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Print the rows behind a figure."""
    from longtake.services import opened  # noqa: PLC0415 -- slow import

    found = opened.rows(Workspace.here(), figure, limit=limit, offset=offset)
    if as_json:
        answer({"figure": figure, "total": found.total, "columns": found.columns, "rows": found.plain_rows()})
        return
    show(found.columns, found.plain_rows())
    out.print(words(lang).say("cli.rows_shown", shown=len(found.rows), total=found.total))


def demo(
    to: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.")] = Path("demo"),
) -> None:
    """Make the invented sample campaigns and run them through the whole job."""
    from longtake.services.upkeep import demo as demos  # noqa: PLC0415 -- slow import

    say = words()
    with Bar(say) as bar:
        made = demos.run(to, progress=bar)
    out.print(say.say("cli.demo_done", n=len(made.campaigns)))
    for file in made.pages:
        out.print(f"  {file}", markup=False)
