"""The telling of one campaign, measured by itself."""

from __future__ import annotations

from longtake.services.answers.alone import Alone, alone
from longtake.services.progress import Progress
from longtake.services.reports.story.section import section
from longtake.services.reports.story.signs import signs
from longtake.services.workspace import Workspace


def tell(workspace: Workspace, target: str, *, progress: Progress | None = None) -> Alone:
    """Hold the trailers of a campaign against its film; its signs speak for a mismatch.

    Raises:
        NotFoundError: ``target`` is neither a campaign folder nor a campaign of the workspace.
        LongtakeError: The campaign file or the lake cannot be used.
    """
    return alone(workspace, target, lambda draft: (section(draft), signs(draft)), progress)
