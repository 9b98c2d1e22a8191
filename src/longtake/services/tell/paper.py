"""Measure a campaign and write its one page or its retrospective."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from longtake.domain.answers.plan import Plan
from longtake.errors import LongtakeError
from longtake.locale import catalogue
from longtake.render.documents import FORMS, KINDS, document
from longtake.render.wording import Wording
from longtake.services import evidence
from longtake.services.campaigns.target import target as campaign_of
from longtake.services.plans import drafted
from longtake.services.plans.after.section import section as plan_section
from longtake.services.plans.draft import own_packs
from longtake.services.plans.running.chain import load
from longtake.services.plans.telling import goal_said
from longtake.services.progress import Progress, Silent
from longtake.services.reports.assemble import assemble, figures_of
from longtake.services.reports.diagnosis.signs import diagnosed
from longtake.services.reports.draft import ZONE, Draft
from longtake.services.workspace import Workspace, write_whole


@dataclass(frozen=True, slots=True)
class Told:
    """The files that were written, in the order they were asked for."""

    files: tuple[Path, ...]


def tell(
    workspace: Workspace,
    target: str,
    *,
    kind: str,
    forms: Sequence[str],
    lang: str,
    out: Path | None = None,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Told:
    """Measure a campaign once and write it as documents.

    Args:
        workspace: Where the rows are kept.
        target: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        kind: ``one-page`` or ``retrospective``.
        forms: One or more of ``docx``, ``pdf`` and ``pptx``.
        lang: zh or en.
        out: A file, when one form is asked for and it ends in it; else a folder. ``<kind>-<campaign>.<form>``
            here when None.
        observed_at: When the files of the folder were exported, aware; None when nobody knows.
        progress: Where to show progress.

    Raises:
        NotFoundError: The target is neither.
        FontsError: A PDF is asked for and no Chinese font is there.
        LongtakeError: The kind or a form is not known, or a file cannot be read or written.
    """
    asked = tuple(dict.fromkeys(forms))
    if kind not in KINDS:
        raise LongtakeError(f"A report is not told as {kind!r}.", fix=f"Use one of {', '.join(KINDS)}.")
    if not asked or set(asked) - set(FORMS):
        raise LongtakeError(
            f"No document is written as {', '.join(asked)!r}.", fix=f"Use {', '.join(FORMS)}."
        )
    bar = progress or Silent()
    campaign = campaign_of(workspace, target, observed_at, bar)
    bar.begin("measure", None)
    plans: list[Plan] = []
    packs = own_packs(workspace, target)

    def plan(draft: Draft) -> None:
        plans.append(drafted(draft, diagnosed(draft), lang=lang, folders=packs))

    report = assemble(workspace, campaign, rows=0, also=plan)
    repaired = plan_section(load(workspace, campaign.id))
    if repaired is not None:
        report = replace(report, sections=(*report.sections, repaired))
    evidence.keep(workspace, campaign.id, figures_of(report))
    bar.begin("write", len(asked))
    written = []
    for form in asked:
        path = _place(out, f"{kind}-{campaign.id}.{form}", form, alone=len(asked) == 1)
        write_whole(path, document(report, kind, form, lang, steps=steps(plans[0], lang)))
        written.append(path)
        bar.advance()
    return Told(tuple(written))


def steps(plan: Plan, lang: str) -> tuple[str, ...]:
    """Return the stages of a plan as lines: what is done, and what it should move."""
    wording = Wording(catalogue(lang), ZONE)
    say = wording.catalogue.say
    return tuple(
        say("tell.steps", title=stage.title, does=stage.does, goal=goal_said(stage, wording))
        for stage in plan.stages
    )


def _place(out: Path | None, name: str, form: str, *, alone: bool) -> Path:
    if out is None:
        return Path(name)
    return out if alone and out.suffix.lower() == f".{form}" else out / name
