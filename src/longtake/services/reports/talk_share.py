"""How many comments hold a word of one kind of talk."""

from __future__ import annotations

from collections.abc import Iterable

from longtake.diagnosis.playbook.talk import words
from longtake.domain.estimate import Quantity, Unknown
from longtake.domain.figure import Evidence
from longtake.heat.measures.share import share
from longtake.services.reports.draft import JOIN, LEVEL, Draft


def talk_share(draft: Draft, kind: str, more: Iterable[str] = ()) -> tuple[Quantity, Evidence]:
    """Return the share of comments that hold a word of a kind of talk, and the comments that do.

    Args:
        draft: The campaign.
        kind: A kind of the pack ``talk``.
        more: Words of the campaign's own, such as rivals' names.
    """
    marks = JOIN.join((*more, *words(kind)))
    n = sum(row["n"] for row in draft.run("circle_comments"))
    told = sum(row["n"] for row in draft.run("circle_comments", words=marks))
    quantity = share(told, n, level=LEVEL) if n else Unknown("no_rows", "share of comments", "share", 0)
    return quantity, Evidence("rows.comments", {"words": marks})
