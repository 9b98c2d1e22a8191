"""The command that says why."""

from __future__ import annotations

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, ObservedAt, Target
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command()(diagnose)


def diagnose(
    target: Target,
    observed_at: ObservedAt = None,
    as_json: AsJson = False,
    lang: Lang = None,
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
                say.amount(one["probability"], "probability"),
                say.interval(one["low"], one["high"], "probability"),
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
