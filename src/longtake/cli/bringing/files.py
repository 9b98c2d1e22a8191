"""Commands about files: new, add, receipts, undo, readers, template, map."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, ObservedAt
from longtake.cli.values import instant
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    for command in (new, add, list_receipts, undo, list_readers, template, map_table, list_campaigns):
        app.command(_NAMES.get(command.__name__, command.__name__))(command)


def new(
    folder: Annotated[Path, typer.Argument(help="The campaign folder to make.")],
    name: Annotated[str, typer.Option("--name", help="The film's name.")],
    kind: Annotated[str | None, typer.Option("--kind", help="short or feature.")] = None,
    release: Annotated[
        datetime | None, typer.Option("--release", parser=instant, metavar="TIME", help="Release time.")
    ] = None,
) -> None:
    """Make a campaign folder with a campaign.toml to fill in."""
    from longtake.services.campaigns import folders  # noqa: PLC0415 -- slow import

    file = folders.new(folder, name=name, kind=kind, release_at=release)
    out.print(words().say("cli.new_done", file=str(file), folder=str(folder)))


def add(  # noqa: PLR0917 -- typer passes by name
    files: Annotated[list[Path], typer.Argument(help="Files, folders or zip archives.")],
    campaign: Annotated[str, typer.Option("--campaign", "-c", help="Name of the campaign; begun if new.")],
    observed_at: ObservedAt = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", help="A mapping file for tables no reader recognises.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Take files into a campaign and print the receipt."""
    from longtake.cli.bringing import receipts_view  # noqa: PLC0415 -- slow import
    from longtake.services.campaigns import known as campaigns  # noqa: PLC0415 -- slow import
    from longtake.services.imports import add as imports  # noqa: PLC0415 -- slow import
    from longtake.services.imports import receipts  # noqa: PLC0415 -- slow import

    say = words(lang)
    workspace = Workspace.here()
    found = campaigns.find_or_begin(workspace, campaign)
    with Bar(say) as bar:
        imported = imports.add(
            workspace, found.id, files, observed_at=observed_at, mapping=mapping, progress=bar
        )
    if as_json:
        answer(
            {
                "campaign": imported.campaign,
                "import": imported.import_id,
                "files": [receipts.as_json(file) for file in imported.files],
            }
        )
    else:
        receipts_view.show_import(say, imported)
    if imported.files and all(file.error and not file.rows_in for file in imported.files):
        raise typer.Exit(1)


def list_receipts(
    import_id: Annotated[str | None, typer.Argument(help="One import; its first characters do.")] = None,
    campaign: Annotated[str | None, typer.Option("--campaign", "-c")] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """List the imports, or print one import's receipt."""
    from longtake.cli.bringing import receipts_view  # noqa: PLC0415 -- slow import
    from longtake.services.campaigns import known as campaigns  # noqa: PLC0415 -- slow import
    from longtake.services.imports import receipts  # noqa: PLC0415 -- slow import

    say = words(lang)
    workspace = Workspace.here()
    if import_id is not None:
        commit = receipts.find(workspace, import_id)
        files = receipts.of_commit(commit)
        if as_json:
            answer({"import": commit.import_id, "files": [receipts.as_json(file) for file in files]})
        else:
            receipts_view.show_files(say, files)
        return
    wanted = campaigns.find(workspace, campaign).id if campaign else None
    commits = workspace.lake.commits(wanted)
    if as_json:
        answer(
            [
                {"import": c.import_id, "campaign": c.campaign, "tables": dict(sorted(c.tables.items()))}
                for c in commits
            ]
        )
    elif not commits:
        out.print(say.say("cli.no_imports"))
    else:
        receipts_view.show_commits(say, commits)


def undo(
    import_id: Annotated[str, typer.Argument(help="The import to take back; its first characters do.")],
    lang: Lang = None,
) -> None:
    """Take an import back: its rows leave every figure, everything else stays."""
    from longtake.services.imports import receipts  # noqa: PLC0415 -- slow import

    commit = receipts.undo(Workspace.here(), import_id)
    rows = sum(commit.tables.values())
    out.print(words(lang).say("cli.undone", id=commit.import_id, rows=rows, campaign=commit.campaign))


def list_readers(as_json: AsJson = False) -> None:
    """List the formats that can be read."""
    from longtake.services.upkeep import readers  # noqa: PLC0415 -- slow import

    known = readers.known()
    if as_json:
        answer([{"name": reader.name, "about": reader.about} for reader in known])
    else:
        show(("name", "about"), [(reader.name, reader.about) for reader in known])


def template(
    kind: Annotated[str, typer.Argument(help="counts, events, boxoffice, comments or nodes.")],
    file: Annotated[Path | None, typer.Option("--out", "-o", help="Write here (.csv or .xlsx).")] = None,
) -> None:
    """Print or write an empty table of Longtake's own to fill in."""
    from longtake.services.upkeep import readers  # noqa: PLC0415 -- slow import

    written = readers.template(kind, file)
    if file is None:
        out.print(written, end="", markup=False)
    else:
        out.print(words().say("cli.template_done", file=str(file)))


def map_table(
    file: Annotated[Path, typer.Argument(help="A table that no reader recognises.")],
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the mapping here; edit it, then `add --map`.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Take the guess without asking.")] = False,
    lang: Lang = None,
) -> None:
    """Show an unknown table's columns, guess what they mean, ask, and remember it for that header."""
    from longtake.cli.bringing.wizard import ask  # noqa: PLC0415 -- slow import

    ask(words(lang), Workspace.here(), file, save=save, yes=yes)


def list_campaigns(as_json: AsJson = False) -> None:
    """List the campaigns of the workspace."""
    from longtake.services.campaigns import known as campaigns  # noqa: PLC0415 -- slow import

    known = campaigns.known(Workspace.here())
    if as_json:
        answer([{"id": campaign.id, "name": campaign.name, "kind": campaign.kind} for campaign in known])
    elif known:
        show(("id", "name", "kind"), [(c.id, c.name, c.kind) for c in known])
    else:
        out.print(words().say("cli.no_campaigns"))


_NAMES = {
    "list_receipts": "receipts",
    "list_readers": "readers",
    "map_table": "map",
    "list_campaigns": "campaigns",
}
