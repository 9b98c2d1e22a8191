"""Arms taken from what the campaign has: its nodes, its golden lines."""

from __future__ import annotations

from collections.abc import Sequence

from longtake.domain.answers.report import Section
from longtake.domain.trials.arms import LONGEST, Arm
from longtake.errors import NotFoundError
from longtake.services.answers import story as stories
from longtake.services.campaigns import known as campaigns
from longtake.services.progress import Progress
from longtake.services.workspace import Workspace

LINES, STORY = "story_lines", "story"


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
    return arms_of_texts(lines_of(section) if section is not None else (), places)


def lines_of(section: Section) -> tuple[str, ...]:
    """Return the golden lines of a film's story section, the best first."""
    table = section.tables.get(LINES)
    return tuple(str(row[0]) for row in table.rows) if table is not None else ()


def arms_of_texts(texts: Sequence[str], places: Sequence[int]) -> tuple[Arm, ...]:
    """Return ranked lines as arms, by their place from 1.

    Raises:
        NotFoundError: There are fewer lines.

    Examples:
        >>> [arm.source for arm in arms_of_texts(("who kept a light on for me",), [1])]
        ['line:1']
    """
    out = []
    for place in places:
        if not 1 <= place <= len(texts):
            known = tuple(str(n) for n in range(1, len(texts) + 1))
            raise NotFoundError("golden line", str(place), known=known, fix="Run `longtake story`.")
        text = texts[place - 1]
        name = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        out.append(Arm(name, source=f"line:{place}"))
    return tuple(out)
