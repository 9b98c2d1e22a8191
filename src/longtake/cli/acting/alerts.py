"""Commands of alerts: new, check, send, test, list, answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from longtake.cli.console import Bar, complain, out, plain, show, words
from longtake.cli.console import answer as print_json
from longtake.cli.options import AsJson, Lang
from longtake.errors import LongtakeError
from longtake.services.workspace import Workspace, write_whole


def register(app: typer.Typer) -> None:
    """Add this group's commands under ``alerts``."""
    group = typer.Typer(
        name="alerts",
        help="Rules over figures; each change of state asks one person for one decision.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (new, check, send):
        group.command()(command)
    group.command("test")(trial)
    group.command("list")(listed)
    group.command()(answer)
    app.add_typer(group)


def new(lang: Lang = None) -> None:
    """Write an alerts.toml to fill in."""
    from longtake.services import alerts  # noqa: PLC0415 -- slow import

    path = Workspace.here().root / alerts.FILE
    if path.exists():
        raise LongtakeError(f"{path} exists.", fix="Edit it.")
    write_whole(path, alerts.sample().encode())
    path.chmod(0o600)
    out.print(words(lang).say("alert.new_done", file=str(path)), markup=False)


def check(
    target: Annotated[
        str | None, typer.Argument(help="A campaign folder or the name of a campaign; by default all.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Look only; nothing is kept.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Hold every rule against the figures; a change of state goes into the outbox."""
    from longtake.services import alerts  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = alerts.check(Workspace.here(), target, now=datetime.now(UTC), keep=not dry_run, progress=bar)
    if as_json:
        print_json(
            [
                {
                    "campaign": one.campaign,
                    "rule": one.rule,
                    "subject": one.subject,
                    "state": one.state,
                    "alert": None if one.alert is None else {"key": one.alert.key, "body": one.alert.body},
                }
                for one in found
            ]
        )
        return
    heads = [say.say(f"alert.column_{key}") for key in ("campaign", "rule", "subject", "state", "key")]
    rows = [
        (
            one.campaign,
            one.rule,
            one.subject,
            say.word("alert_state", one.state),
            one.alert.key if one.alert else "",
        )
        for one in found
    ]
    show(heads, rows)
    for one in found:
        if one.alert is not None:
            out.print()
            out.print(plain(one.alert.title), markup=False)
            for line in one.alert.body.splitlines():
                out.print(f"  {plain(line)}", markup=False)


def send(lang: Lang = None) -> None:
    """Send what waits in the outbox; meant for cron, after `alerts check`."""
    from longtake.services import alerts  # noqa: PLC0415 -- slow import

    _delivered(alerts.deliver(Workspace.here()), lang)


def trial(
    channel: Annotated[str | None, typer.Argument(help="Name of a channel; by default all.")] = None,
    lang: Lang = None,
) -> None:
    """Send a message that says it is a trial."""
    from longtake.services import alerts  # noqa: PLC0415 -- slow import

    _delivered(alerts.trial(Workspace.here(), channel), lang)


def listed(as_json: AsJson = False, lang: Lang = None) -> None:
    """Show every decision that was asked for, where it went and what was answered."""
    from longtake.services.alerts import book  # noqa: PLC0415 -- slow import

    say = words(lang)
    found = book.load(Workspace.here()).alerts
    if as_json:
        print_json(
            [
                {
                    "key": one.key,
                    "campaign": one.campaign,
                    "rule": one.rule,
                    "at": one.at,
                    "sent": [name for name, way in one.ways.items() if way.sent],
                    "waits": list(one.waits),
                    "answer": one.answer or None,
                }
                for one in found
            ]
        )
        return
    heads = [say.say(f"alert.column_{key}") for key in ("key", "campaign", "rule", "at", "waits", "answer")]
    show(
        heads, [(a.key, a.campaign, a.rule, a.at, say.joined(a.waits) or "—", a.answer or "—") for a in found]
    )


def answer(
    key: Annotated[str, typer.Argument(help="Id of the alert, as it stands in the message.")],
    choice: Annotated[str, typer.Argument(help="A or B.")],
    lang: Lang = None,
) -> None:
    """Write down what was decided."""
    from longtake.services import alerts  # noqa: PLC0415 -- slow import

    found = alerts.answer(Workspace.here(), key, choice, now=datetime.now(UTC))
    out.print(words(lang).say("alert.answered", id=found.key, answer=plain(found.answer)), markup=False)


def _delivered(done: tuple[object, ...], lang: str | None) -> None:
    say = words(lang)
    if not done:
        out.print(say.say("alert.nothing"), markup=False)
    for one in done:
        error = getattr(one, "error", None)
        if error is None:
            key, channel = getattr(one, "key", ""), getattr(one, "channel", "")
            out.print(say.say("alert.sent", id=key, channel=channel), markup=False)
        else:
            complain(error)
    if any(getattr(one, "error", None) is not None for one in done):
        raise typer.Exit(1)
