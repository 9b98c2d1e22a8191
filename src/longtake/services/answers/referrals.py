"""The invitations of one campaign, measured by themselves."""

from __future__ import annotations

from longtake.services.answers.alone import Alone, alone
from longtake.services.progress import Progress
from longtake.services.reports.referrals.section import section
from longtake.services.workspace import Workspace


def brought(workspace: Workspace, target: str, *, progress: Progress | None = None) -> Alone:
    """Measure who brought whom; the section is None without invitations.

    Raises:
        NotFoundError: ``target`` is neither a campaign folder nor a campaign of the workspace.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    return alone(workspace, target, lambda draft: (section(draft), ()), progress)
