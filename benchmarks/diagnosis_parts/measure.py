"""What is asked of every world: its signs, as JSON values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from longtake.services.campaigns.target import target
from longtake.services.reports.draft import Draft
from longtake.services.training.causes import written
from longtake.services.workspace import Workspace
from longtake.store.session import open_session


def signs(workspace: Workspace, folder: Path) -> dict[str, Any]:
    """Return the signs of an imported campaign."""
    campaign = target(workspace, str(folder))
    with open_session(workspace.lake, campaign.id) as session:
        return written(Draft(campaign, session))
