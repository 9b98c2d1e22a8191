"""Commands about plans: draft, check."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, words
from longtake.cli.options import AsJson, Lang, ObservedAt, Target
from longtake.services.workspace import Workspace, write_whole


def draft(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    to: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write the plan here: .toml to edit, or .json.")
    ] = None,
    cause: Annotated[
        list[str] | None, typer.Option("--cause", help="Plan for this cause instead of the diagnosis.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
    observed_at: ObservedAt = None,
) -> None:
    """Draft a staged plan from what the diagnosis says."""
    from longtake.services import plans as service  # noqa: PLC0415 -- slow import

    say = words(lang)
    workspace = Workspace.here()
    with Bar(say) as bar:
        made = service.draft(
            workspace,
            target,
            lang=say.lang,
            causes=tuple(cause or ()),
            observed_at=observed_at,
            progress=bar,
        )
    if to is not None:
        form = "json" if to.suffix.lower() == ".json" else "toml"
        head = (say.say("plan.file_head"), say.say("plan.file_check", file=to.name))
        write_whole(to, service.written(made, form=form, head=head).encode())
    if as_json:
        answer(service.values(made))
        return
    for line in service.telling(made, say, service.shapes(workspace, target)):
        out.print(line, markup=False)
    if to is not None:
        out.print(say.say("plan.file_done", file=str(to)), markup=False)


def check(
    file: Annotated[Path, typer.Argument(help="A plan, .toml or .json, as `plan draft` wrote it.")],
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Read a plan back, say what it holds, and name its digest."""
    from longtake.services import plans as service  # noqa: PLC0415 -- slow import

    say = words(lang)
    made = service.read(file)
    if as_json:
        answer(service.values(made))
        return
    for line in service.telling(made, say, service.shapes(Workspace.here(), None)):
        out.print(line, markup=False)
