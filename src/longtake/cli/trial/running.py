"""Deal units, drop rows, look, judge."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import answer, out, plain, words
from longtake.cli.console import show as table
from longtake.cli.options import AsJson, Lang, Target
from longtake.cli.trial.given import Name, campaign_id, now
from longtake.cli.values import day, who
from longtake.errors import LongtakeError
from longtake.services.workspace import Workspace, write_whole

if TYPE_CHECKING:
    from longtake.domain.trials.look import Look
    from longtake.locale import Catalogue
    from longtake.services.trials import Book, Dropped

SHOWN = 8


def deal(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    trial: Name,
    units: Annotated[list[str] | None, typer.Argument(help="Ids to deal.")] = None,
    file: Annotated[Path | None, typer.Option("--ids", help="A file of ids, one a line.")] = None,
    to: Annotated[Path | None, typer.Option("--out", "-o", help="Write unit,arm as CSV here.")] = None,
    address: Annotated[str, typer.Option("--link", help="An address; each arm gets its own link.")] = "",
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say who gets which arm: the same id always gets the same; codes and links per arm."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import

    say = words(lang)
    book = trials.load(Workspace.here(), campaign_id(target, lang), trial)
    wanted = [*(units or []), *(_ids(file) if file is not None else [])]
    dealt = trials.dealt(book, wanted) if wanted else ()
    made = trials.links(book, address)
    if to is not None:
        write_whole(to, _csv(dealt).encode())
    if as_json:
        answer(
            {
                "units": [{"unit": unit, "arm": arm} for unit, arm in dealt],
                "links": [{"arm": one.arm, "code": one.code, "url": one.url or None} for one in made],
            }
        )
        return
    if to is None:
        for unit, arm in dealt:
            out.print(f"{plain(unit)}\t{plain(arm)}", markup=False)
    if dealt:
        counts = Counter(arm for _, arm in dealt)
        shares = say.joined([f"{one.name} {counts[one.name]}" for one in book.trial.arms])
        out.print(plain(say.say("trial.dealt_done", n=len(dealt), counts=shares)), markup=False)
    for one in made:
        key, slots = ("link_row", {"url": one.url}) if one.url else ("code_row", {"code": one.code})
        out.print(plain(say.say(f"trial.{key}", arm=one.arm, **slots)), markup=False)


def rows(  # noqa: PLR0917 -- typer passes by name
    target: Target,
    trial: Name,
    files: Annotated[list[Path] | None, typer.Argument(help="CSV, XLSX or XLS.")] = None,
    series: Annotated[
        str | None, typer.Option("--series", help="comments or tickets, from the campaign's own rows.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Drop rows in; the same file twice adds nothing, a correction is kept beside what it corrects."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling.values import dropped_values  # noqa: PLC0415 -- slow import

    say, workspace = words(lang), Workspace.here()
    campaign = campaign_id(target, lang)
    if not files and series is None:
        raise LongtakeError("No rows are named.", fix="Give files, or --series comments.")
    told = []
    for path in files or []:
        try:
            told.append(trials.drop(workspace, campaign, trial, path, by=who(), now=now()))
        except OSError as error:
            raise LongtakeError(
                f"{path} cannot be opened: {error.strerror}.", fix="Check the path."
            ) from error
    if series is not None:
        told.append(trials.drop_series(workspace, campaign, trial, series, by=who(), now=now()))
    if as_json:
        answer([{**dropped_values(one), "new": new} for one, new in told])
        return
    for one, new in told:
        _receipt(one, say, new=new)
    book = trials.load(workspace, campaign, trial)
    seen = {one.entry for one, new in told if new}
    for c in [c for c in book.corrections if c.entry in seen][:SHOWN]:
        was, is_now = (f"{r.units} / {dict(r.sums)}" for r in (c.was, c.now))
        line = say.say(
            "trial.correction",
            arm=c.now.arm,
            at=c.now.at,
            place=c.now.place,
            was=was,
            now=is_now,
            file=c.file,
        )
        out.print(plain(line), markup=False)


def look(
    target: Target,
    trial: Name,
    weights_from: Annotated[
        date | None,
        typer.Option("--from", parser=day, metavar="DAY", help="First day a bandit's next weights hold."),
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Say on any day: winner, keep going or futile, and what waiting costs."""
    from longtake.domain.trials.look_values import look_values  # noqa: PLC0415 -- slow import
    from longtake.services import trials  # noqa: PLC0415 -- slow import

    say, workspace = words(lang), Workspace.here()
    campaign = campaign_id(target, lang)
    found = trials.look(workspace, campaign, trial, by=who(), now=now(), weights_from=weights_from)
    if as_json:
        from longtake.services.trials.opening import figures_of  # noqa: PLC0415 -- slow import

        ids = list(figures_of(trials.load(workspace, campaign, trial)))
        answer({**look_values(found), "figures": ids})
        return
    show_look(trials.load(workspace, campaign, trial), found, say)


