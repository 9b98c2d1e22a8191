"""A campaign that lives as a folder: what the lake holds of it follows the folder."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from longtake.domain.campaign import Campaign
from longtake.errors import LongtakeError, NotFoundError
from longtake.ingest.campaign import file as campaign_file
from longtake.services.campaigns import known as campaigns
from longtake.services.imports import add as imports
from longtake.services.imports import receipts
from longtake.services.imports.candidates import candidates
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace

ORIGIN = "folder"


def follow(
    workspace: Workspace,
    folder: Path,
    *,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Campaign:
    """Bring the lake in step with a campaign folder and return the campaign.

    Files that are new are imported; imports of this folder with files that have changed or gone are
    taken back first, so that the figures are those of the folder as it stands.

    Raises:
        NotFoundError: The folder has no ``campaign.toml``.
        CampaignFileError: The campaign file cannot be used.
        LongtakeError: The lake cannot be written.
    """
    file = folder / campaign_file.NAME
    if not file.exists():
        raise NotFoundError(
            "campaign file", str(file), fix='Run `longtake new FOLDER --name "…"` to make one.'
        )
    campaign = campaigns.remember(workspace, file)
    _forget_gone(workspace, campaign, folder, progress or Silent())
    # The campaign file is an import of its own: editing it must not read every other file again.
    for part in (file, folder):
        imports.add(
            workspace,
            campaign.id,
            [part],
            observed_at=observed_at,
            origin=ORIGIN,
            relative_to=folder,
            progress=progress,
        )
    return campaign


def _forget_gone(workspace: Workspace, campaign: Campaign, folder: Path, progress: Progress) -> None:
    commits = [c for c in workspace.lake.commits(campaign.id) if c.receipt.get("origin") == ORIGIN]
    if not commits:
        return
    with tempfile.TemporaryDirectory(prefix="longtake-") as scratch:
        there = {c.sha256 for c in candidates([folder], Path(scratch), folder, progress)}
    for commit in commits:
        if any(receipt.sha256 not in there for receipt in receipts.of_commit(commit)):
            workspace.lake.undo(commit.import_id)


def new(folder: Path, *, name: str, kind: str | None, release_at: datetime | None) -> Path:
    """Make a campaign folder with a campaign file to fill in, and return the file.

    Raises:
        LongtakeError: There is a campaign file already.
    """
    file = folder / campaign_file.NAME
    if file.exists():
        raise LongtakeError(f"{file} exists.", fix="Edit it, or choose another folder.")
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["[campaign]", f"name = {campaigns.quoted(name)}"]
    lines += [f'kind = "{kind}"'] if kind else []
    lines += [f"release_at = {release_at.isoformat()}"] if release_at else []
    lines += [
        'proposition = ""                # the core emotional proposition, one sentence',
        'emotions = []                   # such as "moved", "warmth"',
        "competitors = []",
        f"topics = [{campaigns.quoted(name)}]   # words that mark a list topic as this campaign's",
        "",
    ]
    text = "\n".join(lines)
    campaign_file.parse(text, file)
    file.write_text(text, "utf-8")
    return file
