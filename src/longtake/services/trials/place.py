"""Where a trial lies on disk."""

from __future__ import annotations

import re
from pathlib import Path

from longtake.errors import NotFoundError
from longtake.services.workspace import Workspace

FOLDER, ENDING = "trials", ".chain"
CAMPAIGN = re.compile(r"[\w-]{1,120}")
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


def path_of(workspace: Workspace, campaign: str, trial: str) -> Path:
    """Return the file of a trial, whether or not it is there.

    Raises:
        NotFoundError: The campaign or the trial has a name that no file of ours has.
    """
    if not CAMPAIGN.fullmatch(campaign):
        raise NotFoundError("campaign", campaign)
    if not ID.fullmatch(trial):
        raise NotFoundError("trial", trial, known=ids(workspace, campaign))
    return workspace.root / FOLDER / campaign / f"{trial}{ENDING}"


def ids(workspace: Workspace, campaign: str) -> tuple[str, ...]:
    """Return the trials of a campaign, by id."""
    if not CAMPAIGN.fullmatch(campaign):
        return ()
    found = (workspace.root / FOLDER / campaign).glob(f"*{ENDING}")
    return tuple(sorted(path.stem for path in found if ID.fullmatch(path.stem)))
