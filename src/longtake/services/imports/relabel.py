"""Labels of stored comments, made anew after weights or packs changed."""

from __future__ import annotations

from dataclasses import dataclass

from longtake.services.progress import Progress, Silent
from longtake.services.workspace import Workspace
from longtake.store.commit import Commit


@dataclass(slots=True)
class Labelling:
    """Passes on how many comments are labelled to a place that shows progress."""

    progress: Progress
    done: int = -1

    def told(self, done: int, total: int) -> None:
        """Take the numbers of one import."""
        if self.done < 0 or done <= self.done:
            self.progress.begin("label", total)
            self.done = 0
        self.progress.advance(done - self.done)
        self.done = done


def relabel(
    workspace: Workspace, campaigns: tuple[str, ...], *, progress: Progress | None = None
) -> tuple[Commit, ...]:
    """Label the imports of campaigns anew whose labels are of other weights or packs; return those.

    Args:
        workspace: Where they are.
        campaigns: Ids.
        progress: Where to show progress.

    Raises:
        LongtakeError: The lake is busy or the disk refused; every import has its old labels or its new ones.
    """
    made: list[Commit] = []
    for campaign in campaigns:
        made += workspace.lake.relabel(campaign, told=Labelling(progress or Silent()).told)
    return tuple(made)
