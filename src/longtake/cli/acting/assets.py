"""The command about what is put before people: assets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from longtake.cli.console import Bar, out, plain, show, words
from longtake.cli.console import answer as print_json
from longtake.cli.options import AsJson, Lang, ObservedAt, Target
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.domain.figure import Figure
    from longtake.render.wording import Wording


def register(app: typer.Typer) -> None:
    """Add this group's command."""
    app.command()(assets)


def assets(
    target: Target,
    observed_at: ObservedAt = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Show interviews, making-ofs, posters and trailers over time: pauses, and what stood around each."""
    from longtake.render.wording import Wording  # noqa: PLC0415 -- slow import
    from longtake.services import assets as service  # noqa: PLC0415 -- slow import
    from longtake.services.reports.draft import ZONE  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = service.assets(Workspace.here(), target, observed_at=observed_at, progress=bar)
    if as_json:
        print_json(service.as_json(found))
        return
    if not found.assets:
        out.print(say.say("web.assets.none"), markup=False)
        return
    wording = Wording(say, ZONE)
    heads = [say.say(f"web.assets.{key}") for key in ("at", "kind", "title", "platform", "figures", "beside")]
    rows = [
        (
            say.moment(one.at, wording.zone) if one.at else say.say("web.assets.undated"),
            say.word("asset_kind", one.kind),
            plain(one.title or one.key),
            say.word("platform", one.platform) if one.platform else "—",
            "\n".join(_told(wording, figure) for figure in one.figures)
            or (say.say("web.assets.planned") if one.planned else "—"),
            str(one.beside),
        )
        for one in found.assets
    ]
    show(heads, rows)
    out.print()
    for line in found.lines:
        if line.n == 1 and line.kind != "all":
            continue
        shown = wording.shown(line.cadence.typical)
        named = {"kind": say.word("asset_kind", line.kind), "n": line.n}
        if shown.known:
            typical = f"{shown.value} [{shown.interval}]"
            out.print(say.say("web.assets.line", typical=typical, **named), markup=False)
        else:
            out.print(say.say("web.assets.line_few", **named), markup=False)
        for gap in line.cadence.gaps:
            key = "web.assets.gap_open" if gap.before is None else "web.assets.gap"
            ends = {"before": say.day(gap.before)} if gap.before else {}
            ends["usual"] = say.amount(line.cadence.usual or 0.0, "days")
            out.print(f"  {say.say(key, after=say.day(gap.after), days=gap.days, **ends)}", markup=False)


def _told(wording: Wording, figure: Figure) -> str:
    shown = wording.shown(figure.quantity)
    value = f"{shown.value} [{shown.interval}]" if shown.interval else shown.value
    key = f"web.assets_short.{figure.label}"
    return f"{wording.catalogue.say(key)} {value}" if wording.catalogue.has(key) else value
