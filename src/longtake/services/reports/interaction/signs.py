"""The signs that people found no way to take part."""

from __future__ import annotations

from longtake.domain.answers.cause import Sign
from longtake.services.reports.draft import Draft
from longtake.services.reports.interaction.entries import without_entry
from longtake.services.reports.interaction.funnel import broken
from longtake.services.reports.interaction.makers import few_creators
from longtake.services.reports.interaction.passing import few_shares

CAUSE = "interaction"


def signs(draft: Draft) -> tuple[Sign, ...]:
    """Return the signs of missing ways to take part, measured or unknown; higher speaks for the cause."""
    return (
        Sign("nodes_without_entry", CAUSE, without_entry(draft)),
        Sign("few_shares", CAUSE, few_shares(draft)),
        Sign("few_creators", CAUSE, few_creators(draft)),
        Sign("funnel_break", CAUSE, broken(draft)[1]),
    )
