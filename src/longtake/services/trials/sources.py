"""Arms taken from what the campaign has: its nodes, its golden lines."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.trials.arms import LONGEST, Arm
from longtake.errors import NotFoundError
from longtake.services.answers import story as stories
from longtake.services.campaigns import known as campaigns
from longtake.services.progress import Progress
from longtake.services.workspace import Workspace

LINES = "story_lines"


def arms_of_nodes(workspace: Workspace, campaign: str, nodes: Sequence[str]) -> tuple[Arm, ...]:
    """Return nodes of a campaign as arms, named by their titles.

    Raises:
        NotFoundError: The campaign has no such node.
    """
    found = {node.node_id: node for node in campaigns.find(workspace, campaign).nodes}
    out = []
    for wanted in nodes:
        node = found.get(wanted)
        if node is None:
            raise NotFoundError(
                "node", wanted, known=tuple(sorted(found)), fix="Write it into the campaign file."
            )
        title = (node.title or node.node_id)[:LONGEST]
        out.append(
            Arm(title, aliases=() if title == node.node_id else (node.node_id,), source=f"node:{wanted}")
        )
    return tuple(out)


def arms_of_lines(
    workspace: Workspace, campaign: str, places: Sequence[int], *, progress: Progress | None = None
) -> tuple[Arm, ...]:
    """Return golden lines of a campaign's film as arms, by their place in the ranking, from 1.

    Raises:
        NotFoundError: There are fewer lines, or none were measured.
    """
    section = stories.tell(workspace, campaign, progress=progress).section
    table = section.tables.get(LINES) if section is not None else None
    rows = table.rows if table is not None else ()
    out = []
    for place in places:
        if not 1 <= place <= len(rows):
            known = tuple(str(n) for n in range(1, len(rows) + 1))
            raise NotFoundError("golden line", str(place), known=known, fix="Run `longtake story`.")
        text = str(rows[place - 1][0])
        name = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        out.append(Arm(name, source=f"line:{place}"))
    return tuple(out)
