"""Read a draft before it goes out, against a platform's form and, if given, a campaign's film."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from longtake.diagnosis.playbook.copy.film import FilmFacts
from longtake.diagnosis.playbook.copy.lint import Finding, lint
from longtake.diagnosis.playbook.copy.rule import LEVELS, copy_rules
from longtake.diagnosis.playbook.copy.script import read_script
from longtake.diagnosis.playbook.form import Form, forms
from longtake.errors import LongtakeError, NotFoundError
from longtake.services.campaigns.target import target
from longtake.services.plans.draft import own_packs
from longtake.services.progress import Progress
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace
from longtake.store.session import open_session

LONGEST = 200_000
FILM = "film"


@dataclass(frozen=True, slots=True)
class Looked:
    """A draft that was looked over.

    Attributes:
        form: What it was held against.
        findings: What was found, the gravest first.
        checked: Whether its claims were held against a film.
    """

    form: Form
    findings: tuple[Finding, ...]
    checked: bool

    @property
    def stops(self) -> int:
        """How many findings say that it must not go out."""
        return sum(one.level == LEVELS[0] for one in self.findings)


def look(
    workspace: Workspace,
    text: str,
    *,
    platform: str,
    form: str | None = None,
    campaign: str | None = None,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Looked:
    """Return what is found in a draft.

    Args:
        workspace: Where own packs and campaigns lie.
        text: The draft.
        platform: Where it is meant to go out.
        form: Key of a form of that platform; None to take the first, of a video where
            the draft has times.
        campaign: A campaign folder or name to hold claims against; None to leave them unchecked.
        observed_at: When the files of a folder were exported, aware; None when nobody knows.
        progress: Where to show progress.

    Raises:
        NotFoundError: There is no such platform, form or campaign.
        PlaybookError: A pack cannot be used.
        LongtakeError: The draft is empty or longer than any copy.
    """
    if not text.strip():
        raise LongtakeError("The draft is empty.", fix="Give a file with words in it.")
    if len(text) > LONGEST:
        raise LongtakeError(
            f"The draft has {len(text)} characters.", fix=f"Give at most {LONGEST} of them, one draft a file."
        )
    folders = own_packs(workspace, campaign)
    shape = _form(forms(folders), platform, form, timed=read_script(text).timed)
    facts = None if campaign is None else _facts(workspace, campaign, observed_at, progress)
    return Looked(shape, lint(text, shape, copy_rules(folders), facts), facts is not None)


def _form(known: dict[str, Form], platform: str, wanted: str | None, *, timed: bool) -> Form:
    here = {key: one for key, one in known.items() if one.platform == platform}
    if not here:
        platforms = tuple(sorted({one.platform for one in known.values()}))
        raise NotFoundError("platform with forms", platform, known=platforms)
    if wanted is not None:
        if wanted not in here:
            raise NotFoundError(f"form of {platform}", wanted, known=tuple(here))
        return here[wanted]
    kind = "video" if timed else "text"
    return next((one for one in here.values() if one.kind == kind), next(iter(here.values())))


def _facts(
    workspace: Workspace, name: str, observed_at: datetime | None, progress: Progress | None
) -> FilmFacts:
    campaign = target(workspace, name, observed_at, progress)
    with open_session(workspace.lake, campaign.id) as session:
        draft = Draft(campaign, session)
        spoken = sum(row["n"] for row in draft.run("comments_overview"))
        felt: dict[str, float] = {}
        for row in draft.run("label_counts"):
            if row["label"] in {"film_emotion", "emotion"} and spoken:
                felt[row["value"]] = max(felt.get(row["value"], 0.0), row["n"] / spoken)
        # A feeling nobody names has no row: it is felt by none, which is known.
        for rule in copy_rules().values():
            if rule.feels and spoken:
                felt.setdefault(rule.feels, 0.0)
        lines = tuple(row["text"] for row in draft.run("cues_of", node_id=FILM))
        return FilmFacts(lines, felt, spoken)


def as_json(looked: Looked, lang: str) -> dict[str, Any]:
    """Return what was found as plain values, its words in one language."""
    return {
        "form": looked.form.key,
        "platform": looked.form.platform,
        "pack": looked.form.pack,
        "claims_checked": looked.checked,
        "stops": looked.stops,
        "findings": [
            {
                "rule": one.rule,
                "level": one.level,
                "line": one.line,
                "start": one.start,
                "end": one.end,
                "why": one.why.of(lang),
                "fix": one.fix.of(lang),
                "pack": one.pack,
            }
            for one in looked.findings
        ],
    }
