"""Show a trial, list those of a campaign, print a table to fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from longtake.cli.console import answer, out, plain, words
from longtake.cli.console import show as table
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.trial.given import Name, campaign_id
from longtake.cli.trial.running import show_departures, show_look
from longtake.services.workspace import Workspace, write_whole


def show(
    target: Target,
    trial: Name,
    with_rows: Annotated[bool, typer.Option("--rows", help="Print its rows as well.")] = False,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show a trial: design, power, files, every look, verdict, departures."""
    from longtake.domain.trials.power import power_of  # noqa: PLC0415 -- slow import
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials import telling  # noqa: PLC0415 -- slow import

    say = words(lang)
    book = trials.load(Workspace.here(), campaign_id(target, lang), trial)
    if as_json:
        answer(telling.book_values(book, rows=with_rows))
        return
    for line in telling.design_lines(book, say):
        out.print(line, markup=False)
    if book.power:
        for line in telling.power_lines(book.trial, power_of(book.power), say):
            out.print(line, markup=False)
    for one in book.dropped:
        counts = {
            "rows_in": one.rows_in,
            "kept": one.kept,
            "duplicate": one.duplicate,
            "corrected": one.corrected,
            "refused": len(one.refused),
            "late": one.late,
        }
        out.print(plain(say.say("trial.dropped", file=one.name, **counts)), markup=False)
    out.print()
    if not book.looks:
        out.print(say.say("trial.none_yet"), markup=False)
    for seen in book.looks[:-1]:
        decision = telling.name_of(seen.look, say)
        out.print(plain(say.say("trial.seen_at", at=seen.at, by=seen.by, decision=decision)), markup=False)
    if book.looks:
        last = book.looks[-1]
        decision = telling.name_of(last.look, say)
        out.print(plain(say.say("trial.seen_at", at=last.at, by=last.by, decision=decision)), markup=False)
        show_look(book, last.look, say)
    if book.verdict is not None:
        out.print()
        for line in telling.verdict_lines(book, book.verdict, say):
            out.print(line, markup=False)
    if not book.looks:
        show_departures(book, say)
    if with_rows:
        out.print()
        heads = [say.say(f"column.trial_{key}") for key in ("arm", "day", "place", "units")]
        keys = [metric.key for metric in book.trial.metrics]
        rows = [
            (r.arm, r.at, r.place, r.units, *(" ".join(f"{v:g}" for v in r.sums.get(k, ())) for k in keys))
            for r in book.ordered
        ]
        table([*heads, *keys], rows)


def listed(target: Target, as_json: AsJson = False, lang: Lang = None) -> None:
    """List the trials of a campaign."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials import telling  # noqa: PLC0415 -- slow import

    say, workspace = words(lang), Workspace.here()
    campaign = campaign_id(target, lang)
    books = [trials.load(workspace, campaign, one) for one in trials.ids(workspace, campaign)]
    if as_json:
        answer(
            [
                {
                    "id": b.trial.id,
                    "question": b.trial.question,
                    "design": b.trial.design,
                    "state": b.state,
                    "decision": b.looks[-1].look.decision if b.looks else None,
                    "result": b.verdict.result if b.verdict else None,
                }
                for b in books
            ]
        )
        return
    if not books:
        out.print(say.say("trial.list_empty", campaign=campaign), markup=False)
        return
    heads = [say.say(f"column.trial_{key}") for key in ("id", "question", "design", "state", "last")]
    table(
        heads,
        [
            (
                b.trial.id,
                b.trial.question,
                say.word("trial_design", b.trial.design),
                say.word("trial_state", b.state),
                say.word("trial_result", b.verdict.result)
                if b.verdict
                else telling.name_of(b.looks[-1].look, say)
                if b.looks
                else "—",
            )
            for b in books
        ],
    )


def template(
    target: Target,
    trial: Name,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="Write it here.")] = None,
    lang: Lang = None,
) -> None:
    """Print a table to fill in for one trial: its arms, its metrics."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.entering.template import template as blank  # noqa: PLC0415 -- slow import

    book = trials.load(Workspace.here(), campaign_id(target, lang), trial)
    text = blank(book.trial)
    if to is None:
        typer.echo(text, nl=False)
        return
    write_whole(to, text.encode("utf-8-sig"))
    out.print(words(lang).say("trial.template_done", file=str(to)), markup=False)
