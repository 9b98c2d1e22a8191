"""The rows behind any figure: of a report, of a plan, of a trial."""

from __future__ import annotations

from longtake.services import evidence
from longtake.services.evidence import Rows
from longtake.services.trials.book import load
from longtake.services.trials.looks.learned import ROWS
from longtake.services.trials.opening import is_of_trial, judged_figure, rows_behind
from longtake.services.workspace import Workspace


def rows(workspace: Workspace, figure: str, *, limit: int, offset: int = 0) -> Rows:
    """Return the rows behind a figure.

    Args:
        workspace: Where the campaign lies.
        figure: The figure's id.
        limit: Most rows to return.
        offset: Rows to pass over.

    Raises:
        NotFoundError: Nothing of this workspace has a figure of that id.
    """
    if is_of_trial(figure):
        return rows_behind(workspace, figure, limit=limit, offset=offset)
    campaign, found = evidence.known(workspace, figure)
    if found.query == ROWS:
        judged = judged_figure(load(workspace, campaign, str(found.params["trial"])))
        return rows_behind(workspace, judged, limit=limit, offset=offset)
    return evidence.rows(workspace, figure, limit=limit, offset=offset)
