"""A kept report put together again, as it was measured."""

from __future__ import annotations

from dataclasses import replace

from longtake.domain.answers.report import Report
from longtake.services.imports import receipts
from longtake.services.measured.kept import Kept
from longtake.services.measured.light import whole
from longtake.services.workspace import Workspace


def entire(workspace: Workspace, made: Kept) -> Report:
    """Return the whole report of what is kept, with receipts and without rows.

    Raises:
        LongtakeError: The lake cannot be read.
    """
    figures = {found.id: found for name in made.figures() if (found := made.figure(name)) is not None}
    return replace(
        whole(made.with_sections(*made.sections), figures),
        receipts=receipts.of_campaign(workspace, made.report.campaign),
    )
