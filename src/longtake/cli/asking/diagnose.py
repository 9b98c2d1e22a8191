"""The command that says why."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.values import instant
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command()(diagnose)


def diagnose(
    target: Annotated[str, typer.Argument(help="A campaign folder, or the name of a campaign.")],
    observed_at: Annotated[
        datetime | None,
        typer.Option("--observed-at", parser=instant, metavar="TIME", help="When the files were exported."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh or en.")] = None,
) -> None:
    """Say why the heat slides, with evidence, or that it cannot be told."""
    from longtake.services.answers import diagnoses  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = diagnoses.as_json(Workspace.here(), target, say, observed_at=observed_at, progress=bar)
    if as_json:
        answer(found)
        return
    top = found["named"][0] if found["named"] else found["causes"][0]["cause"]
    key = "abstains" if found["abstains"] else "healthy" if top == "healthy" else "named"
    out.print(say.say(f"cli.diagnosis_{key}", cause=say.word("cause", top)), markup=False)
    show(
        ("cause", "probability", "interval"),
        [
            (
                say.word("cause", one["cause"]),
                f"{one['probability']:.2f}",
                f"{one['low']:.2f}–{one['high']:.2f}",
            )
            for one in found["causes"]
        ],
    )
    for one in found["causes"]:
        for item in one["evidence"]:
            mark = "＋" if item["direction"] == "for" else "－"
            strength = say.word("how_strong", item["strength"])
            cause = say.word("cause", one["cause"])
            out.print(f"{mark} {cause} · {strength} · {item['statement']}", markup=False)
    for gap in found["missing"]:
        needs = say.joined(list(gap["needs"].values()))
        name = say.word("sign_name", gap["sign"])
        out.print(f"？ {name} · {gap['why']} {needs}", markup=False)
