"""A campaign ready to be measured: its circles know their accounts, its videos their shots."""

from __future__ import annotations

from longtake.domain.campaign import Campaign
from longtake.services import footage
from longtake.services.reports import circles
from longtake.services.reports.draft import Draft
from longtake.services.workspace import Workspace
from longtake.store.session import Session


def drafted(workspace: Workspace, campaign: Campaign, session: Session) -> Draft:
    """Return the draft that every section and every sign is measured from.

    Raises:
        WorkspaceError: The key of the workspace cannot be read.
    """
    return Draft(circles.known(workspace, campaign, session), session, footage.kept(workspace, campaign))
