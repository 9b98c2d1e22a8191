"""Commands of a plugged model: check, compare."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any

import typer

from longtake.cli.console import Bar, answer, out, plain, show, words
from longtake.cli.options import AsJson, Lang
from longtake.domain.estimate import Estimate, Quantity
from longtake.locale import Catalogue
from longtake.services.workspace import Workspace

SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add this group's commands under ``models``."""
    group = typer.Typer(
        name="models",
        help="Check a heavier model behind your own server, and compare it with the built-in one.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    group.command()(check)
    group.command()(compare)
    app.add_typer(group)


def check(as_json: AsJson = False, lang: Lang = None) -> None:
    """Say whether a model is plugged in, where, and whether its answers can be believed."""
    from longtake.services import models  # noqa: PLC0415 -- slow import

    say = words(lang)
    found = models.check()
    rows = [(item.name, item.ok, _says(say, item)) for item in found]
    if as_json:
        answer([{"check": name, "ok": ok, "says": says} for name, ok, says in rows])
    else:
        marks = {True: "✓", False: "✗", None: "–"}
        heads = ("", say.say("models.check"), say.say("models.finding"))
        show(heads, [(marks[ok], name, says) for name, ok, says in rows])
        settings = models.configured() if found[0].ok else None
        if settings is not None and settings.chat_name:
            out.print(say.say("models.would_send"))
            out.print(plain(models.would_send(settings)), markup=False)
    if any(item.ok is False for item in found):
        raise typer.Exit(1)


def compare(
    campaign: Annotated[str, typer.Option("--campaign", "-c", help="Name of the campaign.")],
    sample: Annotated[int, typer.Option("--sample", min=1, max=10_000, help="Comments to ask about.")] = 200,
    label: Annotated[str, typer.Option("--label", help="What is judged.")] = "polarity",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Compare the stored labels of a sample of comments with the plugged model's; nothing stored changes."""
    from longtake.services import models  # noqa: PLC0415 -- slow import

    say = words(lang)
    with models.Client(models.required()) as client, Bar(say) as bar:
        found = models.compare(
            Workspace.here(), campaign, label=label, sample=sample, client=client, progress=bar
        )
    if as_json:
        answer(_plain(found))
        return
    judged = found.sampled - found.unanswered
    out.print(
        say.say("models.compared", label=found.label, method=plain(found.method), n=judged), markup=False
    )
    if found.unanswered:
        out.print(say.say("models.unanswered", n=found.unanswered))
    out.print(say.say("models.kappa", estimate=_quantity(say, found.kappa)))
    out.print(say.say("models.equal", estimate=_quantity(say, found.equal)))
    heads = [say.say(f"models.{key}") for key in ("value", "built_in", "plugged", "both")]
    show(
        heads,
        [(say.word("choice", row.value), row.built_in, row.plugged, row.both) for row in found.classes],
    )
    if found.differences:
        _differences(say, found.differences)


def _differences(say: Catalogue, rows: tuple[Any, ...]) -> None:
    keys = ("where", "built_in", "plugged", "span", "text")
    show(
        [say.say(f"models.{key}") for key in keys],
        [
            (
                f"{row.source_file}:{row.source_line}",
                say.word("choice", row.built_in),
                say.word("choice", row.plugged),
                row.span,
                row.text,
            )
            for row in rows[:SHOWN]
        ],
        title=say.say("models.differences", n=len(rows)),
    )
    if len(rows) > SHOWN:
        out.print(say.say("models.more", n=len(rows) - SHOWN))


def _says(say: Catalogue, item: Any) -> str:
    if item.error is not None:
        return str(item.error)
    slots = {key: say.word("choice", word) if key == "value" else word for key, word in item.slots}
    return say.say(f"models.{item.says}", **slots)


def _quantity(say: Catalogue, found: Quantity) -> str:
    if not isinstance(found, Estimate):
        return say.say(f"models.no_{found.reason}", n=found.n, needed=found.needed or 0)
    spread = found.high - found.low
    value = say.amount(found.value, found.unit, spread=spread)
    interval = say.interval(found.low, found.high, found.unit)
    return say.say(
        "models.estimate", value=value, interval=interval, level=say.level(found.level), method=found.method
    )


def _plain(found: Any) -> dict[str, Any]:
    """Return a comparison as JSON takes it."""
    whole = asdict(found)
    for name in ("kappa", "equal"):
        whole[name]["known"] = isinstance(getattr(found, name), Estimate)
    return whole
