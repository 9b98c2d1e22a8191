"""Versions of personas on disk: each kept as it was, a new one only when something changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from pathlib import Path

from longtake.domain.campaign import Campaign
from longtake.errors import NotFoundError, UnreadableFileError
from longtake.opinion.personas.diff import Change, diff
from longtake.opinion.personas.persona import Persona, Personas, Trait
from longtake.services.campaigns import folders
from longtake.services.campaigns import known as campaigns
from longtake.services.personas.segments import segments
from longtake.services.progress import Progress
from longtake.services.reports import circles
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace, write_whole
from longtake.store.session import open_session

FOLDER = "personas"


@dataclass(frozen=True, slots=True)
class Revision:
    """Where the personas of a campaign stand.

    Attributes:
        campaign: The campaign's name.
        now: The latest version.
        before: The version it is compared with; None for the first.
        changes: What changed between the two.
        versions: All versions, the first first.
        fresh: Whether the latest version was made just now.
    """

    campaign: str
    now: Personas
    before: Personas | None
    changes: tuple[Change, ...]
    versions: tuple[Personas, ...]
    fresh: bool


def revise(
    workspace: Workspace,
    target: str,
    *,
    why: str = "",
    since: int | None = None,
    progress: Progress | None = None,
) -> Revision:
    """Measure the circles of a campaign, keep a new version if they changed, and say what changed.

    Args:
        workspace: Where versions and rows are kept.
        target: A folder with a ``campaign.toml``, or the name of a campaign of the workspace.
        why: What a person has to say about the change; kept with the version.
        since: Version to compare with; the one before the latest when None.
        progress: Where to show progress.

    Raises:
        NotFoundError: There is no such campaign or version, or it has no circles.
        UnreadableFileError: A version's file is damaged.
    """
    folder = Path(target)
    campaign = (
        folders.follow(workspace, folder, progress=progress)
        if folder.is_dir()
        else campaigns.find(workspace, target)
    )
    kept = list(versions(workspace, campaign))
    made = _measured(workspace, campaign)
    if not made.segments:
        raise NotFoundError(
            "circle",
            campaign.name,
            fix="Write [[circle]] tables into campaign.toml, or import more comments.",
        )
    fresh = not kept or kept[-1].segments != made.segments
    if fresh:
        kept.append(replace(made, version=len(kept) + 1, why=why))
    elif why:
        kept[-1] = replace(kept[-1], why=why)
    if fresh or why:
        _write(workspace, campaign, kept[-1])
    before = _chosen(campaign, kept, since)
    changes = diff(before, kept[-1]) if before else ()
    return Revision(campaign.name, kept[-1], before, changes, tuple(kept), fresh)


def versions(workspace: Workspace, campaign: Campaign) -> tuple[Personas, ...]:
    """Return the versions a workspace holds, the first first.

    Raises:
        UnreadableFileError: A version's file is damaged.
    """
    folder = workspace.root / FOLDER / campaign.id
    files = sorted(folder.glob("v*.json"), key=lambda path: (len(path.stem), path.stem))
    return tuple(_read(path) for path in files)


def _measured(workspace: Workspace, campaign: Campaign) -> Personas:
    ids = sorted(commit.import_id for commit in workspace.lake.commits(campaign.id))
    source = blake2b("\n".join(ids).encode(), digest_size=8).hexdigest()
    with open_session(workspace.lake, campaign.id) as session:
        draft = Draft(circles.known(workspace, campaign, session), session)
        return Personas(0, segments(draft), source)


def _chosen(campaign: Campaign, kept: list[Personas], since: int | None) -> Personas | None:
    if since is None:
        return kept[-2] if len(kept) > 1 else None
    if not 1 <= since <= len(kept):
        known = tuple(str(one.version) for one in kept)
        raise NotFoundError("version", f"{since} of {campaign.name}", known=known)
    return kept[since - 1]


def _write(workspace: Workspace, campaign: Campaign, personas: Personas) -> None:
    told = {
        "version": personas.version,
        "source": personas.source,
        "why": personas.why,
        "segments": [
            {
                "name": one.name,
                "rule": one.rule,
                "traits": {key: [trait.hits, trait.n] for key, trait in one.traits.items()},
            }
            for one in personas.segments
        ],
    }
    path = workspace.root / FOLDER / campaign.id / f"v{personas.version}.json"
    write_whole(path, (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode())


def _read(path: Path) -> Personas:
    try:
        told = json.loads(path.read_text("utf-8"))
        made = tuple(
            Persona(
                one["name"], {key: Trait(*map(int, pair)) for key, pair in one["traits"].items()}, one["rule"]
            )
            for one in told["segments"]
        )
        return Personas(int(told["version"]), made, str(told["source"]), str(told["why"]))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFileError(
            path, "it does not hold a version of personas", fix="Restore it from your backup, or delete it."
        ) from error
