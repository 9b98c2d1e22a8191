"""The command that looks a draft over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import Bar, answer, out, plain, words
from longtake.cli.options import AsJson, Lang
from longtake.errors import LongtakeError
from longtake.locale import Catalogue
from longtake.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command("lint-copy")(lint_copy)


def lint_copy(  # noqa: PLR0917 -- typer passes by name
    file: Annotated[str, typer.Argument(help="A draft: text, a script with times, or SRT; - for stdin.")],
    platform: Annotated[str, typer.Option("--platform", "-p", help="Where it is meant to go out.")],
    form: Annotated[
        str | None, typer.Option("--form", help="A form of that platform, such as douyin-short.")
    ] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", "-c", help="Hold its claims against this campaign's film.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Look a draft over: length, hook, entry, commercial load, claims; exit 1 if it must not go out."""
    from longtake.services import copydesk  # noqa: PLC0415 -- slow import

    say = words(lang)
    text = _read(file)
    with Bar(say) as bar:
        found = copydesk.look(
            Workspace.here(), text, platform=platform, form=form, campaign=campaign, progress=bar
        )
    if as_json:
        answer(copydesk.as_json(found, say.lang))
    else:
        _show(say, found, text)
    if found.stops:
        raise typer.Exit(1)


def _read(file: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LongtakeError(f"{file}: byte {error.start} is no UTF-8.", fix="Save it as UTF-8.") from error
    except OSError as error:
        raise LongtakeError(f"{file}: {error.strerror}.", fix="Give a file that can be read.") from error


def _show(say: Catalogue, found: object, text: str) -> None:
    from longtake.services.copydesk import Looked  # noqa: PLC0415 -- slow import

    if not isinstance(found, Looked):
        raise TypeError("nothing was looked at")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    out.print(say.say("copy.held", form=found.form.name.of(say.lang), pack=found.form.pack), markup=False)
    for one in found.findings:
        level = say.word("copy_level", one.level)
        place = say.say("copy.whole") if not one.line else say.say("copy.line", line=one.line)
        if one.end > one.start:
            place = say.say("copy.place", line=one.line, start=one.start + 1, end=one.end)
        out.print(f"[{level}] {place}  {plain(one.why.of(say.lang))}", markup=False)
        if one.end > one.start:
            out.print(f"      ｢{plain(lines[one.line - 1][one.start : one.end])}｣", markup=False)
        out.print(f"      → {plain(one.fix.of(say.lang))}", markup=False)
    counted = {level: sum(one.level == level for one in found.findings) for level in ("stop", "warn", "hint")}
    key = "copy.clean" if not found.findings else "copy.counted"
    out.print(say.say(key, **counted), markup=False)
    if not found.checked:
        out.print(say.say("copy.unchecked"), markup=False)
