"""What a person names: a campaign folder, or a campaign of the workspace."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from longtake.domain.campaign import Campaign
from longtake.services import footage
from longtake.services.campaigns import folders
from longtake.services.campaigns import known as campaigns
from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace


def target(
    workspace: Workspace,
    name: str,
    observed_at: datetime | None = None,
    progress: Progress | None = None,
) -> Campaign:
    """Return the campaign of a folder, its files brought into the lake first, or of a name.

    Raises:
        NotFoundError: It is neither.
        CampaignFileError: The campaign file cannot be used.
    """
    folder = Path(name)
    if folder.is_dir():
        bar = progress or Silent()
        campaign = folders.follow(workspace, folder, observed_at=observed_at, progress=bar)
        footage.follow(workspace, campaign, folder, progress=bar)
        return campaign
    return campaigns.find(workspace, name)