def verdict(target: Target, trial: Name, as_json: AsJson = False, lang: Lang = None) -> None:
    """Judge a trial as its rows stand: improved, no evidence or worse, and what was learned."""
    from longtake.services import trials  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling import verdict_lines  # noqa: PLC0415 -- slow import
    from longtake.services.trials.verdicts.kept import verdict_values  # noqa: PLC0415 -- slow import

    say, workspace = words(lang), Workspace.here()
    campaign = campaign_id(target, lang)
    found = trials.judge(workspace, campaign, trial, by=who(), now=now())
    if as_json:
        answer({**verdict_values(found), "entry": found.digest})
        return
    book = trials.load(workspace, campaign, trial)
    for line in verdict_lines(book, found, say):
        out.print(line, markup=False)
    show_departures(book, say)
    out.print(say.say("trial.verdict_done", digest=found.digest[:16]), markup=False)


def show_look(book: Book, found: Look, say: Catalogue) -> None:
    """Print a look: sentences, then the tables behind them."""
    from longtake.services.trials.telling import look_lines  # noqa: PLC0415 -- slow import
    from longtake.services.trials.telling.tables import tables_of  # noqa: PLC0415 -- slow import

    since = book.weights[-1][0] if book.weights else ""
    for line in look_lines(book, found, say, weights_from=since):
        out.print(line, markup=False)
    for one in tables_of(book, found, say):
        out.print()
        table(one.headings, one.rows, title=one.title)
    _show_ids(book, say)
    show_departures(book, say)


def _show_ids(book: Book, say: Catalogue) -> None:
    """Print which command opens the rows of each number."""
    from longtake.services.trials.opening import figures_of  # noqa: PLC0415 -- slow import

    found = figures_of(book)
    if not found:
        return
    out.print()
    out.print(say.say("trial.ids_head"), markup=False)
    for one in found.values():
        metric = say.word("metric", one.slots["metric"])
        name = say.say(f"figure.{one.label}", **{**one.slots, "metric": metric})
        out.print(plain(f"  {name}: longtake rows {one.id}"), markup=False)


def show_departures(book: Book, say: Catalogue) -> None:
    """Print where a trial went otherwise than designed."""
    from longtake.services.trials.telling import departures  # noqa: PLC0415 -- slow import

    found = departures(book, say)
    out.print()
    out.print(say.say("trial.deviations_head" if found else "trial.deviations_none"), markup=False)
    for line in found:
        out.print(f"· {line}", markup=False)


def _receipt(one: Dropped, say: Catalogue, *, new: bool) -> None:
    if not new:
        out.print(plain(say.say("trial.dropped_again", file=one.name)), markup=False)
        return
    counts = {
        "rows_in": one.rows_in,
        "kept": one.kept,
        "duplicate": one.duplicate,
        "corrected": one.corrected,
        "refused": len(one.refused),
        "late": one.late,
    }
    out.print(plain(say.say("trial.dropped", file=one.name, **counts)), markup=False)
    for r in one.refused[:SHOWN]:
        line = say.say(
            "trial.refused_row", line=r.line, column=r.column, value=r.value or "—", expected=r.expected
        )
        out.print(f"  {plain(line)}", markup=False)
    if len(one.refused) > SHOWN:
        out.print(f"  {say.say('trial.refused_more', n=len(one.refused) - SHOWN)}", markup=False)


def _ids(file: Path) -> list[str]:
    try:
        return [line.strip() for line in file.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeError) as error:
        raise LongtakeError(f"{file} cannot be read as text.", fix="One id a line, UTF-8.") from error


def _csv(dealt: tuple[tuple[str, str], ...]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("unit", "arm"))
    writer.writerows(dealt)
    return text.getvalue()
