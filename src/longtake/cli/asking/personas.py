"""The command about personas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from longtake.cli.console import Bar, answer, out, show, words
from longtake.cli.options import AsJson, Lang, Target
from longtake.locale import Catalogue
from longtake.services.workspace import Workspace

if TYPE_CHECKING:
    from longtake.opinion.personas.diff import Change
    from longtake.opinion.personas.persona import Persona, Trait
    from longtake.services.personas.versions import Revision

ASPECT = "aspect."
FEW = 10
"""People below which a share is not shown."""


def register(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command()(personas)


def personas(
    target: Target,
    why: Annotated[
        str, typer.Option("--why", help="Why they changed, in your words; kept with the version.")
    ] = "",
    since: Annotated[
        int | None, typer.Option("--since", help="Version to compare with; the one before by default.")
    ] = None,
    as_json: AsJson = False,
    lang: Lang = None,
) -> None:
    """Measure who the audience is, keep a new version when it changed, and say what changed."""
    from longtake.services.personas import versions  # noqa: PLC0415 -- slow import

    say = words(lang)
    with Bar(say) as bar:
        found = versions.revise(Workspace.here(), target, why=why, since=since, progress=bar)
    if as_json:
        answer(_plain(found))
        return
    key = "new" if found.fresh else "same"
    out.print(say.say(f"personas.{key}", campaign=found.campaign, version=found.now.version), markup=False)
    headings = [say.say(f"column.{name}") for name in ("circle", "people", "share", "favourable_share")]
    headings += [say.say("personas.likes"), say.say("personas.dislikes")]
    show(headings, [_row(one, say) for one in found.now.segments])
    _changes(found, say)


def _row(one: Persona, say: Catalogue) -> tuple[str, ...]:
    aspects = {key: trait for key, trait in one.traits.items() if key.startswith(ASPECT) and trait.n >= FEW}
    order = sorted(aspects, key=lambda key: (-aspects[key].hits / aspects[key].n, key))
    share = one.traits["share"]
    best, worst = order[:1], [key for key in order[-1:] if key not in order[:1]]
    return (
        say.word("platform", one.name),
        str(share.hits),
        _share(share),
        _share(one.traits["favourable"]) if "favourable" in one.traits else "–",
        _named(best, aspects, say),
        _named(worst, aspects, say),
    )


def _named(keys: Iterable[str], aspects: dict[str, Trait], say: Catalogue) -> str:
    told = [f"{_trait(key, say)} {_share(aspects[key])} (n={aspects[key].n})" for key in keys]
    return "".join(told) or "–"


def _share(trait: Trait) -> str:
    return f"{trait.hits / trait.n:.0%}" if trait.n >= FEW else "–"


def _trait(key: str, say: Catalogue) -> str:
    if key.startswith(ASPECT):
        return say.word("aspect", key.removeprefix(ASPECT))
    if key.startswith("answer."):
        return say.say(f"column.{key.removeprefix('answer.')}")
    return say.say(f"personas.{key}")


def _changes(found: Revision, say: Catalogue) -> None:
    out.print()
    if found.before is None:
        out.print(say.say("personas.first"))
        return
    key = "changed" if found.changes else "unchanged"
    out.print(say.say(f"personas.{key}", before=found.before.version, after=found.now.version))
    for change in found.changes:
        out.print(f"  {_change(change, say)}", markup=False)
    if found.now.why:
        out.print(say.say("personas.why", why=found.now.why), markup=False)


def _change(change: Change, say: Catalogue) -> str:
    slots = {"circle": say.word("platform", change.segment)}
    if change.before is None or change.after is None:
        return say.say(f"personas.reason_{change.reason}", **slots)
    return say.say(
        "personas.reason_moved",
        **slots,
        trait=_trait(change.trait, say),
        before=_share(change.before),
        before_n=change.before.n,
        after=_share(change.after),
        after_n=change.after.n,
    )


def _plain(found: Revision) -> dict[str, object]:
    """Return everything that is told, as JSON takes it."""

    def pair(trait: Trait | None) -> dict[str, int] | None:
        return None if trait is None else {"hits": trait.hits, "n": trait.n}

    return {
        "campaign": found.campaign,
        "version": found.now.version,
        "new": found.fresh,
        "why": found.now.why,
        "segments": [
            {"name": one.name, "rule": one.rule, "traits": {key: pair(t) for key, t in one.traits.items()}}
            for one in found.now.segments
        ],
        "compared_with": None if found.before is None else found.before.version,
        "changes": [
            {
                "segment": one.segment,
                "reason": one.reason,
                "trait": one.trait or None,
                "before": pair(one.before),
                "after": pair(one.after),
                "p_value": one.p_value,
            }
            for one in found.changes
        ],
        "versions": [
            {"version": one.version, "why": one.why, "source": one.source} for one in found.versions
        ],
    }
