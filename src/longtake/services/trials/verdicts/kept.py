"""The verdict that a trial's chain holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from longtake.domain.figure import Evidence, Figure
from longtake.domain.trials.quantity_values import quantity_of, quantity_values
from longtake.domain.trials.verdict import Learned, Verdict
from longtake.errors import NotFoundError
from longtake.services.trials.errors import TrialError
from longtake.services.trials.place import ids, path_of
from longtake.services.workspace import Workspace
from longtake.store.durable import chain


def verdict_of(workspace: Workspace, campaign_id: str, trial_id: str) -> Verdict:
    """Return the last verdict of a trial.

    Args:
        workspace: Where the trial lies.
        campaign_id: Id of its campaign.
        trial_id: Its own id.

    Raises:
        NotFoundError: There is no such trial.
        TrialError: It has no verdict yet.
        BrokenChainError: Its entries are not what was written.
    """
    entries = chain.read(path_of(workspace, campaign_id, trial_id))
    if not entries:
        raise NotFoundError("trial", trial_id, known=ids(workspace, campaign_id))
    for entry in reversed(entries):
        if entry.body.get("act") == "verdict":
            return verdict_from(entry.body["verdict"], digest=entry.hash)
    raise TrialError(
        f"{trial_id} has no verdict yet.",
        fix=f"Run `longtake trial verdict {campaign_id} {trial_id}` once its rows are in.",
        says="trial_open",
        trial=trial_id,
    )


def verdict_values(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON values."""
    return {
        "result": verdict.result,
        "estimate": quantity_values(verdict.estimate),
        "standing": verdict.standing,
        "arm": verdict.arm,
        "learned": [{"key": one.key, "slots": dict(one.slots)} for one in verdict.learned],
        "figures": [
            {
                "id": one.id,
                "label": one.label,
                "quantity": quantity_values(one.quantity),
                "query": one.evidence.query,
                "params": dict(one.evidence.params),
                "slots": dict(one.slots),
            }
            for one in verdict.figures
        ],
    }


def verdict_from(values: Mapping[str, Any], *, digest: str = "") -> Verdict:
    """Return the verdict that :func:`verdict_values` wrote."""
    return Verdict(
        result=values["result"],
        estimate=quantity_of(values["estimate"]),
        standing=values["standing"],
        learned=tuple(Learned(one["key"], one["slots"]) for one in values["learned"]),
        figures=tuple(
            Figure(
                one["id"],
                one["label"],
                quantity_of(one["quantity"]),
                Evidence(one["query"], one["params"]),
                one["slots"],
            )
            for one in values["figures"]
        ),
        arm=values["arm"],
        digest=digest,
    )
